"""The fields of Gemini CLI's records that we read, and how bytes become them.

Everything is taken as it comes (`Any`) or left as bytes (`Raw`), so that one field of an odd type
never costs the others; `fields` makes numbers, times and words of it.
"""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct, field

from ledger.importers.base import Line
from ledger.importers.fields import UNREADABLE, patient, text
from ledger.importers.splitting import records_in

Kind = TypeVar("Kind")

UNUSABLE = "not a JSON object"


class Record(Struct, gc=False, rename="camel"):
    """A line of a log, a whole old document, or one message inside either."""

    id: Any = None
    timestamp: Any = None
    type: Any = None
    content: Raw = Raw()
    display_content: Raw = Raw()
    thoughts: Raw = Raw()
    tokens: Raw = Raw()
    model: Any = None
    tool_calls: Raw = Raw()
    session_id: Any = None
    project_hash: Any = None
    start_time: Any = None
    kind: Any = None
    directories: Raw = Raw()
    memory_scratchpad: Raw = Raw()
    messages: Raw = Raw()
    update: Raw = field(name="$set", default=Raw())
    rewind_to: Any = field(name="$rewindTo", default=None)


class Tokens(Struct, gc=False):
    """What one response used; `input` holds `cached`, `output` does not hold `thoughts`."""

    input: Any = None
    output: Any = None
    cached: Any = None
    thoughts: Any = None
    tool: Any = None


class Call(Struct, gc=False, rename="camel"):
    """One call of a tool by the model."""

    id: Any = None
    name: Any = None
    args: Raw = Raw()
    result: Raw = Raw()
    status: Any = None
    timestamp: Any = None
    result_display: Raw = Raw()
    agent_id: Any = None  # of the sub-agent that it sent
    outcome: Any = None  # of asking the person
    approval_mode: Any = None


class Scratchpad(Struct, gc=False, rename="camel"):
    """What the tool notes of a session's work when it ends, without asking the model."""

    touched_paths: Raw = Raw()
    validation_status: Any = None


class DiffStat(Struct, gc=False):
    """How many lines the model changed, and the person before accepting."""

    model_added_lines: Any = None
    model_removed_lines: Any = None
    user_added_lines: Any = None
    user_removed_lines: Any = None


class Display(Struct, gc=False, rename="camel"):
    """What the window showed of an edit."""

    file_path: Any = None
    file_diff: Any = None
    diff_stat: Raw = Raw()


def record_of(data: bytes) -> Record | None:
    """Return the record these bytes hold; None when they are no JSON object."""
    try:
        return msgspec.json.decode(data, type=Record)
    except UNREADABLE:
        return _mended(data, Record)


def records_of(line: Line) -> Iterator[tuple[Line, Record | None]]:
    """Yield the records of a line, each with where it stands; None for what cannot be read."""
    for piece, record in records_in(_record_or_reason, line):
        yield piece, None if isinstance(record, str) else record


def _record_or_reason(data: bytes) -> Record | str:
    record = record_of(data)
    if record is not None:
        return record
    problem = patient(data)
    return problem if isinstance(problem, str) else UNUSABLE


def part_of(raw: Raw, kind: type[Kind]) -> Kind:
    """Return a part of a record that was left raw; an empty one when it is missing or damaged."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except UNREADABLE:
        part = _mended(bytes(raw), kind) if len(raw) else None
        return kind() if part is None else part


def pieces_of(raw: Raw) -> list[Raw]:
    """Return the elements of a raw list, each with its own bytes; [] when it is no list."""
    return part_of(raw, list[Raw])


def plain(raw: Raw) -> Any:
    """Return a raw part as plain values; None when it is missing or damaged."""
    try:
        return msgspec.json.decode(raw)
    except UNREADABLE:
        return _patient(bytes(raw)) if len(raw) else None


def _mended(data: bytes, kind: type[Kind]) -> Kind | None:
    """Read JSON that is not quite JSON: lone surrogates, NaN, control characters, broken UTF-8."""
    value = _patient(data)
    if value is None:
        return None
    try:
        return msgspec.json.decode(msgspec.json.encode(value), type=kind)
    except (*UNREADABLE, msgspec.EncodeError, OverflowError):
        return None


def _patient(data: bytes) -> Any:
    try:
        value = json.loads(
            data.decode("utf-8", "replace"), strict=False, parse_constant=lambda _: None
        )
        return _storable(value)
    except (ValueError, RecursionError):
        return None


def _storable(value: Any) -> Any:
    """Return the value with every text fit for a file and every number of a sane size."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {text(name): _storable(item) for name, item in value.items()}
    if isinstance(value, int | float) and not -(2**63) <= value < 2**63:
        return None  # also infinity; a NaN compares false and goes the same way
    return value
