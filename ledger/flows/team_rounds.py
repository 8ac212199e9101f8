"""A sealed team sum, step by step: a round is made, everybody seals, anybody opens.

`propose` shows what would be sealed and writes nothing; `seal` wants back what was shown.
"""

from collections.abc import Sequence
from secrets import token_bytes
from typing import NamedTuple

from ledger.core.errors import TeamError
from ledger.core.sealed import (
    Round,
    Seal,
    Sealed,
    Team,
    TeamBook,
    round_faults,
    sum_of,
)
from ledger.core.team import LEAST_PEOPLE, Card, Line, TeamCard
from ledger.core.team_periods import Period
from ledger.export import team_round, team_seal
from ledger.flows import teams
from ledger.flows.comparing import FEW_CHANGES, card_of, numbers_in_words, team_card
from ledger.metrics.frame import Frame

MASKED = (
    "These are the numbers that are sealed. Nobody can read them in the file: only the sum of "
    "everybody's shows. Everybody else together could work yours out, rounded as it stands here."
)

AGAIN = "You sealed this period before: the same numbers are written again, whatever changed since."


class Proposal(NamedTuple):
    """What would be sealed, shown before anything is written."""

    team: Team
    round: Round
    card: Card
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def make_round(team: Team, period: Period, now_s: int) -> bytes:
    """Return a round file for all confirmed members; raises TeamError."""
    _refuse_times(period, now_s)
    missing = teams.missing_people(team)
    if missing:
        raise TeamError(
            f"{len(team.members)} people are in this team with you; {LEAST_PEOPLE} are the least.",
            f"Confirm the keys of {missing} more. With three or four: talk to each other.",
        )
    round_ = Round(
        period=period,
        id=token_bytes(team_round.ID_BYTES),
        members=team.members,
        maker=team.key.sign,
    )
    wrong = round_faults(round_)
    if wrong:
        raise TeamError(f"This round cannot be made. {wrong[0]}", "Choose another period.")
    return team_round.signed(round_, teams.secrets_of(team))


def team_in(round_: Round, book: TeamBook) -> Team:
    """Return the team of one's own that a round is for; raises TeamError."""
    for team in book.teams:
        if team.key in round_.members:
            return team
    raise TeamError("You are not in this round.", "Ask for a round that has your key.")


def propose(team: Team, round_: Round, frame: Frame, now_s: int, book: TeamBook) -> Proposal:
    """Say what would be sealed for a round; nothing is written. Raises TeamError.

    What was sealed for the period before stays as it was then, whatever the tags say now.
    """
    unknown = [key for key in round_.members if key != team.key and key not in team.confirmed]
    if unknown:
        raise TeamError(
            f"{len(unknown)} of the keys in this round are not confirmed by you.",
            "Compare their six words first: a made-up member would lay your numbers open.",
        )
    known = teams.known_seal(team, round_.period)
    if known is None:
        _refuse_times(round_.period, now_s)
        card = card_of(frame, round_.period, now_s)
    elif known.signers != round_.signers:
        raise TeamError(
            f"You sealed {round_.period} with other people.",
            "The difference of two sums would show who differs. Wait for the next period.",
        )
    else:
        card = Card(round_.period, known.vector)
    notes = (
        *((AGAIN,) if known else ()),
        *member_notes(team, round_),
        *_other_team_notes(team, round_.period, book),
    )
    return Proposal(team, round_, card, numbers_in_words(card), notes)


def seal(proposal: Proposal, shown: tuple[Line, ...]) -> bytes:
    """Freeze and seal what was shown and agreed to; returns the file. Raises TeamError."""
    if shown != numbers_in_words(proposal.card):
        raise TeamError("What was shown is not what would be sealed.", "Look at it again.")
    round_ = proposal.round
    frozen = Sealed(round_.period, round_.signers, proposal.card.vector)
    team = teams.remember(proposal.team, frozen)
    made = team_seal.sealed(round_, teams.secrets_of(team), frozen.vector)
    return team_seal.written(made)


def open_round(round_: Round, seals: Sequence[Seal], own: Card | None = None) -> TeamCard:
    """Add up all sealed numbers of a round; raises TeamError unless all are there and fit."""
    senders = {seal.sender for seal in seals}
    if len(senders) < len(seals):
        raise TeamError("Somebody's sealed numbers are there twice.", "Leave one file out.")
    missing = len(round_.members) - len(senders)
    if missing:
        raise TeamError(
            f"{missing} of {len(round_.members)} sealed files are missing.",
            "Only all of them together can be read.",
        )
    return added(round_, seals, own)


def added(round_: Round, seals: Sequence[Seal], own: Card | None = None) -> TeamCard:
    """Add up what is there; the masks leave noise in `n` unless everything fits."""
    total = sum_of(seals)
    if total.n != len(round_.members):
        raise TeamError(
            "These files do not belong together: what they count is not the people of the round.",
            "Everybody must seal the same round file.",
        )
    return team_card(total, round_.period, own)


def member_notes(team: Team, round_: Round) -> tuple[str, ...]:
    """Warn when one or two people came or went since what was sealed last."""
    earlier = [one for one in team.sealed if one.period < round_.period]
    if not earlier:
        return ()
    changed = max(earlier, key=lambda one: one.period).signers ^ round_.signers
    if not 0 < len(changed) <= FEW_CHANGES:
        return ()
    who = "one person has" if len(changed) == 1 else "two people have"
    note = (
        f"Since your last round {who} come or gone: whoever holds both sums can guess at their "
        "numbers."
    )
    return (note,)


def _other_team_notes(team: Team, period: Period, book: TeamBook) -> tuple[str, ...]:
    others = [one for one in book.teams if one.id != team.id and one.sealed_in(period)]
    if not others:
        return ()
    note = (
        f"You sealed {period} in another team too. If both have nearly the same people, the "
        "difference of the two sums tells about those who are in only one."
    )
    return (note,)


def _refuse_times(period: Period, now_s: int) -> None:
    if not period.has_ended(now_s):
        raise TeamError(f"{period} has not ended: {period.words}.", "Wait until it is over.")
    if not period.is_recent(now_s):
        raise TeamError(
            f"{period} is too long ago.",
            "A sum is made of the last or last but one four weeks, never after the fact.",
        )
