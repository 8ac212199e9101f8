"""Prints what a team sees when it puts its cards together, and one's own values below it."""

from dataclasses import asdict
from pathlib import Path

import click

from ledger.cli.console import say, say_json
from ledger.core.team import TeamCard
from ledger.export import team_words
from ledger.export.team_files import TABLE
from ledger.flows.team.exchange import free_place, write_file

TABLE_AT = click.option(
    "--csv",
    "table_at",
    type=click.Path(path_type=Path),
    help="Also write the team's figures as a table.",
)


def show_result(card: TeamCard, reason: str, table_at: Path | None, *, as_json: bool) -> None:
    """Print what the team sees, then where one's own values lie, or why they are not there."""
    sentences = team_words.sentences(card)
    if table_at is not None:
        place = free_place(table_at, TABLE)
        write_file(place, team_words.table(card), card.period)
    if as_json:
        say_json({**_as_json(card), "own_missing": reason or None})
        return
    for sentence in sentences:
        say(sentence)
    own = team_words.own_sentences(card)
    say("")
    say("Only here, and in no file:" if own else f"Your own numbers are not beside it. {reason}")
    for sentence in own:
        say(f"  {sentence}")


def _as_json(card: TeamCard) -> dict[str, object]:
    return {
        **asdict(card),
        "period": str(card.period),
        "rounding": team_words.rounding(card),
        "notes": list(card.notes),
    }
