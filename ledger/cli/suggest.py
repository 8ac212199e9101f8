"""`suggest`: what the evidence speaks for, and how often it was right so far."""

from collections.abc import Sequence
from typing import Any

import click
import numpy as np

from ledger.cli.console import SCREENFUL, iso, local, opened, say, say_json, table, with_json
from ledger.cli.filter_options import chosen_filter, with_filter
from ledger.cli.listing import CHUNK
from ledger.core.evidence import Horizon, Suggestion, Survival
from ledger.core.ids import shown
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Tag
from ledger.evidence.calibration import Answer, confusion
from ledger.flows.tagging import suggestions


@click.command("suggest")
@with_filter
@click.option("--limit", type=click.IntRange(1), help="At most so many, newest first.")
@with_json
def suggest_command(as_json: bool, limit: int | None, **filter_options: Any) -> None:
    """List what the evidence suggests, with the reason; suggestions are never stored as tags."""
    with opened() as workspace:
        frame = workspace.load().frame
        mine = frame.select(chosen_filter(frame, **filter_options)).interactions & (
            frame.suggested > 0
        )
        most = limit or (None if as_json else SCREENFUL)
        ids = frame.id[np.flatnonzero(mine)[::-1][:most]].tolist()
        cells = []
        for at in range(0, len(ids), CHUNK):
            chunk = ids[at : at + CHUNK]
            suggested, survivals = (
                workspace.store.evidence.suggestions(chunk),
                workspace.store.evidence.survivals(chunk),
            )
            for row in workspace.store.rows(chunk):
                suggestion = suggested.get(row.id)
                if suggestion is None:  # a look that runs beside has just taken it away
                    continue
                if as_json:
                    say_json(_object(row, suggestion, survivals.get(row.id, ())))
                else:
                    cells.append(_cells(row, suggestion))
        answers = () if as_json else workspace.learnt().answers
    if not as_json:
        table(("ID", "TIME", "SUGGESTION", "SURE", "WHY"), cells)
        say(suggestions.agreement_sentence(answers), err=True)
        if answers:
            _show_confusion(answers)


def _show_confusion(answers: Sequence[Answer]) -> None:
    """Print how often each suggestion met each answer."""
    counts = confusion(answers)
    table(
        ("SUGGESTED", *(f"YOU: {given.title.upper()}" for given in Tag)),
        [(suggested.title, *(str(counts[suggested, given]) for given in Tag)) for suggested in Tag],
    )


def _object(
    row: InteractionRow, suggestion: Suggestion, survivals: tuple[Survival, ...]
) -> dict[str, object]:
    by_horizon = {
        survival.horizon: survival for survival in survivals if survival.anywhere is not None
    }
    order = (Horizon.WEEK, Horizon.DAY, Horizon.NOW)
    measured = next((by_horizon[horizon] for horizon in order if horizon in by_horizon), None)
    return {
        "id": shown(row.id),
        "time": iso(row.time_ms),
        "suggestion": suggestion.tag.key,
        "confidence": round(suggestion.confidence, 4),
        "why": " ".join(suggestion.why),
        "survival": measured.anywhere if measured else None,
        "landed": measured.landed if measured else None,
        "horizon": measured.horizon.value if measured else None,
        "tag": row.tag.key if row.tag else None,
    }


def _cells(row: InteractionRow, suggestion: Suggestion) -> tuple[str, ...]:
    sure = f"{100 * suggestion.confidence:.0f} %"
    return shown(row.id), local(row.time_ms), suggestion.tag.title, sure, " ".join(suggestion.why)
