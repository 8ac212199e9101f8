"""Parts and readings for tests of the store, chosen or drawn, and a dump to compare ledgers by."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

from ledger.core.evidence import Observation, Suggestion
from ledger.core.ids import content_id
from ledger.core.parts import (
    Batch,
    Cursor,
    EditPart,
    PromptPart,
    Reading,
    Rejected,
    RequestPart,
    SessionPart,
    SpanPart,
    TotalPart,
)
from ledger.core.tariff import Region, Tier
from ledger.core.usage import Basis
from ledger.core.vocabulary import Decider, Kind, Origin, Outcome, Tag, Tool
from ledger.store.opening import open_ledger
from ledger.store.store import Store

START_MS = 1_780_000_000_000
MINUTE_MS = 60_000
PATHS = ("/logs/a.jsonl", "/logs/b.jsonl", "/logs/c.jsonl")


def session(number: int = 1, *, parent: int | None = None, **more) -> SessionPart:
    """Return a session that began at START_MS."""
    return SessionPart(
        number, f"key-{number}", more.pop("time_ms", START_MS), more.pop("directory", "/atlas"),
        parent=parent, **more,
    )  # fmt: skip


def prompt(identity: int, *, in_session: int = 1, minute: int = 0, **more) -> PromptPart:
    """Return a prompt of a session, `minute` minutes after START_MS."""
    fields = {"origin": Origin.TYPED, "directory": "/atlas", "branch": "main", "rank": 0}
    fields |= {"ordinal": 0, "offset": 100, "length": 50, "check": 7} | more
    return PromptPart(identity, in_session, START_MS + minute * MINUTE_MS, **fields)


def request(identity: int, of: int | None = None, *, in_session: int = 1, minute: int = 0, **more):
    """Return a request of 10 fresh, 20 cached, 30 written and 40 output tokens."""
    moment = START_MS + minute * MINUTE_MS
    fields = {"anchor_ms": moment, "time_ms": moment, "model": "m-1", "input": 10}
    fields |= {"cache_read": 20, "cache_write_5m": 30, "cache_write_1h": 0, "output": 40}
    return RequestPart(identity, in_session, of, **(fields | {"reasoning": None} | more))


def edit(identity: int, of: int | None = None, *, in_session: int = 1, minute: int = 0, **more):
    """Return an applied edit of one file: 5 lines added, 2 removed."""
    moment = START_MS + minute * MINUTE_MS
    fields = {"path": "src/one.py", "added": 5, "removed": 2, "outcome": Outcome.APPLIED}
    fields |= {"human_changed": False, "offset": 900, "length": 60} | more
    return EditPart(identity, in_session, of, moment, moment, **fields)


def observation(identity: int, **more) -> Observation:
    """Return what a look showed: a question, read to the end of every log."""
    fields = {"version": 1, "end": 9000, "kind": Kind.QUESTION} | more
    return Observation(interaction=identity, **fields)


def suggestion(identity: int, **more) -> Suggestion:
    """Return a suggestion that the output was kept."""
    fields = {"tag": Tag.KEPT, "confidence": 0.75, "worth": 0.9, "why": ("It is there.",)} | more
    return Suggestion(interaction=identity, **fields)


PLACES = {
    SessionPart: "sessions",
    PromptPart: "prompts",
    RequestPart: "requests",
    EditPart: "edits",
    SpanPart: "spans",
    TotalPart: "totals",
    Rejected: "rejected",
}


def reading(*parts, path: str = PATHS[0], tool: str = Tool.CLAUDE_CODE, **more) -> Reading:
    """Return a reading of one file that holds the parts."""
    batch = Batch(lines=len(parts))
    for part in parts:
        getattr(batch, PLACES[type(part)]).append(part)
    start = more.pop("start", 0)
    cursor = Cursor(path, **({"size": 5000, "mtime_ns": 1, "offset": 5000, "parser": 1} | more))
    return Reading(tool, cursor, batch, start=start)


SESSIONS = st.integers(1, 5)
PROMPTS = st.integers(11, 16)
MINUTES = st.integers(0, 40)
WORDS = st.sampled_from(["", "one", "two", "\udc80é"])
FLAT_SESSIONS = st.builds(
    SessionPart,
    id=SESSIONS,
    key=WORDS,
    time_ms=MINUTES.map(lambda minute: START_MS + minute * MINUTE_MS),
    directory=WORDS,
    branch=WORDS,
    version=WORDS,
    parent=st.none() | SESSIONS | st.just(99),
    repository=WORDS,
    pull_request=WORDS,
)
DRAWN_PROMPTS = st.builds(
    prompt,
    PROMPTS,
    in_session=SESSIONS,
    minute=MINUTES,
    rank=st.integers(0, 1),
    ordinal=st.integers(0, 4),
    directory=WORDS,
    branch=WORDS,
    offset=st.integers(0, 3),
)
DRAWN_REQUESTS = st.builds(
    request,
    st.integers(21, 40),
    st.none() | PROMPTS,
    in_session=SESSIONS,
    minute=MINUTES,
    anchor_ms=MINUTES.map(lambda minute: START_MS + minute * MINUTE_MS),
    model=st.sampled_from(["m-1", "m-2"]),
    input=st.integers(0, 2),
    output=st.integers(0, 2),
    reasoning=st.none() | st.integers(0, 2),
    basis=st.sampled_from(Basis),
    low=st.sampled_from([1.0, 0.85]),
    high=st.sampled_from([1.0, 1.15]),
    rank=st.integers(0, 1),
    ordinal=st.integers(0, 4),
    vector=st.integers(0, 3),
    turn=st.integers(0, 3),
    tier=st.sampled_from(Tier),
    region=st.sampled_from(Region),
    searches=st.integers(0, 2),
)
DRAWN_EDITS = st.builds(
    edit,
    st.integers(41, 45),
    st.none() | PROMPTS,
    in_session=SESSIONS,
    minute=MINUTES,
    path=WORDS,
    added=st.integers(0, 3),
    outcome=st.sampled_from(Outcome),
    human_changed=st.booleans(),
    decided_by=st.sampled_from(Decider),
)
DRAWN_SPANS = st.builds(SpanPart, PROMPTS, st.integers(0, 9))
DRAWN_TOTALS = st.builds(
    TotalPart,
    *(st.integers(61, 64), SESSIONS, st.integers(0, 2), st.sampled_from(["", "m-1", "m-2"])),
    *(st.integers(-1, 1), st.integers(0, 9), st.integers(0, 90), st.integers(0, 90)),
    *(st.integers(0, 9), st.integers(-1, 1), st.integers(0, 3), st.just(9)),
)
PARTS = st.tuples(
    st.one_of(FLAT_SESSIONS, DRAWN_PROMPTS, DRAWN_REQUESTS, DRAWN_EDITS, DRAWN_SPANS, DRAWN_TOTALS),
    st.sampled_from(PATHS),
    st.integers(1, 2),  # when its file was written
)

# A family of sessions that often repeat each other: the fingerprint of a request is its position,
# unless it is the session's own.
KIN = st.integers(1, 4)
FAMILY = st.one_of(
    st.builds(lambda number, parent: session(number, parent=parent), KIN, st.none() | KIN),
    st.builds(
        lambda number, place: prompt(
            10 * number + place, in_session=number, minute=10 * place + number, ordinal=place
        ),
        KIN,
        st.integers(0, 2),
    ),
    st.builds(
        lambda number, place, own, lone, home: request(
            100 * number + place,
            None if lone else 10 * number + place,
            in_session=home or number,
            minute=10 * place + number + 1 - bool(home),
            ordinal=place,
            vector=1000 + place + (50 * number if own else 0),
        ),
        KIN,
        st.integers(0, 2),
        st.sampled_from([False, False, True]),
        st.sampled_from([False, False, True]),
        st.sampled_from([0, 0, 0, 1, 7]),  # another session than the one its prompt is in
    ),
    st.builds(
        lambda number, at: request(900 + number, None, in_session=number, minute=at), KIN, MINUTES
    ),
    st.builds(
        lambda number, place, home: request(
            800 + 10 * number + place, 10 * number + place, in_session=home, minute=35
        ),
        KIN,
        st.integers(0, 2),
        st.just(7),  # a session outside the family
    ),
    st.builds(
        lambda number, model, output: TotalPart(
            600 + number, number, START_MS, model, -1, 10, 20, 30, output, -1, 0, 9
        ),
        KIN,
        st.sampled_from(["", "m-1"]),
        st.sampled_from([0, 40, 90, 500]),
    ),
)
KINDRED = st.tuples(FAMILY, st.sampled_from(PATHS), st.just(1))


def readings_of(pieces: Sequence[Sequence[tuple]]) -> list[list[Reading]]:
    """Return one call's readings for each piece of drawn parts."""
    return [
        [reading(part, path=path, mtime_ns=written) for part, path, written in piece]
        for piece in pieces
    ]


DERIVED = {
    "session": "*",
    "interaction": "*",
    # The file's id holds the machine's, which is another in every ledger.
    "pointer JOIN file ON file.id = file": "interaction, path, found_ns, pointer.offset, length,"
    " fingerprint, reached_ns, end",
    "request": "*",
    "edit_part": "*",
    "tool_total": "id, time_ms, output, input, cache_read, cache_write, requests, micro_dollars,"
    " session, model",
    "shortfall": "*",
    "portion": "*",
    "project": "*",
    "model": "*",
}
AUTHORED = {
    "tag": "interaction, value",
    "intent": "*",
    "kind": "*",
    "label": "*",
    "note": "*",
}


@contextmanager
def open_both(path: Path) -> Iterator[tuple[sqlite3.Connection, Store]]:
    """Open a ledger and give what SQL is given to with it."""
    connection = open_ledger(path, read_only=False)
    with Store(connection) as store:
        yield connection.raw, store


def dump(path: Path, tables: dict[str, str]) -> dict[str, list[tuple]]:
    """Return the sorted content of tables of a ledger, seen from outside."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
        content = {
            table: sorted(raw.execute(f"SELECT {names} FROM {table}"), key=repr)
            for table, names in tables.items()
        }
    raw.close()
    return content


def some_ids(count: int, kind: str = "made") -> Iterable[int]:
    """Return ids as they come from logs."""
    return [content_id(kind, str(number)) for number in range(count)]
