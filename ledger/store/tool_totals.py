"""What tools say that sessions used in total, beside what was counted of the same sessions.

A session is counted with its sub-agents: sessions below it in which nobody typed a prompt and that
have no total of their own. Copies in a fork count for the session that holds them, as its tool's
total does. What a tool says beyond that is a shortfall. It belongs to the interaction after which
the total was written, and no figure takes it for nothing.
"""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from ledger.core.model_names import canonical
from ledger.core.rows import Amounts, Stretch, ToolTotal
from ledger.core.usage import (
    CACHE_READ_WEIGHT,
    CACHE_WRITE_1H_WEIGHT,
    INPUT_WEIGHT,
    OUTPUT_WEIGHT,
)
from ledger.store.names import NO_ID, json_ids
from ledger.store.placement import Ancestry

_ANY: Final = "SELECT EXISTS (SELECT 1 FROM tool_total)"
# Everything that is kin to some sessions and has a total: where a prompt or a parent changes,
# another session may be counted with others, and a shortfall belong to another interaction.
_KINDRED: Final = """
WITH RECURSIVE family (id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT parent FROM session JOIN family USING (id) WHERE parent IS NOT NULL
    UNION SELECT session.id FROM session JOIN family ON session.parent = family.id)
SELECT session FROM tool_total JOIN family ON session = family.id
UNION SELECT session FROM shortfall JOIN family ON session = family.id
"""
_MEMBERS: Final = """
WITH RECURSIVE member (root, id) AS (
    SELECT value, value FROM json_each(?)
    UNION SELECT root, session.id FROM member JOIN session ON session.parent = member.id
    WHERE NOT EXISTS (SELECT 1 FROM interaction WHERE session = session.id AND made = 0)
    AND NOT EXISTS (SELECT 1 FROM tool_total WHERE session = session.id))
"""
# A request names its interaction, or is adrift and names its session: both ways have an index.
_COUNTED: Final = f"""
{_MEMBERS}
SELECT root, model, count(*), sum(basis = 3), sum(input), sum(cache_read),
    sum(cache_write_5m + cache_write_1h), sum(output)
FROM (
    SELECT root, request.* FROM member
    CROSS JOIN interaction ON interaction.session = member.id
    CROSS JOIN request ON owner = interaction.id AND adrift = 0
    UNION ALL
    SELECT root, request.* FROM member
    CROSS JOIN request ON request.session = member.id AND adrift = 1)
GROUP BY root, model
"""  # noqa: S608 - made of constants
_STRETCHES: Final = f"""
{_MEMBERS}
SELECT DISTINCT root, interaction.id, file.path, pointer.offset, pointer.end FROM member
CROSS JOIN interaction ON interaction.session = member.id
JOIN pointer ON pointer.interaction = interaction.id AND pointer.offset >= 0
JOIN file ON file.id = pointer.file
ORDER BY file.path, pointer.offset, interaction.id
"""  # noqa: S608 - made of constants
_SAID: Final = """
SELECT session, model, time_ms, input, cache_read, cache_write, output FROM tool_total
WHERE session IN (SELECT value FROM json_each(?)) ORDER BY session, model, id
"""
_SHORTFALLS: Final = (
    "SELECT session, model, owner, time_ms, te FROM shortfall"
    " WHERE session IN (SELECT value FROM json_each(?))"
)
_FORGET: Final = "DELETE FROM shortfall WHERE session IN (SELECT value FROM json_each(?))"
_ALL_TOTALS: Final = """
SELECT total.session, total.model, session.tool, session.key, directory, total.time_ms,
    ifnull(model.name, ''), requests, input, cache_read, cache_write, output, micro_dollars,
    file.path, total.offset, length, parent IS NOT NULL,
    EXISTS (SELECT 1 FROM session AS later WHERE later.parent = total.session
        AND EXISTS (SELECT 1 FROM interaction WHERE session = later.id AND made = 0))
FROM tool_total AS total JOIN session ON session.id = total.session
LEFT JOIN model ON model.id = total.model LEFT JOIN file ON file.id = total.file
ORDER BY total.time_ms DESC, total.session, model.name
"""

_WEIGHTS: Final = (INPUT_WEIGHT, CACHE_READ_WEIGHT, CACHE_WRITE_1H_WEIGHT, OUTPUT_WEIGHT)
_Sums = dict[int, dict[int, Amounts]]


class _Short(NamedTuple):
    """A row of `shortfall`."""

    session: int
    model: int
    owner: int
    time_ms: int
    te: int


def refresh_shortfalls(raw: sqlite3.Connection, sessions: Collection[int]) -> set[int]:
    """Work out again what is missing in these sessions and their kin; return what changed.

    These are the interactions that had or have a part of it.
    """
    if not sessions or not raw.execute(_ANY).fetchone()[0]:
        return set()
    roots = json_ids(row[0] for row in raw.execute(_KINDRED, (json_ids(sessions),)))
    if roots == "[]":
        return set()
    old = {_Short(*row) for row in raw.execute(_SHORTFALLS, (roots,))}
    ancestry = Ancestry(raw)
    new = set(_shortfalls(raw, roots, ancestry))
    if old != new:
        raw.execute(_FORGET, (roots,))
        raw.executemany("INSERT INTO shortfall VALUES (?, ?, ?, ?, ?)", sorted(new))
    ancestry.add_unprompted()
    return {row.owner for row in old | new}


def differ(raw: sqlite3.Connection) -> bool:
    """Whether any shortfall is not what totals and requests say; looks at all of them."""
    roots = json_ids(row[0] for row in raw.execute("SELECT DISTINCT session FROM tool_total"))
    expected = set(_shortfalls(raw, roots, Ancestry(raw)))
    stored = raw.execute("SELECT session, model, owner, time_ms, te FROM shortfall")
    return expected != {_Short(*row) for row in stored}


def read(raw: sqlite3.Connection) -> list[ToolTotal]:
    """Return every total of a tool beside what was counted, the newest first."""
    rows = raw.execute(_ALL_TOTALS).fetchall()
    counted = _counted(raw, json_ids({row[0] for row in rows}))
    names, stretches = _names(raw), _stretches(raw, json_ids({row[0] for row in rows}))
    totals = [
        ToolTotal(
            session=row[0],
            tool=row[2],
            session_key=row[3],
            directory=row[4],
            time_ms=row[5],
            model=row[6],
            said=Amounts(row[7], 0, *row[8:12]),
            counted=_sum(
                used for model, used in counted[row[0]].items() if _is_of(row[1], model, names)
            ),
            micro_dollars=row[12],
            path="" if row[13] is None else os.fsdecode(row[13]),
            offset=row[14],
            length=row[15],
            counted_in=tuple(stretches[row[0]]),
            continues=bool(row[16]),
            continued=bool(row[17]),
        )
        for row in rows
    ]
    parts: dict[tuple[int, str], list[ToolTotal]] = defaultdict(list)
    for total in totals:
        parts[total.session, canonical(total.model)].append(total)
    return [_together(group) for group in parts.values()]


def _together(parts: list[ToolTotal]) -> ToolTotal:
    """Return the sum of what several logs of one session say, each of its own stretch."""
    newest, *others = parts
    if not others:
        return newest
    knows_requests = all(part.said.requests >= 0 for part in parts)
    said = _sum(part.said for part in parts)
    dollars = [part.micro_dollars for part in parts]
    return replace(
        newest,
        said=said if knows_requests else said._replace(requests=-1),
        micro_dollars=sum(dollars) if min(dollars) >= 0 else -1,
        more_places=tuple((part.path, part.offset, part.length) for part in others),
    )


def _stretches(raw: sqlite3.Connection, roots: str) -> dict[int, list[Stretch]]:
    """Return where the logs of the sessions' interactions lie, by session."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for root, interaction, path, *ends in raw.execute(_STRETCHES, (roots,)):
        found[root].append(Stretch(interaction, os.fsdecode(path), *ends))
    return found


def _is_of(total: int, model: int, names: dict[int, str]) -> bool:
    """Whether a total, of one model or of all (0), is about a model; its spelling is no matter."""
    return total == NO_ID or canonical(names.get(total, "")) == canonical(names.get(model, ""))


def _names(raw: sqlite3.Connection) -> dict[int, str]:
    return dict(raw.execute("SELECT id, name FROM model"))


def _sum(amounts: Iterable[Amounts]) -> Amounts:
    columns = list(zip(*amounts, strict=True))
    return Amounts(*map(sum, columns)) if columns else Amounts()


def _counted(raw: sqlite3.Connection, roots: str) -> _Sums:
    """Return what was counted of each session with a total, by session and model."""
    counted: _Sums = defaultdict(dict)
    for root, model, *sums in raw.execute(_COUNTED, (roots,)):
        counted[root][model] = Amounts(*sums)
    return counted


def _shortfalls(raw: sqlite3.Connection, roots: str, ancestry: Ancestry) -> Iterator[_Short]:
    """Yield what is missing in the sessions, by the model that it is put to."""
    counted, names = _counted(raw, roots), _names(raw)
    totals = raw.execute(_SAID, (roots,)).fetchall()
    for session, rows in groupby(totals, key=itemgetter(0)):
        of_session = counted[session]
        found: dict[int, tuple[int, int]] = {}  # by model: when it was said, and how much
        for time_ms, model, missing in _missing(list(rows), of_session, names):
            place = _largest(of_session, model, names)
            said_ms, te = found.get(place, (0, 0))
            found[place] = max(said_ms, time_ms), te + missing
        for model, (time_ms, te) in found.items():
            yield _Short(session, model, ancestry.owner(session, time_ms), time_ms, te)


def _missing(
    rows: list[tuple[int, ...]], counted: dict[int, Amounts], names: dict[int, str]
) -> Iterator[tuple[int, int, int]]:
    """Yield time, model and token-equivalents of what each total of a session misses, if it does.

    A total of all models misses only what those of its models do not.
    """
    split: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    whole = [row for row in rows if row[1] == NO_ID]
    for row in rows:
        if row[1] != NO_ID:
            split[canonical(names.get(row[1], ""))].append(row)
    told = 0
    for one_model in split.values():
        model = one_model[0][1]
        mine = _sum(used for other, used in counted.items() if _is_of(model, other, names))
        missing = _beyond(one_model, mine)
        if missing:
            told += missing
            yield max(row[2] for row in one_model), model, missing
    if whole:
        missing = _beyond(whole, _sum(counted.values())) - told
        if missing > 0:
            yield max(row[2] for row in whole), NO_ID, missing


def _beyond(rows: list[tuple[int, ...]], counted: Amounts) -> int:
    """Return the token-equivalents of what totals say beyond what was counted, in twentieths.

    Counter by counter: one that holds less than was counted makes up for none that holds more.
    What lives in a cache for how long no total needs to say: it is weighed as the longer.
    """
    said = [sum(column) for column in zip(*(row[3:] for row in rows), strict=True)]
    return sum(
        weight * max(0, total - mine)
        for weight, total, mine in zip(_WEIGHTS, said, counted[2:], strict=True)
    )


def _largest(counted: dict[int, Amounts], model: int, names: dict[int, str]) -> int:
    """Return the session's own spelling of a model, or its most used model where none is named."""
    fitting = [other for other in counted if _is_of(model, other, names)]
    return max(fitting, key=lambda other: (counted[other].output, other), default=model)
