"""Being in a team: making keys for it, confirming the others' keys by voice, and leaving.

The private halves live in the system's keyring, with a witness of everything that was sealed.
"""

import json
import re
from dataclasses import replace
from secrets import token_hex

from ledger.core.errors import TeamError
from ledger.core.sealed import Headcount, MemberKey, Sealed, Team, share_a_key
from ledger.core.team import LEAST_PEOPLE
from ledger.core.team_periods import Period
from ledger.export import sealing
from ledger.export.sealing import Secrets
from ledger.host import team_book

WITNESSED = 13  # a small secret holds that many; older periods are refused anyway
LONGEST_NAME = 60


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
        from ledger.host import vault  # noqa: PLC0415 - keyring's packages load what nothing else here does

        vault.put(_entry(team), _kept(secrets, {}))
        team_book.save(book.with_team(team))
    return team


def named(name: str) -> Team:
    """Return a team by the name one gave it; raises TeamError."""
    teams = team_book.load().teams
    for team in teams:
        if team.name == name:
            return team
    known = ", ".join(f"“{team.name}”" for team in teams)
    raise TeamError(
        f"You are in no team “{name}”.",
        f"You are in {known}." if known else "Make a key with “signal-ledger team join”.",
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
        fresh = next(one for one in book.teams if one.id == team.id)
        team = replace(fresh, confirmed=fresh.confirmed | {key})
        team_book.save(book.with_team(team))
    return team


def missing_people(team: Team) -> int:
    """Return how many more keys must be confirmed before a round can be made."""
    return max(0, LEAST_PEOPLE - len(team.members))


def leave(team: Team) -> None:
    """Forget a team and destroy its keys: nothing can be sealed with them any more."""
    with team_book.alone():
        book = team_book.load()
        from ledger.host import vault  # noqa: PLC0415 - keyring's packages load what nothing else here does

        vault.delete(_entry(team))
        others = tuple(one for one in book.teams if one.id != team.id)
        team_book.save(replace(book, teams=others))


def secrets_of(team: Team) -> Secrets:
    """Return the private halves of one's keys; raises TeamError when the keyring lost them."""
    secrets, _ = _opened(team)
    return secrets


def remember(team: Team, sealed: Sealed) -> Team:
    """Freeze what is sealed for a period, before any file of it exists; raises TeamError.

    Once remembered, the same period is never sealed with other people or other numbers, even when
    the file with the teams is put back to an older state: the keyring is the second witness.
    """
    with team_book.alone():
        book = team_book.load()
        fresh = next((one for one in book.teams if one.id == team.id), None)
        if fresh is None:
            raise TeamError("You have left this team.", "Join again to seal anything.")
        known = known_seal(fresh, sealed.period)
        if known is not None and known != sealed:
            raise TeamError(
                f"{sealed.period} is sealed already, with other people or other numbers.",
                "Wait for the next period: two sums of one period would show who differs.",
            )
        if known is None:
            fresh = replace(fresh, sealed=(*fresh.sealed, sealed))
            team_book.save(book.with_team(fresh))
        _bear_witness(fresh, sealed)
    return fresh


def known_seal(team: Team, period: Period) -> Sealed | None:
    """Return what was sealed for a period; raises TeamError when the two witnesses disagree."""
    known = team.sealed_in(period)
    _, witnesses = _opened(team)
    said = witnesses.get(str(period))
    if said is not None and (known is None or known.digest != said):
        raise TeamError(
            f"{period} was sealed before, but the record of it is gone or changed.",
            "It is not sealed a second time. Wait for the next period.",
        )
    return known


def remember_comparison(compared: Headcount) -> None:
    """Keep how many people a comparison of open cards was about, and nothing else of it."""
    with team_book.alone():
        team_book.save(replace(team_book.load(), compared=compared))


def _bear_witness(team: Team, sealed: Sealed) -> None:
    secrets, witnesses = _opened(team)
    if witnesses.get(str(sealed.period)) == sealed.digest:
        return
    witnesses[str(sealed.period)] = sealed.digest
    from ledger.host import vault  # noqa: PLC0415 - keyring's packages load what nothing else here does

    vault.put(_entry(team), _kept(secrets, dict(sorted(witnesses.items())[-WITNESSED:])))


def _opened(team: Team) -> tuple[Secrets, dict[str, str]]:
    from ledger.host import vault  # noqa: PLC0415 - keyring's packages load what nothing else here does

    text = vault.get(_entry(team))
    if text is None:
        raise TeamError(
            "Your keys of this team are not in this computer's keyring.",
            "Leave the team and join it again with fresh keys.",
        )
    try:
        words = json.loads(text)
        secrets = Secrets(bytes.fromhex(words["agree"]), bytes.fromhex(words["sign"]))
        return secrets, dict(words["sealed"])
    except (ValueError, KeyError, TypeError):
        raise TeamError(
            "What the keyring holds of this team is damaged.",
            "Leave the team and join it again with fresh keys.",
        ) from None


def _kept(secrets: Secrets, witnesses: dict[str, str]) -> str:
    words = {"agree": secrets.agree.hex(), "sign": secrets.sign.hex(), "sealed": witnesses}
    return json.dumps(words, separators=(",", ":"), sort_keys=True)


def _entry(team: Team) -> str:
    return f"team-{team.id}"
