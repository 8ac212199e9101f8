"""How parts with one id become one row: merges whose order and repetition do not matter.

Rows are tuples in the order of the table's columns, id first. 0 stands for “no interaction”,
-1 for reasoning that is not known.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from ledger.core.folders import is_absolute
from ledger.core.parts import (
    EditPart,
    PromptPart,
    Reading,
    RequestPart,
    SessionPart,
    TotalPart,
)
from ledger.core.usage import Basis, twentieths
from ledger.store.names import NO_ID, model_id, project_id, storable

_PLACE = slice(1, 9)
_USAGE = slice(9, 23)


class SessionRow(NamedTuple):
    """A row of `session`; an empty string and None mean that no part has told yet."""

    id: int
    tool: str
    key: str = ""
    time_ms: int | None = None
    directory: str = ""
    branch: str = ""
    version: str = ""
    parent: int | None = None
    repository: str = ""
    pull_request: str = ""
    directory_ms: int | None = None  # when the directory was told: the first one holds


class PromptRow(NamedTuple):
    """The part of an `interaction` row that comes from logs; fields in order of precedence."""

    id: int
    rank: int
    time_ms: int
    session: int
    ordinal: int
    origin: int
    project: int
    branch: str


class RequestRow(NamedTuple):
    """The part of a `request` row that comes from logs: first its place, then its usage."""

    id: int
    rank: int
    time_ms: int
    session: int
    interaction: int
    anchor_ms: int
    ordinal: int
    vector: int
    turn: int
    model: int
    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    output: int
    reasoning: int
    basis: int
    low: float
    high: float
    tier: int
    region: int
    searches: int
    within: int


class EditRow(NamedTuple):
    """The part of an `edit_part` row that comes from logs: first its place, then its facts."""

    id: int
    time_ms: int
    session: int
    interaction: int
    anchor_ms: int
    path: str
    added: int
    removed: int
    outcome: int
    human_changed: int
    decided_by: int


class TotalRow(NamedTuple):
    """A row of `tool_total`; fields after the id in order of precedence."""

    id: int
    time_ms: int
    output: int
    input: int
    cache_read: int
    cache_write: int
    requests: int
    micro_dollars: int
    session: int
    model: int
    file: int
    offset: int
    length: int


class PointerRow(NamedTuple):
    """A row of `pointer`; -1 where a file told only one of place and end."""

    interaction: int
    file: int
    found_ns: int
    offset: int
    length: int
    fingerprint: int
    reached_ns: int
    end: int


def session_row(tool: str, part: SessionPart) -> SessionRow:
    """Return the row of one part."""
    return SessionRow(
        part.id,
        tool,
        storable(part.key),
        part.time_ms,
        storable(part.directory),
        storable(part.branch),
        storable(part.version),
        part.parent,
        storable(part.repository),
        storable(part.pull_request),
        part.time_ms if part.directory else None,
    )


def prompt_row(part: PromptPart) -> PromptRow:
    """Return the row of one part."""
    return PromptRow(
        part.id,
        part.rank,
        part.time_ms,
        part.session,
        part.ordinal,
        int(part.origin),
        project_id(storable(part.directory)),
        storable(part.branch),
    )


def request_row(part: RequestPart) -> RequestRow:
    """Return the row of one part; unknown usage has no counters, whatever the part says."""
    if part.basis == Basis.UNKNOWN:
        part = part._replace(
            input=0, cache_read=0, cache_write_5m=0, cache_write_1h=0, output=0, reasoning=None
        )
    return RequestRow(
        part.id,
        part.rank,
        part.time_ms,
        part.session,
        part.interaction or NO_ID,
        part.anchor_ms,
        part.ordinal,
        part.vector,
        part.turn,
        model_id(storable(part.model)),
        part.input,
        part.cache_read,
        part.cache_write_5m,
        part.cache_write_1h,
        part.output,
        -1 if part.reasoning is None else part.reasoning,
        int(part.basis),
        part.low,
        part.high,
        int(part.tier),
        int(part.region),
        part.searches,
        part.within,
    )


def edit_row(part: EditPart) -> EditRow:
    """Return the row of one part."""
    return EditRow(
        part.id,
        part.time_ms,
        part.session,
        part.interaction or NO_ID,
        part.anchor_ms,
        storable(part.path),
        part.added,
        part.removed,
        int(part.outcome),
        int(part.human_changed),
        int(part.decided_by),
    )


def total_row(part: TotalPart, file: int) -> TotalRow:
    """Return the row of one part, which stands in a file."""
    return TotalRow(
        part.id,
        part.time_ms,
        part.output,
        part.input,
        part.cache_read,
        part.cache_write,
        part.requests,
        part.micro_dollars,
        part.session,
        model_id(storable(part.model)) if part.model else NO_ID,
        file,
        part.offset,
        part.length,
    )


def merge_sessions(row: SessionRow, other: SessionRow) -> SessionRow:
    """Take the earliest time and directory, and of every other field the greatest that was told.

    A later directory is one that the shell changed to, or a sub-agent's.
    """
    first = min(row, other, key=_directory_place)
    times = [time for time in (row.time_ms, other.time_ms) if time is not None]
    parents = [parent for parent in (row.parent, other.parent) if parent is not None]
    return SessionRow(
        row.id,
        max(row.tool, other.tool),
        max(row.key, other.key),
        min(times, default=None),
        first.directory,
        max(row.branch, other.branch),
        max(row.version, other.version),
        max(parents, default=None),
        max(row.repository, other.repository),
        max(row.pull_request, other.pull_request),
        first.directory_ms,
    )


def _directory_place(row: SessionRow) -> tuple[bool, bool, bool, int, str]:
    told_ms = row.directory_ms
    is_name = not is_absolute(row.directory)
    return (not row.directory, is_name, told_ms is None, told_ms or 0, row.directory)


def merge_prompts(row: PromptRow, other: PromptRow) -> PromptRow:
    """Take the place where it was written first."""
    return min(row, other)


def merge_requests(row: RequestRow, other: RequestRow) -> RequestRow:
    """Take the first place, and the usage that was counted last: the greatest."""
    place = min(_place(row), _place(other))[-1]
    usage = max(_weight(row), _weight(other))[-1]
    return RequestRow(row.id, *place, *usage)


def _place(row: RequestRow) -> tuple[Any, ...]:
    lone = row.interaction == NO_ID
    return (row.rank, row.time_ms, row.session, lone, row[_PLACE])


def _weight(row: RequestRow) -> tuple[Any, ...]:
    total = row.input + row.cache_read + row.cache_write_5m + row.cache_write_1h + row.output
    return (row.output, total, -row.basis, row[_USAGE])


def te_range(row: RequestRow) -> tuple[int, int, int]:
    """Return the lowest, middle and highest token-equivalents of a request, in twentieths."""
    middle = twentieths(
        row.input, row.cache_read, row.cache_write_5m, row.cache_write_1h, row.output
    )
    if row.low == row.high == 1.0:
        return middle, middle, middle
    return round(middle * row.low), middle, round(middle * row.high)


def is_answered(row: RequestRow) -> int:
    """Return 1 for the announcement of a request whose answer is another row; else 0."""
    return int(row.turn == row.id and row.basis == Basis.EXACT and te_range(row)[1] == 0)


def merge_edits(row: EditRow, other: EditRow) -> EditRow:
    """Take the first place, and of every fact the greatest."""
    place = min(_edit_place(row), _edit_place(other))[-1]
    facts: Any = map(max, zip(row[5:], other[5:], strict=True))
    return EditRow(row.id, *place, *facts)


def _edit_place(row: EditRow) -> tuple[Any, ...]:
    return (row.time_ms, row.session, row.interaction == NO_ID, row[1:5])


def merge_totals(row: TotalRow, other: TotalRow) -> TotalRow:
    """Take what the tool said last."""
    return max(row, other)


def merge_pointers(row: PointerRow, other: PointerRow) -> PointerRow:
    """Let the later look at the file win; of one look, the first place and the furthest end."""
    place = min(row, other, key=lambda pointer: (-pointer.found_ns, pointer.offset, pointer[4:6]))
    end = max(row, other, key=lambda pointer: (pointer.reached_ns, pointer.end))
    return place._replace(reached_ns=end.reached_ns, end=end.end)


Row = TypeVar("Row")


class FileKey(NamedTuple):
    """A log file of this machine: its id, and when the bytes that were read were written."""

    id: int
    mtime_ns: int


@dataclass(slots=True)
class MergedRows:
    """Everything some readings say, joined."""

    sessions: dict[int, SessionRow] = field(default_factory=dict)
    prompts: dict[int, PromptRow] = field(default_factory=dict)
    requests: dict[int, RequestRow] = field(default_factory=dict)
    edits: dict[int, EditRow] = field(default_factory=dict)
    totals: dict[int, TotalRow] = field(default_factory=dict)
    pointers: dict[tuple[int, int], PointerRow] = field(default_factory=dict)
    projects: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)


def merge_readings(readings: Sequence[Reading], files: Sequence[FileKey]) -> MergedRows:
    """Join the parts of the readings; `files` goes with them, one to one."""
    whole = MergedRows()
    for reading, file in zip(readings, files, strict=True):
        _merge_rows(whole, reading, file)
        _merge_pointers(whole, reading, file)
    return whole


def _merge_rows(whole: MergedRows, reading: Reading, file: FileKey) -> None:
    batch, tool = reading.batch, storable(reading.tool)
    _merge(whole.sessions, (session_row(tool, part) for part in batch.sessions), merge_sessions)
    _merge(whole.prompts, map(prompt_row, batch.prompts), merge_prompts)
    _merge(whole.requests, map(request_row, batch.requests), merge_requests)
    _merge(whole.edits, map(edit_row, batch.edits), merge_edits)
    _merge(whole.totals, (total_row(part, file.id) for part in batch.totals), merge_totals)
    for kind in (batch.prompts, batch.requests, batch.edits, batch.totals):
        for session in {part.session for part in kind}:
            if session not in whole.sessions:
                whole.sessions[session] = SessionRow(session, tool)
    for places in (batch.prompts, batch.sessions):
        whole.projects.update(storable(part.directory) for part in places)
    whole.models.update(storable(part.model) for part in batch.requests)
    whole.models.update(storable(part.model) for part in batch.totals if part.model)


def _merge(
    into: "dict[int, Row]", rows: "Iterable[Row]", join: "Callable[[Row, Row], Row]"
) -> None:
    for row in rows:
        identity = row.id  # type: ignore[attr-defined]
        known = into.get(identity)
        into[identity] = row if known is None else join(known, row)


def _merge_pointers(whole: MergedRows, reading: Reading, file: FileKey) -> None:
    rows = [_pointer_key(part, file) for part in reading.batch.prompts]
    rows += [
        PointerRow(span.interaction, file.id, -1, -1, 0, 0, file.mtime_ns, span.end)
        for span in reading.batch.spans
    ]
    for row in rows:
        key = (row.interaction, row.file)
        known = whole.pointers.get(key)
        whole.pointers[key] = row if known is None else merge_pointers(known, row)


def _pointer_key(part: PromptPart, file: FileKey) -> PointerRow:
    end = part.offset + part.length
    return PointerRow(
        part.id, file.id, file.mtime_ns, part.offset, part.length, part.check, file.mtime_ns, end
    )
