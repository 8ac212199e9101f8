"""Reads what Claude Code itself says a session has used: `cost-state`, since about 2.1.26x.

It is cumulative, for each model, and written at the end of an interactive session; it holds calls
that no row tells, such as a compaction's. It is something to compare with, never to add.
"""

from math import isfinite

import msgspec
from msgspec import Struct

from ledger.core.parts import TotalPart
from ledger.core.usage import LARGEST_COUNT
from ledger.importers.base import Line
from ledger.importers.claude_code.identity import session_ids
from ledger.importers.claude_code.records import Number, Row, part_of
from ledger.importers.fields import UNREADABLE, count, text

MICRO = 1_000_000  # dollars


class ModelTotal(Struct, gc=False, rename="camel"):
    """What one model used, as `modelUsage` tells it."""

    input_tokens: Number = None
    output_tokens: Number = None
    cache_read_input_tokens: Number = None
    cache_creation_input_tokens: Number = None
    cost: Number = msgspec.field(name="costUSD", default=None)


def totals_of(row: Row, key: str, time_ms: int, line: Line) -> list[TotalPart]:
    """Return the totals of a row, one for each model; none where it holds none."""
    try:
        models = msgspec.json.decode(row.model_usage, type=dict[str, msgspec.Raw])
    except UNREADABLE:
        return []
    ids = session_ids(key)
    return [
        _total(text(model), part_of(raw, ModelTotal))._replace(
            id=ids.inside("total", text(model)),
            session=ids.own,
            time_ms=time_ms,
            offset=line[0],
            length=len(line[1]),
        )
        for model, raw in models.items()
    ]


def _total(model: str, spent: ModelTotal) -> TotalPart:
    return TotalPart(
        id=0,
        session=0,
        time_ms=0,
        model=model,
        requests=-1,
        input=count(spent.input_tokens),
        cache_read=count(spent.cache_read_input_tokens),
        cache_write=count(spent.cache_creation_input_tokens),
        output=count(spent.output_tokens),
        micro_dollars=_micro_dollars(spent.cost),
        offset=0,
        length=0,
    )


def _micro_dollars(cost: Number) -> int:
    if isinstance(cost, str):
        try:
            cost = float(cost)
        except ValueError:
            return -1
    if cost is None or not isfinite(cost) or not 0 <= cost * MICRO <= LARGEST_COUNT:
        return -1
    return round(cost * MICRO)
