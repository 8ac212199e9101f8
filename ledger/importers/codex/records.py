"""The shape of a Codex rollout line, read no deeper than is needed."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from ledger.importers.fields import EMPTY, NOT_AN_OBJECT, NOT_JSON, UNREADABLE, text

_NO_JSON = msgspec.Raw(b"")
Raw = msgspec.Raw

_TEXTS = ("type", "role", "name", "call_id", "turn_id")
_OLD_ITEMS = frozenset(
    {
        "message",
        "reasoning",
        "function_call",
        "function_call_output",
        "custom_tool_call",
        "custom_tool_call_output",
        "local_shell_call",
    }
)


class Payload(msgspec.Struct):
    """Every field that any row needs; what may be large or odd stays raw until it is asked for."""

    type: str = ""
    role: str = ""
    name: str = ""
    call_id: str = ""
    turn_id: str = ""
    # session_meta
    id: Raw = _NO_JSON
    session_id: Raw = _NO_JSON
    timestamp: Raw = _NO_JSON
    cwd: Raw = _NO_JSON
    originator: Raw = _NO_JSON
    cli_version: Raw = _NO_JSON
    source: Raw = _NO_JSON
    thread_source: Raw = _NO_JSON
    parent_thread_id: Raw = _NO_JSON
    forked_from_id: Raw = _NO_JSON
    history_base: Raw = _NO_JSON
    git: Raw = _NO_JSON
    # task_started, turn_context, thread_settings_applied
    turn_attribution: Raw = _NO_JSON
    trigger_turn: Raw = _NO_JSON
    thread_settings: Raw = _NO_JSON
    approval_policy: Raw = _NO_JSON
    approvals_reviewer: Raw = _NO_JSON
    sandbox_policy: Raw = _NO_JSON
    # turn_context, token_count, token_usage_record
    model: Raw = _NO_JSON
    metadata: Raw = _NO_JSON
    info: Raw = _NO_JSON
    usage: Raw = _NO_JSON
    thread_token_usage: Raw = _NO_JSON
    response_id: Raw = _NO_JSON
    thread_id: Raw = _NO_JSON
    # messages
    message: Raw = _NO_JSON
    content: Raw = _NO_JSON
    internal_chat_message_metadata_passthrough: Raw = _NO_JSON
    images: Raw = _NO_JSON
    local_images: Raw = _NO_JSON
    text: Raw = _NO_JSON
    summary: Raw = _NO_JSON
    item: Raw = _NO_JSON
    user_facing_hint: Raw = _NO_JSON
    reason: Raw = _NO_JSON
    # tools
    arguments: Raw = _NO_JSON
    input: Raw = _NO_JSON
    action: Raw = _NO_JSON
    output: Raw = _NO_JSON
    changes: Raw = _NO_JSON
    status: Raw = _NO_JSON
    success: Raw = _NO_JSON
    stderr: Raw = _NO_JSON


class Row(msgspec.Struct):
    """One line: an envelope around a payload; very old lines are a bare payload."""

    type: str = ""
    timestamp: str | int | float | None = None
    payload: Payload | None = None
    ordinal: int | None = None  # the line's place in its thread; newer builds tell it


_row = msgspec.json.Decoder(Row)
_payload = msgspec.json.Decoder(Payload)
_any = msgspec.json.Decoder()


def read_row(line: bytes) -> Row | str:
    """Return the line's row, or the reason why it holds none."""
    try:
        row = _row.decode(line)
        return row if row.payload is not None else _bare(row, _payload.decode(line))
    except UNREADABLE:
        return _tolerant(line)


def _tolerant(line: bytes) -> Row | str:
    """Read a line whose fields have other types than they should, or whose text is damaged."""
    try:
        fields = loose(line)
    except (ValueError, RecursionError):
        return NOT_JSON if line.strip(b"\0 \t\r") else EMPTY
    if not isinstance(fields, dict):
        return NOT_AN_OBJECT
    inner = fields.get("payload")
    stamp = fields.get("timestamp")
    row = Row(text(fields.get("type")), stamp if isinstance(stamp, str | int | float) else None)
    if not isinstance(inner, dict):
        return _bare(row, _made(fields)) if inner is None else row
    row.payload = _made(inner)
    return row


def _bare(row: Row, payload: Payload) -> Row:
    """Give a line without an envelope the one it would have today."""
    if row.type in _OLD_ITEMS:
        return Row("response_item", row.timestamp, payload)
    if not row.type and payload.id and payload.timestamp:
        return Row("session_meta", row.timestamp, payload)
    return Row(row.type, row.timestamp, Payload())


def _made(fields: Mapping[str, object]) -> Payload:
    payload = Payload()
    for name in Payload.__struct_fields__:
        if name in fields:
            field = fields[name]
            setattr(payload, name, text(field) if name in _TEXTS else _raw(field))
    return payload


def _raw(field: object) -> Raw:
    return Raw(json.dumps(field, ensure_ascii=False).encode("utf-8", "replace"))


def loose(data: bytes) -> object:
    """Read JSON that may hold damaged text; raises ValueError or RecursionError."""
    content = data.decode("utf-8", "replace")
    return json.loads(content, strict=False, parse_constant=lambda _: None)


def value(raw: Raw) -> Any:
    """Return what a raw field holds; None when it is missing or cannot be read."""
    if not raw:
        return None
    try:
        return _any.decode(raw)
    except UNREADABLE:
        pass
    try:
        return loose(bytes(raw))
    except (ValueError, RecursionError):
        return None


def text_of(raw: Raw) -> str:
    """Return a raw field that holds a text; "" when it holds none."""
    return text(value(raw))


def mapping(item: object) -> Mapping[str, Any]:
    """Return the value if it is an object; else an empty one."""
    return item if isinstance(item, dict) else {}


def blocks_text(content: object) -> str:
    """Return the text of a message's content: a string or a list of blocks, one a line."""
    if isinstance(content, str):
        return text(content)
    if not isinstance(content, list):
        return ""
    texts = (text(mapping(block).get("text")) for block in content)
    return "\n".join(piece for piece in texts if piece)
