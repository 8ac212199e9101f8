"""`list`: interactions as rows."""

from typing import Any

import click
import numpy as np

from ledger.cli.console import SCREENFUL, local, opened, say_json, table, with_json
from ledger.cli.filter_options import chosen_filter, with_filter
from ledger.cli.show import as_object
from ledger.core.ids import shown
from ledger.core.rows import InteractionRow
from ledger.core.usage import Basis, Usage
from ledger.core.vocabulary import Tool

CHUNK = 500  # rows that are in memory at once


@click.command("list")
@with_filter
@click.option("--limit", type=click.IntRange(1), help="At most so many, newest first.")
@with_json
def list_command(as_json: bool, limit: int | None, **filter_options: Any) -> None:
    """List interactions, newest first; as JSON one object per line."""
    with opened() as workspace:
        frame = workspace.load().frame
        selection = frame.select(chosen_filter(frame, **filter_options))
        most = limit or (None if as_json else SCREENFUL)
        ids = frame.id[np.flatnonzero(selection.interactions)[::-1][:most]].tolist()
        names = frame.names_of_projects
        chunks = (workspace.store.rows(ids[n : n + CHUNK]) for n in range(0, len(ids), CHUNK))
        if as_json:
            for rows in chunks:
                for row in rows:
                    say_json(as_object(row, names))
            return
        cells = [_cells(row, names) for rows in chunks for row in rows]
    table(("ID", "TIME", "TOOL", "PROJECT", "MODEL", "TOKENS", "TAG"), cells)
    if limit is None and len(ids) < int(selection.interactions.sum()):
        click.echo(f"… the newest {SCREENFUL}; --limit shows more.", err=True)


def _cells(row: InteractionRow, names: dict[str, str]) -> tuple[str, ...]:
    return (
        shown(row.id),
        local(row.time_ms),
        Tool(row.tool).full_name,
        names.get(row.project, row.project),
        row.models[0] if row.models else "–",
        _tokens(row.usage),
        row.tag.title if row.tag else "untagged",
    )


def _tokens(usage: Usage) -> str:
    if usage.basis is Basis.UNKNOWN:
        return "unknown"
    return f"{'~' if usage.basis is Basis.ESTIMATED else ''}{usage.total:,}"
