"""Team files in folders: read with care, opened, and written once after they were agreed to."""

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import Headcount, MemberKey, Round, Team, TeamBook
from ledger.core.team import FIELDS, Card, Line, Period, TeamCard, last_four_weeks
from ledger.export import team_files, team_json
from ledger.flows.team import open_cards, sealed_sum
from ledger.flows.team.sealed_sum import Proposal
from ledger.host import export_log, team_book
from ledger.host.export_log import Exported
from ledger.host.private_files import write_private
from ledger.metrics.frame import Frame

MOST_FILES = 1000
MOST_QUARTERS = 4
MOST_FOUR_WEEKS = 3
FIELD_NAMES = tuple(field.name for field in FIELDS)
CARD, SEAL, KEY, ROUND = "team card", "sealed numbers", "team key", "round"


class GivenFile(NamedTuple):
    """One file that somebody handed over."""

    path: Path
    data: bytes


def files_given(paths: Iterable[Path], kind: str) -> list[GivenFile]:
    """Read files, and all team files of this kind in folders; raises TeamError.

    In a folder, files that are no `.json`, and team files of other kinds, are passed over.
    """
    files = []
    for path in paths:
        if path.is_dir():
            inside = [
                _read_bytes(file_path) for file_path in sorted(path.glob("*.json"))[:MOST_FILES]
            ]
            files += [entry for entry in inside if team_json.kind_of(entry.data) in (kind, None)]
        else:
            files.append(_read_bytes(path))
    if not files:
        raise TeamError(f"Nothing here is {team_json.KINDS[kind]}.", "Choose another folder.")
    return files


def _read_bytes(path: Path) -> GivenFile:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise TeamError(f"{path.name} is no ordinary file.", "Choose another.")
            return GivenFile(path, file.read(team_json.LARGEST_BYTES + 1))
    except OSError as problem:
        raise TeamError(
            f"{path.name} could not be read: {problem.strerror}.", "Check the name."
        ) from problem


def with_file_name(file: GivenFile, problem: TeamError) -> TeamError:
    """Return the same error, saying which file it is about."""
    return TeamError(f"{file.path.name}: {problem.title}", problem.hint)


def free_place(target: Path, kind: str) -> Path:
    """Return where to write: in a folder under a random name; raises TeamError for a taken one."""
    place = target / team_files.card_file_name(kind) if target.is_dir() else target
    if place.exists():
        raise TeamError(f"{place.name} exists already.", "Choose a new name: nothing is replaced.")
    return place


def write_file(place: Path, data: bytes, period: Period | None) -> None:
    """Write a file whole or not at all; raises TeamError.

    Its time is the period's end: when somebody made a file is nobody's business.
    """
    try:
        write_private(place, data)
        moment = period.until_s if period else 0
        os.utime(place, (moment, moment))
    except OSError as problem:
        raise TeamError(
            f"{place.name} could not be written: {problem.strerror}.", "Choose another place."
        ) from problem


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
    latest = last_four_weeks(now_s)
    weeks = [latest]
    while len(weeks) < MOST_FOUR_WEEKS:
        weeks.append(_four_weeks_before(weeks[-1]))
    quarters = [
        latest._replace(year=_year(now_s), quarter=number, part=0) for number in (4, 3, 2, 1)
    ]
    quarters += [quarter._replace(year=quarter.year - 1) for quarter in quarters]
    ended = [quarter for quarter in quarters if quarter.has_ended(now_s)][:MOST_QUARTERS]
    return (ended[0], *weeks, *ended[1:])


def rounds_possible(now_s: int) -> tuple[Period, ...]:
    """Return the four-week periods that a sealed sum can be about, the latest first."""
    last = last_four_weeks(now_s)
    return tuple(period for period in (last, _four_weeks_before(last)) if period.is_recent(now_s))


def _four_weeks_before(period: Period) -> Period:
    return last_four_weeks(period.since_s)


def _year(now_s: int) -> int:
    return last_four_weeks(now_s).year + 1


def own_card(frame: Frame, period: Period, now_s: int, earlier: Sequence[str]) -> OwnCard:
    """Make one's card and say what it says; raises TeamError with the reason."""
    card = open_cards.card_of(frame, period, now_s)
    overlaps = open_cards.overlap_notes(period, earlier)
    notes = (open_cards.YOURS, open_cards.implied(card), *overlaps)
    return OwnCard(card, open_cards.preview(card), notes, team_files.encode_card(card))


def open_given_cards(paths: Sequence[Path], frame: Frame | None, now_s: int) -> Opened:
    """Add up the cards in files and folders; raises TeamError, which names the file.

    `frame` is one's own ledger; None where it is not one's own work.
    """
    cards = [_card(file) for file in files_given(paths, team_files.CARD)]
    own, missing = _own_card(frame, cards[0].period, now_s)
    card = open_cards.compare(cards, own, team_book.load().compared)
    sealed_sum.remember_comparison(Headcount(card.period, card.participants))
    return Opened(card, missing)


def _card(file: GivenFile) -> Card:
    try:
        return team_files.decode_card(file.data)
    except TeamError as problem:
        raise with_file_name(file, problem) from None


def _own_card(frame: Frame | None, period: Period, now_s: int) -> tuple[Card | None, str]:
    if frame is None:
        return None, "This is the demo ledger."
    try:
        return open_cards.card_of(frame, period, now_s), ""
    except TeamError as problem:
        return None, str(problem)


def read_key(path: Path) -> MemberKey:
    """Return the keys in a colleague's file; raises TeamError."""
    (file,) = files_given([path], team_files.KEY)[:1]
    try:
        return team_files.decode_key(file.data)
    except TeamError as problem:
        raise with_file_name(file, problem) from None


def read_round(path: Path) -> tuple[Round, bytes]:
    """Return the round in a file, and the file; raises TeamError."""
    (file,) = files_given([path], team_files.ROUND)[:1]
    try:
        return team_files.decode_round(file.data), file.data
    except TeamError as problem:
        raise with_file_name(file, problem) from None


def open_seals(round_: Round, paths: Sequence[Path], book: TeamBook) -> Opened:
    """Add up all sealed files of a round; raises TeamError unless all are there and fit."""
    seals = []
    for file in files_given(paths, team_files.SEAL):
        try:
            seals.append(team_files.decode_seal(file.data, round_))
        except TeamError as problem:
            raise with_file_name(file, problem) from None
    own = _own_sealed_card(round_, book)
    card = sealed_sum.open_round(round_, seals, own)
    return Opened(card, "" if own else "You sealed nothing for this round.")


def _own_sealed_card(round_: Round, book: TeamBook) -> Card | None:
    """Return what one sealed for this round oneself."""
    for team in book.teams:
        sealed = team.sealed_in(round_.period) if team.key in round_.members else None
        if sealed is not None and sealed.signers == round_.signers:
            return Card(round_.period, sealed.vector)
    return None


def save_card(card: Card, shown: tuple[Line, ...], target: Path, now_ms: int) -> Path:
    """Write a card as it was shown and return where; raises TeamError, and nothing is written."""
    if shown != open_cards.preview(card):
        raise TeamError("What was shown is not what would be written.", "Look at it again.")
    place = free_place(target, team_files.CARD)
    _note_export(now_ms, CARD, str(card.period), ("period", *FIELD_NAMES))
    write_file(place, team_files.encode_card(card), card.period)
    return place


def save_seal(proposal: Proposal, shown: tuple[Line, ...], target: Path, now_ms: int) -> Path:
    """Seal what was shown, write it and return where; raises TeamError."""
    period = proposal.card.period
    place = free_place(target, "seal")
    data = sealed_sum.seal(proposal, shown)
    _note_export(now_ms, SEAL, str(period), FIELD_NAMES)
    write_file(place, data, period)
    return place


def save_key(team: Team, target: Path, now_ms: int) -> Path:
    """Write one's public keys and return where; raises TeamError."""
    place = free_place(target, "key")
    _note_export(now_ms, KEY, "", ("agree", "sign"))
    write_file(place, team_files.encode_key(team.key), None)
    return place


def save_round(team: Team, period: Period, target: Path, now_ms: int) -> Path:
    """Make a round for all confirmed members, write it and return where; raises TeamError."""
    place = free_place(target, "round")
    data = sealed_sum.make_round(team, period, now_ms // 1000)
    _note_export(now_ms, ROUND, str(period), ("period", "members"))
    write_file(place, data, period)
    return place


def cards_made() -> tuple[str, ...]:
    """Return the periods of which a card was made before."""
    return tuple(export.period for export in export_log.exports() if export.what == CARD)


def _note_export(now_ms: int, what: str, period: str, fields: tuple[str, ...]) -> None:
    export_log.note(Exported(now_ms, what, period, fields))
