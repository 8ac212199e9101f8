"""Reads what colleagues handed over, and finds one's own numbers to put beside the sum."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.core.errors import TeamError
from ledger.core.sealed import Headcount, MemberKey, Round, TeamBook
from ledger.core.team import Card, Line, TeamCard
from ledger.core.team_periods import Period, last_four_weeks
from ledger.export import team_card, team_key, team_round, team_seal
from ledger.flows import comparing, team_files, team_rounds, teams
from ledger.host import team_book
from ledger.metrics.frame import Frame

QUARTERS = 4
FOUR_WEEKS = 3


class OwnCard(NamedTuple):
    """One's own card as it would be written, with everything that is said before."""

    card: Card
    lines: tuple[Line, ...]
    notes: tuple[str, ...]  # the first is the loudest
    data: bytes


class Opened(NamedTuple):
    """What the team sees, and why one's own numbers are not beside it ("" when they are)."""

    card: TeamCard
    missing: str


def periods_over(now_s: int) -> tuple[Period, ...]:
    """Return periods that a card can be about, the likeliest first."""
    four = last_four_weeks(now_s)
    weeks = [four]
    while len(weeks) < FOUR_WEEKS:
        weeks.append(_before(weeks[-1]))
    quarters = [four._replace(year=_year(now_s), quarter=number, part=0) for number in (4, 3, 2, 1)]
    quarters += [one._replace(year=one.year - 1) for one in quarters]
    over = [one for one in quarters if one.has_ended(now_s)][:QUARTERS]
    return (over[0], *weeks, *over[1:])


def rounds_possible(now_s: int) -> tuple[Period, ...]:
    """Return the four-week periods that a sealed sum can be about, the latest first."""
    last = last_four_weeks(now_s)
    return tuple(one for one in (last, _before(last)) if one.is_recent(now_s))


def _before(period: Period) -> Period:
    return last_four_weeks(period.since_s)


def _year(now_s: int) -> int:
    return last_four_weeks(now_s).year + 1


def own_card(frame: Frame, period: Period, now_s: int, made: Sequence[str]) -> OwnCard:
    """Make one's card and say what it says; raises TeamError with the reason."""
    card = comparing.card_of(frame, period, now_s)
    overlaps = comparing.overlap_notes(period, made)
    notes = (comparing.YOURS, comparing.implied(card), *overlaps)
    return OwnCard(card, comparing.preview(card), notes, team_card.written(card))


def open_cards(paths: Sequence[Path], frame: Frame | None, now_s: int) -> Opened:
    """Add up the cards in files and folders; raises TeamError, which names the file.

    `frame` is one's own ledger; None where it is not one's own work.
    """
    cards = [_card(file) for file in team_files.given(paths, team_card.KIND)]
    own, missing = _own(frame, cards[0].period, now_s)
    card = comparing.compare(cards, own, team_book.load().compared)
    teams.remember_comparison(Headcount(card.period, card.participants))
    return Opened(card, missing)


def _card(file: team_files.Given) -> Card:
    try:
        return team_card.read(file.data)
    except TeamError as problem:
        raise team_files.about(file, problem) from None


def _own(frame: Frame | None, period: Period, now_s: int) -> tuple[Card | None, str]:
    if frame is None:
        return None, "This is the demo ledger."
    try:
        return comparing.card_of(frame, period, now_s), ""
    except TeamError as problem:
        return None, str(problem)


def read_key(path: Path) -> MemberKey:
    """Return the keys in a colleague's file; raises TeamError."""
    (file,) = team_files.given([path], team_key.KIND)[:1]
    try:
        return team_key.read(file.data)
    except TeamError as problem:
        raise team_files.about(file, problem) from None


def read_round(path: Path) -> tuple[Round, bytes]:
    """Return the round in a file, and the file; raises TeamError."""
    (file,) = team_files.given([path], team_round.KIND)[:1]
    try:
        return team_round.read(file.data), file.data
    except TeamError as problem:
        raise team_files.about(file, problem) from None


def open_seals(round_: Round, paths: Sequence[Path], book: TeamBook) -> Opened:
    """Add up all sealed files of a round; raises TeamError unless all are there and fit."""
    seals = []
    for file in team_files.given(paths, team_seal.KIND):
        try:
            seals.append(team_seal.read(file.data, round_))
        except TeamError as problem:
            raise team_files.about(file, problem) from None
    own = _sealed(round_, book)
    card = team_rounds.open_round(round_, seals, own)
    return Opened(card, "" if own else "You sealed nothing for this round.")


def _sealed(round_: Round, book: TeamBook) -> Card | None:
    """Return what one sealed for this round oneself."""
    for team in book.teams:
        sealed = team.sealed_in(round_.period) if team.key in round_.members else None
        if sealed is not None and sealed.signers == round_.signers:
            return Card(round_.period, sealed.vector)
    return None
