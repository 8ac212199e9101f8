"""Interactions as rows: CSV for spreadsheets, JSON (one object per line) for scripts, Parquet."""

import json
from collections.abc import Iterator

from ledger.export import parquet, sheet
from ledger.export.sheet import Sheet

FORMATS = ("csv", "json", "parquet")


def render(rows: Sheet, form: str) -> bytes:
    """Return the rows in one of FORMATS."""
    match form:
        case "csv":
            return sheet.csv_text([column.name for column in rows.columns], _rows(rows))
        case "json":
            return _json(rows)
        case "parquet":
            return parquet.encode(rows)
    raise ValueError(form)


def _rows(rows: Sheet) -> Iterator[tuple[sheet.Cell, ...]]:
    yield from zip(*(column.values for column in rows.columns), strict=True)


def _json(rows: Sheet) -> bytes:
    names = [column.name for column in rows.columns]
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n"
        for row in _rows(rows)
    )
    return "".join(lines).encode("utf-8")
