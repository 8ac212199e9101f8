"""Shows what a file would say and asks before it is written; prints what a team sees."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from ledger.cli.opening import say, say_json, table
from ledger.core.errors import TeamError
from ledger.core.team import Line, TeamCard
from ledger.export import team_words
from ledger.export.team_card import TABLE
from ledger.flows.team_files import free_place, write

YES = "Write the file without asking; its content is still shown."


def agreed(lines: Sequence[Line], notes: Sequence[str], *, yes: bool, as_json: bool) -> bool:
    """Show every field and say whether the person agrees; raises TeamError when nobody can.

    With JSON nobody is asked: without `yes` the content is printed and nothing is written.
    """
    if as_json:
        if not yes:
            say_json({"written": None, **shown_object(lines, notes)})
        return yes
    table(("FIELD", "VALUE", "WHAT IT SAYS ABOUT YOU"), lines)
    for note in notes:
        say(note)
    if yes:
        return True
    if not sys.stdin.isatty():
        raise TeamError("Nothing was written.", "Add --yes when you have read what the file says.")
    return click.confirm("Write this file?", default=False)


def shown_object(lines: Sequence[Line], notes: Sequence[str]) -> dict[str, object]:
    """Return what was shown as scripts read it."""
    return {"fields": [line._asdict() for line in lines], "notes": list(notes)}


def tell_written(place: Path | None, lines: Sequence[Line], notes: Sequence[str]) -> None:
    """Say as JSON what was written and where."""
    say_json({"written": str(place), **shown_object(lines, notes)})


def show_team(card: TeamCard, reason: str, table_at: Path | None, *, as_json: bool) -> None:
    """Print what the team sees, then where one's own values lie, or why they are not there."""
    said = team_words.sentences(card)
    if table_at is not None:
        place = free_place(table_at, TABLE)
        write(place, team_words.table(card), card.period)
    if as_json:
        say_json({**_object(card), "own_missing": reason or None})
        return
    for sentence in said:
        say(sentence)
    own = team_words.own_sentences(card)
    say("")
    say("Only here, and in no file:" if own else f"Your own numbers are not beside it. {reason}")
    for sentence in own:
        say(f"  {sentence}")


def _object(card: TeamCard) -> dict[str, object]:
    return {
        **asdict(card),
        "period": str(card.period),
        "rounding": team_words.rounding(card),
        "notes": list(card.notes),
    }
