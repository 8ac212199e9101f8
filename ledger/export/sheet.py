"""A plain table of typed columns, and CSV cells that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import NamedTuple

from ledger.core.text_safety import one_line

COMMANDING = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
LONGEST = 1000


class Kind(StrEnum):
    """What the values of a column are; every column may have gaps (None)."""

    TEXT = "text"
    WHOLE = "whole"  # 64-bit
    NUMBER = "number"  # double


class Column(NamedTuple):
    """One column."""

    name: str
    kind: Kind
    values: Sequence[str | int | float | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns of equal length."""

    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns[0].values) if self.columns else 0


Cell = str | int | float | bool | None


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file: UTF-8, CR LF, numbers with a dot and without quotes."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard_formula(cell) for cell in head])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8")


def guard_formula(text: str) -> str:
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
    return guard_formula(value) if isinstance(value, str) else str(value)
