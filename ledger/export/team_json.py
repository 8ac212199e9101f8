"""Team files as bytes: one way to write each value, and nothing is read that was written otherwise.

Keys are sorted and numbers padded, so that neither order nor length says anything about the
values; a file that differs in one byte from what this program writes is refused.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from ledger.core.errors import TeamError
from ledger.core.team import VERSION

LARGEST_BYTES = 1 << 16
DIGITS = 5
FORMAT = "signal-ledger team "

KINDS = {
    "card": "a team card",
    "key": "a team key",
    "round": "a round",
    "seal": "sealed numbers",
}

Value = int | str | list[int] | list[str]


def encode(kind: str, fields: Mapping[str, Value]) -> bytes:
    """Return a team file of a kind; the same values always give the same bytes."""
    document = {"format": FORMAT + kind, "version": VERSION, **fields}
    rows = [f'  "{name}": {_value(document[name])}' for name in sorted(document)]
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode("ascii")


def _value(value: Value) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return f"{value:{DIGITS}d}" if isinstance(value, int) else json.dumps(value)


def read(kind: str, data: bytes, fields: Collection[str]) -> dict[str, Any]:
    """Return the fields of a team file of this kind; raises TeamError for anything else.

    The values are whole numbers, texts and lists of these; what they mean is the caller's to check.
    """
    document = _parse(kind, data)
    format_name = document.pop("format")
    if format_name != FORMAT + kind:
        known = KINDS.get(format_name.removeprefix(FORMAT), "a file of a kind unknown here")
        raise TeamError(f"This is {known}, not {KINDS[kind]}.", "Choose another file.")
    version = document.pop("version", None)
    if isinstance(version, int) and version > VERSION:
        raise TeamError("A newer version of Signal Ledger made this file.", "Update the program.")
    if version != VERSION or document.keys() != set(fields):
        _raise_changed(kind)
    try:
        rewritten = encode(kind, document)
    except (TypeError, ValueError, UnicodeEncodeError):
        _raise_changed(kind)
    if rewritten != data:
        _raise_changed(kind)
    return document


def kind_of(data: bytes) -> str | None:
    """Return which kind of team file this claims to be; None for anything else."""
    try:
        kind: str = _parse("card", data)["format"].removeprefix(FORMAT)
    except TeamError:
        return None
    return kind if kind in KINDS else None


def decode_hex(kind: str, text: object, size: int) -> bytes:
    """Return the bytes of a field written in hexadecimal digits; raises TeamError."""
    try:
        data = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        data = b""
    if len(data) != size or data.hex() != text:
        _raise_changed(kind)
    return data


def _parse(kind: str, data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST_BYTES:
        _raise_foreign(kind)
    try:
        pairs = json.loads(data, object_pairs_hook=list, parse_constant=_refuse_constant)
        document = dict(pairs)
    except (ValueError, TypeError, RecursionError):
        _raise_foreign(kind)
    if len(document) != len(pairs):
        _raise_changed(kind)
    if not str(document.get("format", "")).startswith(FORMAT):
        _raise_foreign(kind)
    return document


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError


def _raise_foreign(kind: str) -> NoReturn:
    raise TeamError(f"This is not {KINDS[kind]}.", "Choose a file made by Signal Ledger.")


def _raise_changed(kind: str) -> NoReturn:
    raise TeamError(
        f"This is not {KINDS[kind]} as Signal Ledger writes it: it was changed or damaged.",
        "Ask for the file again.",
    )
