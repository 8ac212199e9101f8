"""Cells of a CSV file that no spreadsheet takes for a formula (OWASP, CSV injection)."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from ledger.core.cleaning import one_line

COMMANDING = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
LONGEST = 1000

Cell = str | int | float | bool | None


def written(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file: UTF-8, CR LF, numbers with a dot and without quotes."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in head])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8")


def guarded(text: str) -> str:
    """Return a text on one line, led by an apostrophe where its beginning would be a command."""
    text = one_line(text, LONGEST)
    return f"'{text}" if text.startswith(COMMANDING) else text


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e15 else f"{value:.0f}"
    return guarded(value) if isinstance(value, str) else str(value)
