"""Interactions as rows: CSV for spreadsheets, JSON (one object per line) for scripts, Parquet."""

import json
from collections.abc import Iterator

from ledger.export import parquet, sheet
from ledger.export.sheet import Sheet

FORMATS = ("csv", "json", "parquet")


def render(made: Sheet, form: str) -> bytes:
    """Return the rows in one of FORMATS."""
    match form:
        case "csv":
            return sheet.csv_text([column.name for column in made.columns], _rows(made))
        case "json":
            return _json(made)
        case "parquet":
            return parquet.written(made)
    raise ValueError(form)


def _rows(made: Sheet) -> Iterator[tuple[sheet.Cell, ...]]:
    yield from zip(*(column.values for column in made.columns), strict=True)


def _json(made: Sheet) -> bytes:
    names = [column.name for column in made.columns]
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n"
        for row in _rows(made)
    )
    return "".join(lines).encode("utf-8")
