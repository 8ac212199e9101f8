"""Reads single values of a log, where any field may be missing, damaged or of an odd type."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import isfinite
from types import UnionType
from typing import TypeVar, get_args, get_origin

import msgspec
from msgspec import Raw, Struct

from ledger.core.usage import LARGEST_COUNT

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LATEST_MS = 4_102_444_800_000  # the year 2100; a later time is a damaged one
REPLACEMENT = "\ufffd"

NOT_JSON = "not valid JSON"
NOT_AN_OBJECT = "not an object"
EMPTY = "empty record"
TOO_DEEP = "nested too deeply"

# What the fast way answers to a field of an odd type, damaged text, and a thousand brackets.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

Kind = TypeVar("Kind", bound=Struct)
State = TypeVar("State", bound=Struct)

# Bare numbers name no unit; the year 2100 in a smaller unit lies below each of these.
_LEAST_MICROSECONDS = 1e14
_LEAST_MILLISECONDS = 1e11

_EPOCH_DIGITS = re.compile(r"\d{9,17}(\.\d{1,9})?", re.ASCII)
_UNSTORABLE = re.compile("[\ud800-\udfff\0]")


def milliseconds(value: object) -> int | None:
    """Return the moment in milliseconds since 1970 UTC; None when it cannot be one.

    Reads ISO 8601 with `Z`, an offset or neither (then it is UTC) and any number of fractional
    digits, and bare numbers in seconds, milliseconds or microseconds.
    """
    if isinstance(value, str):
        # The fifth sign of every date of today is a hyphen, and no number has one.
        is_number = value[4:5] != "-" and _EPOCH_DIGITS.fullmatch(value)
        moment = _from_number(float(value)) if is_number else _from_iso(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        moment = _from_number(value)
    else:
        return None
    return moment if moment is not None and 0 < moment < LATEST_MS else None


def _from_iso(value: str) -> int | None:
    try:
        moment = datetime.fromisoformat(value)
        return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH) // MILLISECOND
    except (ValueError, OverflowError):
        return None


def _from_number(value: float) -> int | None:
    if value >= _LEAST_MICROSECONDS:
        return int(value // 1000) if value < LATEST_MS * 1000 else None
    if value >= _LEAST_MILLISECONDS:
        return int(value)
    return int(value * 1000) if value > 0 else None


def count(value: object) -> int:
    """Return a token count from 0 to LARGEST_COUNT; what is no number counts 0."""
    if type(value) is int:
        return value if 0 <= value <= LARGEST_COUNT else max(0, min(value, LARGEST_COUNT))
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return 0
    if isinstance(value, float) and isfinite(value):
        return min(max(int(value), 0), LARGEST_COUNT)
    return 0


def text(value: object) -> str:
    """Return the text with NULs and lone surrogates replaced, which no file can hold; else ""."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and "\0" not in value:
        return value
    return _UNSTORABLE.sub(REPLACEMENT, value)


def reader_of(kind: type[Kind]) -> Callable[[bytes], Kind | str]:
    """Return a function that makes a line a `kind` as far as it fits, or says why it cannot."""
    decode = msgspec.json.Decoder(kind).decode

    def read(line: bytes) -> Kind | str:
        try:
            return decode(line)
        except UNREADABLE:
            value = patient(line)
            return value if isinstance(value, str) else fitted(value, kind)

    return read


def patient(line: bytes) -> dict[str, object] | str:
    """Read a line that the fast way refused; damaged text is replaced.

    Returns the reason for the rejection when nothing helps.
    """
    content = line.replace(b"\0", b"").decode("utf-8", "replace")
    if not content.strip():
        return EMPTY
    try:
        # Counters are far below 2**53, and a float cannot have too many digits to be read.
        value = _cleaned(json.loads(content, strict=False, parse_int=float))
    except ValueError:
        return NOT_JSON
    except RecursionError:
        return TOO_DEEP
    return value if isinstance(value, dict) else NOT_AN_OBJECT


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {text(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def fitted(value: dict[str, object], kind: type[Kind]) -> Kind:
    """Return a struct with every field that has a type we can use; the others stay unset."""
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        if field.encode_name in value:
            item = _fitted(value[field.encode_name], field.type)
            if item is not None:
                values[field.name] = item
    return kind(**values)


def _fitted(value: object, expected: object) -> object:
    if expected is Raw:
        return Raw(msgspec.json.encode(value))
    for option in get_args(expected) if isinstance(expected, UnionType) else (expected,):
        if isinstance(value, list) and get_origin(option) is list:
            items = (_fitted(item, get_args(option)[0]) for item in value)
            return [item for item in items if item is not None]
        if isinstance(option, type) and type(value) is option:
            return value
        if isinstance(value, dict) and isinstance(option, type) and issubclass(option, Struct):
            return fitted(value, option)
    return None


def resumed(state: str, fresh: State) -> State:
    """Return what the state in a cursor holds; `fresh` at the start of a file, or when damaged.

    A damaged state costs what one stretch knew of the one before, and never stops a file.
    """
    if not state:
        return fresh
    try:
        return msgspec.json.decode(state, type=type(fresh))
    except msgspec.DecodeError:
        return fresh


def encoded_state(state: msgspec.Struct) -> str:
    """Return a reader's state as the text that a cursor keeps."""
    return msgspec.json.encode(state).decode()
