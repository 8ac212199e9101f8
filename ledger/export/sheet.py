"""A plain table of typed columns: what the row formats write."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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
