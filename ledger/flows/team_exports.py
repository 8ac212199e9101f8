"""Writes team files after they were shown and agreed to, and notes that they were made."""

from pathlib import Path

from ledger.core.errors import TeamError
from ledger.core.sealed import Team
from ledger.core.team import FIELDS, Card, Line
from ledger.core.team_periods import Period
from ledger.export import team_card, team_key
from ledger.flows import comparing, team_files, team_rounds
from ledger.flows.team_rounds import Proposal
from ledger.host import export_log
from ledger.host.export_log import Exported

NUMBERS = tuple(field.name for field in FIELDS)
CARD, SEAL, KEY, ROUND = "team card", "sealed numbers", "team key", "round"


def save_card(card: Card, shown: tuple[Line, ...], target: Path, now_ms: int) -> Path:
    """Write a card as it was shown and return where; raises TeamError, and nothing is written."""
    if shown != comparing.preview(card):
        raise TeamError("What was shown is not what would be written.", "Look at it again.")
    place = team_files.free_place(target, team_card.KIND)
    _note(now_ms, CARD, str(card.period), ("period", *NUMBERS))
    team_files.write(place, team_card.written(card), card.period)
    return place


def save_seal(proposal: Proposal, shown: tuple[Line, ...], target: Path, now_ms: int) -> Path:
    """Seal what was shown, write it and return where; raises TeamError."""
    period = proposal.card.period
    place = team_files.free_place(target, "seal")
    data = team_rounds.seal(proposal, shown)
    _note(now_ms, SEAL, str(period), NUMBERS)
    team_files.write(place, data, period)
    return place


def save_key(team: Team, target: Path, now_ms: int) -> Path:
    """Write one's public keys and return where; raises TeamError."""
    place = team_files.free_place(target, "key")
    _note(now_ms, KEY, "", ("agree", "sign"))
    team_files.write(place, team_key.written(team.key), None)
    return place


def save_round(team: Team, period: Period, target: Path, now_ms: int) -> Path:
    """Make a round for all confirmed members, write it and return where; raises TeamError."""
    place = team_files.free_place(target, "round")
    data = team_rounds.make_round(team, period, now_ms // 1000)
    _note(now_ms, ROUND, str(period), ("period", "members"))
    team_files.write(place, data, period)
    return place


def cards_made() -> tuple[str, ...]:
    """Return the periods of which a card was made before."""
    return tuple(one.period for one in export_log.exports() if one.what == CARD)


def _note(now_ms: int, what: str, period: str, names: tuple[str, ...]) -> None:
    export_log.note(Exported(now_ms, what, period, names))
