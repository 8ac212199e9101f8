"""Reads a stretch of one rollout: who it belongs to, which line says what, and what was used."""

from collections.abc import Callable
from pathlib import Path

from ledger.core.ids import bytes_id, content_id
from ledger.core.parts import Batch, Rejected, RequestPart, SessionPart, SpanPart
from ledger.importers.codex.edits import Edits
from ledger.importers.codex.prompts import Prompts, is_message, item_type
from ledger.importers.codex.records import Payload, mapping, read_row, text_of, value
from ledger.importers.codex.state import (
    ReaderState,
    decode_state,
    encode_state,
    key_of_name,
    session_id,
)
from ledger.importers.codex.usage import Counters, counters, read_info, spend, vector
from ledger.importers.fields import milliseconds, text

FALLBACK_MODEL = "gpt-5"  # the only model while logs did not name it (September 2025)
UNKNOWN_MODEL = "unknown"
REPLAY_MS = 1000  # how long the copying of an ancestor's lines may take
_STARTS = frozenset({"task_started", "turn_started"})
_ENDS = frozenset({"task_complete", "turn_complete", "turn_aborted"})
_WORK = frozenset({"agent_message", "agent_reasoning", "patch_apply_end", "mcp_tool_call_end"})
_SCRIPTED = ("exec", "mcp")


class PartsReader:
    """One stretch of one rollout on its way into a batch."""

    def __init__(self, path: Path, state: str, batch: Batch) -> None:
        self._batch = batch
        self._name = path
        self._state = decode_state(state)
        self._prompts = Prompts(self._state, batch)
        self._requests = Requests(self._state, batch, self._prompts)
        self._edits = Edits(self._state, batch)
        self._ends: dict[int, int] = {}
        self._handlers: dict[str, Callable[[Payload, int, bytes], None]] = {
            "event_msg": self._event,
            "response_item": self._item,
            "turn_context": self._context,
            "token_usage_record": self._record,
            "session_meta": self._meta,
        }

    def take(self, offset: int, line: bytes) -> None:
        """Add the parts of one line; never raises."""
        row = read_row(line)
        if isinstance(row, str):
            self._batch.rejected.append(Rejected(offset, len(line), bytes_id(line), row))
            return
        state, payload = self._state, row.payload
        moment = milliseconds(row.timestamp)
        if moment is not None:
            state.time_ms = moment
        handler = self._handlers.get(row.type)
        if handler is None or payload is None:
            return
        handler(payload, offset, line)
        if state.interaction is not None and state.candidate is None and not state.is_idle:
            self._ends[state.interaction] = offset + len(line) + 1
            state.is_idle = payload.type in _ENDS

    def finish(self) -> str:
        """Add what is known only at its end and return the state for the next stretch."""
        self._batch.spans.extend(SpanPart(*end) for end in self._ends.items())
        return encode_state(self._state)

    def _meta(self, payload: Payload, offset: int, line: bytes) -> None:
        state = self._state
        key = text_of(payload.id) or text_of(payload.session_id)
        if not state.key:
            self._adopt(payload, key or key_of_name(self._name))
        elif key and key != state.key:
            # An ancestor's head: what follows at once is a copy of the ancestor's lines.
            state.replay_until = state.time_ms + REPLAY_MS
            self._set_parent(key)
        else:
            self._set_parent(_parent_key(payload))

    def _adopt(self, payload: Payload, key: str) -> None:
        """Take the head of the file for this session's own."""
        state = self._state
        source = value(payload.source)
        state.key, state.session = key, session_id(key)
        state.is_agent = (isinstance(source, dict) and "subagent" in source) or text_of(
            payload.thread_source
        ) == "subagent"
        state.is_script = source in _SCRIPTED or text_of(payload.originator) == "codex_exec"
        state.started_ms = milliseconds(value(payload.timestamp)) or state.time_ms
        state.time_ms = state.time_ms or state.started_ms
        state.directory = state.directory or text_of(payload.cwd)
        state.branch = text(mapping(value(payload.git)).get("branch"))
        state.version = text_of(payload.cli_version)
        parent = _parent_key(payload)
        state.parent = session_id(parent) if parent not in ("", key) else None
        self._add_session()

    def _set_parent(self, key: str) -> None:
        """Learn late that the session is a fork; the head's own word stands."""
        state = self._state
        if state.parent is None and key not in ("", state.key):
            state.parent = session_id(key)
            self._add_session()

    def _add_session(self) -> None:
        state = self._state
        self._batch.sessions.append(
            SessionPart(
                id=state.session,
                key=state.key,
                time_ms=state.started_ms,
                directory=state.directory,
                branch=state.branch,
                version=state.version,
                parent=state.parent,
            )
        )

    def _need_session(self) -> None:
        if not self._state.key:
            self._adopt(Payload(), key_of_name(self._name))

    def _context(self, payload: Payload, offset: int, line: bytes) -> None:
        state = self._state
        self._turn(payload)
        state.directory = text_of(payload.cwd) or state.directory
        if payload.model:
            state.model = text_of(payload.model)

    def _turn(self, payload: Payload) -> None:
        if payload.turn_id:
            self._state.turn, self._state.is_between = payload.turn_id, False

    def _event(self, payload: Payload, offset: int, line: bytes) -> None:
        kind = payload.type
        if kind == "token_count":
            self._need_session()
            self._requests.tick(payload, offset, line)
        elif kind == "item_completed":
            self._completed(payload, offset, line)
        elif kind == "user_message":
            self._need_session()
            self._prompts.event(payload, offset, line)
        elif kind in _STARTS:
            self._turn(payload)
        elif kind == "entered_review_mode":
            self._need_session()
            self._prompts.command(payload, offset, line)
        elif kind in _ENDS or kind in _WORK:
            self._prompts.work()
            self._edits.event(payload, offset, line)
            self._state.was_aborted |= kind == "turn_aborted"
            self._state.is_between |= kind in _ENDS

    def _completed(self, payload: Payload, offset: int, line: bytes) -> None:
        self._need_session()
        kind = item_type(payload)
        if kind == "UserMessage":
            self._prompts.event(payload, offset, line)
        elif kind:
            self._prompts.work()
            if kind == "FileChange":
                self._edits.item(payload, offset, line)

    def _item(self, payload: Payload, offset: int, line: bytes) -> None:
        if is_message(payload):
            self._need_session()
            self._prompts.message(payload, offset, line)
        elif payload.type != "message" or payload.role == "assistant":
            self._need_session()
            self._prompts.work()
            if payload.call_id:
                self._edits.call(payload, offset, line)

    def _record(self, payload: Payload, offset: int, line: bytes) -> None:
        self._need_session()
        self._requests.record(payload, offset, line)


def _parent_key(payload: Payload) -> str:
    """Return the key of the session this one was forked from or spawned by; "" if none."""
    source = mapping(value(payload.source))
    spawn = mapping(mapping(source.get("subagent")).get("thread_spawn"))
    root = text_of(payload.session_id) if source else ""
    return (
        text_of(payload.forked_from_id)
        or text(spawn.get("parent_thread_id"))
        or text_of(payload.parent_thread_id)
        or (root if root != text_of(payload.id) else "")
    )


class Requests:
    """Adds a request part per response, and begins an interaction where none was."""

    def __init__(self, state: ReaderState, batch: Batch, prompts: Prompts) -> None:
        self.state, self.batch, self._prompts = state, batch, prompts

    def tick(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `token_count` event: the thread's counters after a response, often repeated."""
        state = self.state
        total, last, model = read_info(payload.info)
        if total is None and last is None:
            return  # rate limits only
        is_fork = state.is_agent or state.parent is not None
        used = state.meter.tick(total, last, is_fork=is_fork)
        if used is None:
            return
        raw = vector(total, last)
        # The lines of a replay stand under a turn of the child, which says nothing of theirs.
        turn = "" if state.time_ms <= state.replay_until else state.turn
        mark = content_id("codex-turn", turn) if turn else 0
        own = (state.key, str(state.time_ms), str(raw))
        self._begin(offset, line)
        self._add(used, own, raw, mark, model or _named_model(payload))

    def record(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `token_usage_record`: the usage of one response, by its id."""
        state = self.state
        used = counters(value(payload.usage))
        if used is None:
            return
        total = counters(value(payload.thread_token_usage))
        response = text_of(payload.response_id)
        # A copied record still names the thread that asked: there the same response has this id.
        thread = text_of(payload.thread_id)
        mark = content_id("codex-response", thread, response) if response else 0
        counted = state.meter.record(used, total, mark)
        if counted is None:
            return
        raw = vector(total, used)
        own = (
            (thread or state.key, response)
            if response
            else (state.key, str(state.time_ms), str(raw))
        )
        turn = payload.turn_id or state.turn
        mark = mark or (content_id("codex-turn", turn) if turn else 0)
        self._begin(offset, line)
        self._add(counted, own, raw, mark, _named_model(payload))

    def _begin(self, offset: int, line: bytes) -> None:
        self._prompts.work()
        if self.state.interaction is None and not self.state.is_agent:
            self._prompts.begin_unprompted(offset, line)

    def _add(self, used: Counters, own: tuple[str, ...], raw: int, mark: int, model: str) -> None:
        state = self.state
        spent = spend(used)
        fallback = FALLBACK_MODEL if state.model is None else UNKNOWN_MODEL
        part = RequestPart(
            id=content_id("codex", *own),
            session=state.session,
            interaction=state.interaction,
            anchor_ms=state.started_ms if state.is_agent else state.time_ms,
            time_ms=state.time_ms,
            model=state.model or model or fallback,
            input=spent.input,
            cache_read=spent.cache_read,
            cache_write_5m=spent.cache_write,
            cache_write_1h=0,
            output=spent.output,
            reasoning=spent.reasoning,
            rank=0 if state.parent is None else 1,
            ordinal=state.requests,
            vector=raw,
            turn=mark,
        )
        self.batch.requests.append(part)
        state.requests += 1


def _named_model(payload: Payload) -> str:
    return text_of(payload.model) or text(mapping(value(payload.metadata)).get("model"))
