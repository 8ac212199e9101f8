"""A sealed team sum: making keys, confirming them by voice, rounds, sealing and opening.

`propose` shows what would be sealed and writes nothing; `seal` wants back what was shown.

The private halves live in the system's keyring, with a witness of everything that was sealed.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from secrets import token_bytes, token_hex
from types import ModuleType
from typing import NamedTuple

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import (
    Headcount,
    MemberKey,
    Round,
    Seal,
    Sealed,
    Team,
    TeamBook,
    round_faults,
    share_a_key,
    sum_of,
)
from ledger.core.team import LEAST_PEOPLE, Card, Line, Period, TeamCard
from ledger.export import sealing, team_files
from ledger.export.sealing import Secrets
from ledger.flows.team.open_cards import FEW_CHANGES, card_of, numbers_in_words, team_card
from ledger.host import team_book
from ledger.metrics.frame import Frame

MASKED = (
    "These are the numbers that are sealed. Nobody can read them in the file: only the sum of "
    "everybody's shows. Everybody else together could work yours out, rounded as it stands here."
)

SEALED_BEFORE = (
    "You sealed this period before: the same numbers are written again, whatever changed since."
)
MOST_WITNESSED = 13  # a small secret holds that many; older periods are refused anyway
LONGEST_NAME = 60


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
    missing = missing_people(team)
    if missing:
        raise TeamError(
            f"{len(team.members)} people are in this team with you; {LEAST_PEOPLE} are the least.",
            f"Confirm the keys of {missing} more. With three or four: talk to each other.",
        )
    round_ = Round(
        period=period,
        id=token_bytes(team_files.ID_BYTES),
        members=team.members,
        maker=team.key.sign,
    )
    faults = round_faults(round_)
    if faults:
        raise TeamError(f"This round cannot be made. {faults[0]}", "Choose another period.")
    return team_files.encode_round(round_, secrets_of(team))


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
    earlier = known_seal(team, round_.period)
    if earlier is None:
        _refuse_times(round_.period, now_s)
        card = card_of(frame, round_.period, now_s)
    elif earlier.signers != round_.signers:
        raise TeamError(
            f"You sealed {round_.period} with other people.",
            "The difference of two sums would show who differs. Wait for the next period.",
        )
    else:
        card = Card(round_.period, earlier.vector)
    notes = (
        *((SEALED_BEFORE,) if earlier else ()),
        *member_notes(team, round_),
        *_other_team_notes(team, round_.period, book),
    )
    return Proposal(team, round_, card, numbers_in_words(card), notes)


def seal(proposal: Proposal, shown: tuple[Line, ...]) -> bytes:
    """Freeze and seal what was shown and agreed to; returns the file. Raises TeamError."""
    if shown != numbers_in_words(proposal.card):
        raise TeamError("What was shown is not what would be sealed.", "Look at it again.")
    round_ = proposal.round
    sealed = Sealed(round_.period, round_.signers, proposal.card.vector)
    team = remember(proposal.team, sealed)
    masked = team_files.seal_numbers(round_, secrets_of(team), sealed.vector)
    return team_files.encode_seal(masked)


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
    earlier = [sealed for sealed in team.sealed if sealed.period < round_.period]
    if not earlier:
        return ()
    changed = max(earlier, key=lambda sealed: sealed.period).signers ^ round_.signers
    if not 0 < len(changed) <= FEW_CHANGES:
        return ()
    who = "one person has" if len(changed) == 1 else "two people have"
    note = (
        f"Since your last round {who} come or gone: whoever holds both sums can guess at their "
        "numbers."
    )
    return (note,)


def _other_team_notes(team: Team, period: Period, book: TeamBook) -> tuple[str, ...]:
    other_teams = [other for other in book.teams if other.id != team.id and other.sealed_in(period)]
    if not other_teams:
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


def join(name: str) -> Team:
    """Make fresh keys for a team; raises TeamError, or SecretError when there is no keyring.

    The name is for oneself: it is in no file that leaves.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise TeamError("A team needs a name of its own.", f"Up to {LONGEST_NAME} letters.")
    with team_book.alone():
        book = team_book.load()
        if any(team.name == name for team in book.teams):
            raise TeamError(f"You are in a team “{name}” already.", "Choose another name.")
        secrets = sealing.new_secrets()
        team = Team(id=token_hex(8), name=name, key=sealing.member_key(secrets))
        _vault().put(_entry_name(team), _encoded_keys(secrets, {}))
        team_book.save(book.with_team(team))
    return team


def named(name: str) -> Team:
    """Return a team by the name one gave it; raises TeamError."""
    teams = team_book.load().teams
    for team in teams:
        if team.name == name:
            return team
    names = ", ".join(f"“{team.name}”" for team in teams)
    raise TeamError(
        f"You are in no team “{name}”.",
        f"You are in {names}." if names else "Make a key with “signal-ledger team join”.",
    )


def confirm(team: Team, key: MemberKey, heard: str) -> Team:
    """Take a key for a colleague's, who has just read its six words aloud; raises TeamError."""
    if key == team.key:
        raise TeamError("This is your own key.", "Confirm those of the others.")
    if key in team.confirmed:
        raise TeamError(
            "This key is confirmed already.", "A colleague has one key, and counts once."
        )
    if share_a_key((*team.members, key)):
        raise TeamError(
            "Half of this key belongs to somebody whom you confirmed.",
            "Two keys of one person would make the team look larger. Ask for a fresh key.",
        )
    if tuple(re.findall(r"[a-z]+", heard.lower())) != key.words:
        raise TeamError(
            "These are not the words of this key.",
            "Let your colleague read them to you again, in person or on a call. If they still "
            "differ, the file is not your colleague's.",
        )
    with team_book.alone():
        book = team_book.load()
        stored = next(candidate for candidate in book.teams if candidate.id == team.id)
        team = replace(stored, confirmed=stored.confirmed | {key})
        team_book.save(book.with_team(team))
    return team


def missing_people(team: Team) -> int:
    """Return how many more keys must be confirmed before a round can be made."""
    return max(0, LEAST_PEOPLE - len(team.members))


def leave(team: Team) -> None:
    """Forget a team and destroy its keys: nothing can be sealed with them any more."""
    with team_book.alone():
        book = team_book.load()
        _vault().delete(_entry_name(team))
        remaining = tuple(other for other in book.teams if other.id != team.id)
        team_book.save(replace(book, teams=remaining))


def secrets_of(team: Team) -> Secrets:
    """Return the private halves of one's keys; raises TeamError when the keyring lost them."""
    secrets, _ = _stored_keys(team)
    return secrets


def remember(team: Team, sealed: Sealed) -> Team:
    """Freeze what is sealed for a period, before any file of it exists; raises TeamError.

    Once remembered, the same period is never sealed with other people or other numbers, even when
    the file with the teams is put back to an older state: the keyring is the second witness.
    """
    with team_book.alone():
        book = team_book.load()
        stored = next((candidate for candidate in book.teams if candidate.id == team.id), None)
        if stored is None:
            raise TeamError("You have left this team.", "Join again to seal anything.")
        known = known_seal(stored, sealed.period)
        if known is not None and known != sealed:
            raise TeamError(
                f"{sealed.period} is sealed already, with other people or other numbers.",
                "Wait for the next period: two sums of one period would show who differs.",
            )
        if known is None:
            stored = replace(stored, sealed=(*stored.sealed, sealed))
            team_book.save(book.with_team(stored))
        _store_witness(stored, sealed)
    return stored


def known_seal(team: Team, period: Period) -> Sealed | None:
    """Return what was sealed for a period; raises TeamError when the two witnesses disagree."""
    known = team.sealed_in(period)
    _, witnesses = _stored_keys(team)
    digest = witnesses.get(str(period))
    if digest is not None and (known is None or known.digest != digest):
        raise TeamError(
            f"{period} was sealed before, but the record of it is gone or changed.",
            "It is not sealed a second time. Wait for the next period.",
        )
    return known


def remember_comparison(compared: Headcount) -> None:
    """Keep how many people a comparison of open cards was about, and nothing else of it."""
    with team_book.alone():
        team_book.save(replace(team_book.load(), compared=compared))


def _store_witness(team: Team, sealed: Sealed) -> None:
    secrets, witnesses = _stored_keys(team)
    if witnesses.get(str(sealed.period)) == sealed.digest:
        return
    witnesses[str(sealed.period)] = sealed.digest
    _vault().put(
        _entry_name(team), _encoded_keys(secrets, dict(sorted(witnesses.items())[-MOST_WITNESSED:]))
    )


def _stored_keys(team: Team) -> tuple[Secrets, dict[str, str]]:
    text: str | None = _vault().get(_entry_name(team))
    if text is None:
        raise TeamError(
            "Your keys of this team are not in this computer's keyring.",
            "Leave the team and join it again with fresh keys.",
        )
    try:
        fields = json.loads(text)
        secrets = Secrets(bytes.fromhex(fields["agree"]), bytes.fromhex(fields["sign"]))
        return secrets, dict(fields["sealed"])
    except (ValueError, KeyError, TypeError):
        raise TeamError(
            "What the keyring holds of this team is damaged.",
            "Leave the team and join it again with fresh keys.",
        ) from None


def _encoded_keys(secrets: Secrets, witnesses: dict[str, str]) -> str:
    fields = {"agree": secrets.agree.hex(), "sign": secrets.sign.hex(), "sealed": witnesses}
    return json.dumps(fields, separators=(",", ":"), sort_keys=True)


def _vault() -> ModuleType:
    """Return the door to the keyring, loaded when first used."""
    from ledger.host import vault  # noqa: PLC0415 - keyring's packages load what nothing else here does

    return vault


def _entry_name(team: Team) -> str:
    return f"team-{team.id}"
