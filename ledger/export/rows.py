"""Interactions as rows: CSV for spreadsheets, JSON (one object per line) for scripts, Parquet."""

import json
from collections.abc import Iterator

from ledger.export import cells, parquet
from ledger.export.sheet import Sheet

FORMATS = ("csv", "json", "parquet")


def render(sheet: Sheet, form: str) -> bytes:
    """Return the rows in one of FORMATS."""
    match form:
        case "csv":
            return cells.written([column.name for column in sheet.columns], _rows(sheet))
        case "json":
            return _json(sheet)
        case "parquet":
            return parquet.written(sheet)
    raise ValueError(form)


def _rows(sheet: Sheet) -> Iterator[tuple[cells.Cell, ...]]:
    yield from zip(*(column.values for column in sheet.columns), strict=True)


def _json(sheet: Sheet) -> bytes:
    names = [column.name for column in sheet.columns]
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n"
        for row in _rows(sheet)
    )
    return "".join(lines).encode("utf-8")
