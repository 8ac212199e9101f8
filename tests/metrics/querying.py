"""One query of a ledger of plain rows."""

from datetime import UTC

from ledger.core.filters import ANY, Filter
from ledger.metrics.query import Query
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame, spent

DAY_S = 86_400


def query_of(rows: list[Row], wanted: Filter = ANY, **more) -> Query:
    """Return a query of the rows that the filter leaves over, in UTC."""
    made = frame(rows)
    return Query(frame=made, selection=made.select(wanted), **{"zone": UTC, **more})


def tagged_blocks(tags: list[int], *, te: int = 20_000_000, per_day: int = 4) -> list[Row]:
    """Return one interaction in a block of its own for each tag, so many a day."""
    rows = []
    for number, tag in enumerate(tags):
        day, half = divmod(number, per_day)
        time_s = MONDAY_S + day * DAY_S + (16 + 2 * half) * HALF_S
        rows.append(Row(number + 1, time_s, tag=tag, uses=(spent(te, time_s),)))
    return rows
