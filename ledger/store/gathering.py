"""Turns readings into joined rows, one per id, before the ledger is touched."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from ledger.core.parts import PromptPart, Reading
from ledger.store.joins import (
    EditRow,
    PointerRow,
    PromptRow,
    RequestRow,
    SessionRow,
    edit_row,
    join_edits,
    join_pointers,
    join_prompts,
    join_requests,
    join_sessions,
    prompt_row,
    request_row,
    session_row,
)
from ledger.store.names import storable

Row = TypeVar("Row")


class FileKey(NamedTuple):
    """A log file of this machine: its id, and when the bytes that were read were written."""

    id: int
    mtime_ns: int


@dataclass(slots=True)
class Gathered:
    """Everything some readings say, joined."""

    sessions: dict[int, SessionRow] = field(default_factory=dict)
    prompts: dict[int, PromptRow] = field(default_factory=dict)
    requests: dict[int, RequestRow] = field(default_factory=dict)
    edits: dict[int, EditRow] = field(default_factory=dict)
    pointers: dict[tuple[int, int], PointerRow] = field(default_factory=dict)
    projects: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)


def gather(readings: Sequence[Reading], files: Sequence[FileKey]) -> Gathered:
    """Join the parts of the readings; `files` goes with them, one to one."""
    whole = Gathered()
    for reading, file in zip(readings, files, strict=True):
        _gather_rows(whole, reading)
        _gather_pointers(whole, reading, file)
    return whole


def _gather_rows(whole: Gathered, reading: Reading) -> None:
    batch, tool = reading.batch, storable(reading.tool)
    _join(whole.sessions, (session_row(tool, part) for part in batch.sessions), join_sessions)
    _join(whole.prompts, map(prompt_row, batch.prompts), join_prompts)
    _join(whole.requests, map(request_row, batch.requests), join_requests)
    _join(whole.edits, map(edit_row, batch.edits), join_edits)
    for kind in (batch.prompts, batch.requests, batch.edits):
        for session in {part.session for part in kind}:
            if session not in whole.sessions:
                whole.sessions[session] = SessionRow(session, tool)
    for places in (batch.prompts, batch.sessions):
        whole.projects.update(storable(part.directory) for part in places)
    whole.models.update(storable(part.model) for part in batch.requests)


def _join(into: "dict[int, Row]", rows: "Iterable[Row]", join: "Callable[[Row, Row], Row]") -> None:
    for row in rows:
        identity = row.id  # type: ignore[attr-defined]
        known = into.get(identity)
        into[identity] = row if known is None else join(known, row)


def _gather_pointers(whole: Gathered, reading: Reading, file: FileKey) -> None:
    rows = [_found(part, file) for part in reading.batch.prompts]
    rows += [
        PointerRow(span.interaction, file.id, -1, -1, 0, 0, file.mtime_ns, span.end)
        for span in reading.batch.spans
    ]
    for row in rows:
        key = (row.interaction, row.file)
        known = whole.pointers.get(key)
        whole.pointers[key] = row if known is None else join_pointers(known, row)


def _found(part: PromptPart, file: FileKey) -> PointerRow:
    end = part.offset + part.length
    return PointerRow(
        part.id, file.id, file.mtime_ns, part.offset, part.length, part.check, file.mtime_ns, end
    )
