"""Sums the requests of interactions into portions: one per interaction, model and quarter hour.

What only a tool's own total tells is no request: it stands in a portion of the interaction after
which the total was written.
"""

import sqlite3
from collections.abc import Collection
from typing import Final

from ledger.core.tariff import code_in_sql
from ledger.store.names import json_ids

_PROMPT: Final = "input + cache_read + cache_write_5m + cache_write_1h"
# 900 is `core.columns.QUARTER_S`, 3 is `core.usage.Basis.UNKNOWN`.
_SUMS: Final = f"""
SELECT owner, model, quarter, tariff, sum(requests), sum(unknown), sum(input), sum(cache_read),
    sum(cache_write), sum(cache_write_1h), sum(output), sum(reasoning), sum(searches),
    sum(te_low), sum(te), sum(te_high), sum(missing)
FROM (
    SELECT owner, model, time_ms / 1000 / 900 AS quarter,
        {code_in_sql("tier", "region", _PROMPT)} AS tariff, count(*) AS requests,
        sum(basis = 3) AS unknown, sum(input) AS input, sum(cache_read) AS cache_read,
        sum(cache_write_5m + cache_write_1h) AS cache_write, sum(cache_write_1h) AS cache_write_1h,
        sum(output) AS output, sum(ifnull(reasoning, 0)) AS reasoning, sum(searches) AS searches,
        sum(te_low) AS te_low, sum(te) AS te, sum(te_high) AS te_high, 0 AS missing
    FROM request WHERE copied = 0 AND owner <> 0 GROUP BY owner, model, quarter, tariff
    UNION ALL
    SELECT owner, model, time_ms / 1000 / 900, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, te
    FROM shortfall WHERE owner <> 0)
GROUP BY owner, model, quarter, tariff
"""  # noqa: S608 - the expression is made of constants
_SUMS_OF_OWNERS: Final = _SUMS.replace("owner <> 0", "owner IN (SELECT value FROM json_each(?1))")
_MISSING: Final = "SUMS EXCEPT SELECT * FROM portion".replace("SUMS", _SUMS)
_WRONG: Final = "SELECT * FROM portion EXCEPT SUMS".replace("SUMS", _SUMS)


def refresh(raw: sqlite3.Connection, owners: Collection[int]) -> None:
    """Sum the given interactions again; copies in forks do not count."""
    ids = json_ids(owners)
    raw.execute("DELETE FROM portion WHERE interaction IN (SELECT value FROM json_each(?))", (ids,))
    raw.execute("INSERT INTO portion " + _SUMS_OF_OWNERS, (ids,))


def differ(raw: sqlite3.Connection) -> bool:
    """Whether any portion is not the sum of its requests; reads them all."""
    return any(raw.execute(query).fetchone() for query in (_MISSING, _WRONG))
