"""The fields of Claude Code's rows that we read, and how a line becomes them.

A narrow struct skips everything else at the speed of the JSON scanner, which matters: a row may
embed a whole file. A row with fields of odd types is fitted field by field instead, so that one
bad field never costs the others.
"""

import msgspec
from msgspec import Raw, Struct

from ledger.importers.fields import UNREADABLE, Kind, fitted, patient, reader_of, text

Number = int | float | str | None

NOTHING = Raw(b"")
INTERRUPTED = "[Request interrupted by user"  # how the tool's own note of it begins


class CacheLifetimes(Struct, gc=False):
    """How long the written cache lives."""

    ephemeral_5m_input_tokens: Number = None
    ephemeral_1h_input_tokens: Number = None


class Details(Struct, gc=False):
    """What the output consists of."""

    thinking_tokens: Number = None


class ServerTools(Struct, gc=False):
    """What the vendor's own tools were used for, billed by use."""

    web_search_requests: Number = None


class Iteration(Struct, gc=False):
    """One pass of a model within a response; that of another model names it."""

    type: str | None = None
    model: str | None = None
    input_tokens: Number = None
    cache_creation_input_tokens: Number = None
    cache_read_input_tokens: Number = None
    output_tokens: Number = None
    cache_creation: CacheLifetimes | None = None
    output_tokens_details: Details | None = None


class UsageFields(Struct, gc=False):
    """`message.usage` as it is written."""

    input_tokens: Number = None
    cache_creation_input_tokens: Number = None
    cache_read_input_tokens: Number = None
    output_tokens: Number = None
    cache_creation: CacheLifetimes | None = None
    output_tokens_details: Details | None = None
    server_tool_use: ServerTools | None = None
    speed: str | None = None
    service_tier: str | None = None
    inference_geo: str | None = None
    iterations: list[Iteration] | None = None


class Block(Struct, gc=False):
    """One piece of a message: text, a tool's call or a tool's result."""

    type: str | None = None
    text: Raw = NOTHING
    thinking: Raw = NOTHING
    id: str | None = None
    name: str | None = None
    input: Raw = NOTHING
    tool_use_id: str | None = None
    is_error: bool | None = None
    content: Raw = NOTHING


class Message(Struct, gc=False):
    """What the person or the model said; the model's carries an id and its usage."""

    id: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: UsageFields | None = None
    content: str | list[Block] | None = None


class PromptSource(Struct, gc=False):
    """Who a prompt came from."""

    kind: str | None = None


class Permission(Struct, gc=False, rename="camel"):
    """Whether a call was allowed, and what decided it: a setting, a hook or the person."""

    decision: str | None = None
    source: str | None = None


class RequestSettings(Struct, gc=False):
    """What a request asked for, as far as it matters here."""

    model: str | None = None


class Row(Struct, gc=False, rename="camel"):
    """One line of a transcript."""

    type: str | None = None
    subtype: str | None = None
    uuid: str | None = None
    session_id: str | None = None
    timestamp: Number = None
    cwd: str | None = None
    git_branch: str | None = None
    version: str | None = None
    entrypoint: str | None = None
    is_sidechain: bool | None = None
    is_meta: bool | None = None
    is_compact_summary: bool | None = None
    is_visible_in_transcript_only: bool | None = None
    is_api_error_message: bool | None = None
    origin: PromptSource | None = None
    prompt_source: str | None = None
    message: Message | None = None
    tool_use_result: Raw = NOTHING
    tool_denial_kind: str | None = None
    tool_denial_before_run: bool | None = None
    permission_decision: Permission | None = None
    request_id: str | None = None  # the vendor's, in every row of a response
    request_ref: str | None = None  # the tool's own, since about 2.1.330
    api_block_index: Number = None
    is_aborted_mid_stream: bool | None = None
    advisor_model: str | None = None
    team_name: str | None = None
    agent_name: str | None = None
    id: str | None = None  # of an `api-request`
    agent_id: str | None = None
    query_source: str | None = None
    params: RequestSettings | None = None
    pr_url: str | None = None
    ai_title: str | None = None
    custom_title: str | None = None
    model_usage: Raw = NOTHING  # of a `cost-state`
    attachment: Raw = NOTHING
    data: Raw = NOTHING
    model: str | None = None  # the last five only in very old logs, without a message's usage
    input_tokens: Number = None
    output_tokens: Number = None
    cache_creation_input_tokens: Number = None
    cache_read_input_tokens: Number = None


class Echo(Struct, gc=False):
    """A sub-agent's row repeated inside its parent's; older builds repeat only the message."""

    uuid: str | None = None
    request_id: str | None = msgspec.field(name="requestId", default=None)
    timestamp: Number = None
    message: Message | None = None
    id: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: UsageFields | None = None


class Progress(Struct, gc=False):
    """The payload of a `progress` row."""

    message: Echo | None = None


class Attachment(Struct, gc=False, rename="camel"):
    """The payload of an `attachment` row."""

    type: str | None = None
    prompt: str | list[Block] | None = None
    command_mode: str | None = None
    origin: PromptSource | None = None


read_row = reader_of(Row)  # a line's row, or the reason why there is none


def begins(raw: Raw, start: bytes) -> bool:
    """Whether a raw field begins so; it is not copied, for it may hold a whole file."""
    return memoryview(raw)[: len(start)] == start


def part_of(raw: Raw, kind: type[Kind]) -> Kind:
    """Return a part of a row that was left raw, as far as it fits."""
    if not begins(raw, b"{"):
        return kind()
    try:
        return msgspec.json.decode(raw, type=kind)
    except UNREADABLE:
        value = patient(bytes(raw))
        return kind() if isinstance(value, str) else fitted(value, kind)


def text_of(raw: Raw) -> str:
    """Return the text of a raw field: a string, or the text blocks of a list; else ""."""
    if not raw or begins(raw, b"{"):
        return ""
    return joined(part_of(Raw(b'{"content":%b}' % bytes(raw)), Message).content)


def joined(content: str | list[Block] | None) -> str:
    """Return the text of a message's content: its text blocks, one below the other."""
    if isinstance(content, list):
        texts = (text_of(block.text) for block in content if block.type == "text")
        return "\n".join(piece for piece in texts if piece)
    return text(content)
