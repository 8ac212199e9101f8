"""Reads a stretch of one rollout: who it belongs to, and which line says what."""

from collections.abc import Callable
from pathlib import Path

from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, Rejected, SessionPart, SpanPart
from ledger.importers.codex.edits import Edits
from ledger.importers.codex.prompts import Prompts
from ledger.importers.codex.requests import Requests
from ledger.importers.codex.rows import Payload, mapping, read_row, value, words
from ledger.importers.codex.state import State, key_of_name, session_id
from ledger.importers.codex.words import is_message, item_type
from ledger.importers.fields import milliseconds, text

REPLAY_MS = 1000  # how long the copying of an ancestor's lines may take
_STARTS = frozenset({"task_started", "turn_started"})
_ENDS = frozenset({"task_complete", "turn_complete", "turn_aborted"})
_WORK = frozenset({"agent_message", "agent_reasoning", "patch_apply_end", "mcp_tool_call_end"})
_SCRIPTED = ("exec", "mcp")


class ThreadReader:
    """Turns lines into parts; `state` is all it keeps between two stretches."""

    def __init__(self, path: Path, state: State, batch: Batch) -> None:
        self.state, self.batch = state, batch
        self._name = path
        self._prompts = Prompts(state, batch)
        self._requests = Requests(state, batch, self._prompts)
        self._edits = Edits(state, batch)
        self._ends: dict[int, int] = {}
        self._handlers: dict[str, Callable[[Payload, int, bytes], None]] = {
            "event_msg": self._event,
            "response_item": self._item,
            "turn_context": self._context,
            "token_usage_record": self._record,
            "session_meta": self._meta,
        }

    def take(self, offset: int, line: bytes) -> None:
        """Add one line's parts to the batch; never raises."""
        row = read_row(line)
        if isinstance(row, str):
            self.batch.rejected.append(Rejected(offset, len(line), bytes_id(line), row))
            return
        state, payload = self.state, row.payload
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

    def finish(self) -> None:
        """Add what is known only at the end of the stretch."""
        self.batch.spans.extend(SpanPart(*end) for end in self._ends.items())

    def _meta(self, payload: Payload, offset: int, line: bytes) -> None:
        state = self.state
        key = words(payload.id) or words(payload.session_id)
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
        state = self.state
        source = value(payload.source)
        state.key, state.session = key, session_id(key)
        state.is_agent = (isinstance(source, dict) and "subagent" in source) or words(
            payload.thread_source
        ) == "subagent"
        state.is_script = source in _SCRIPTED or words(payload.originator) == "codex_exec"
        state.started_ms = milliseconds(value(payload.timestamp)) or state.time_ms
        state.time_ms = state.time_ms or state.started_ms
        state.directory = state.directory or words(payload.cwd)
        state.branch = text(mapping(value(payload.git)).get("branch"))
        state.version = words(payload.cli_version)
        parent = _parent_key(payload)
        state.parent = session_id(parent) if parent not in ("", key) else None
        self._add_session()

    def _set_parent(self, key: str) -> None:
        """Learn late that the session is a fork; the head's own word stands."""
        state = self.state
        if state.parent is None and key not in ("", state.key):
            state.parent = session_id(key)
            self._add_session()

    def _add_session(self) -> None:
        s = self.state
        part = SessionPart(
            s.session, s.key, s.started_ms, s.directory, s.branch, s.version, s.parent
        )
        self.batch.sessions.append(part)

    def _need_session(self) -> None:
        if not self.state.key:
            self._adopt(Payload(), key_of_name(self._name))

    def _context(self, payload: Payload, offset: int, line: bytes) -> None:
        state = self.state
        self._turn(payload)
        state.directory = words(payload.cwd) or state.directory
        if payload.model:
            state.model = words(payload.model)

    def _turn(self, payload: Payload) -> None:
        if payload.turn_id:
            self.state.turn, self.state.is_between = payload.turn_id, False

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
            self.state.was_aborted |= kind == "turn_aborted"
            self.state.is_between |= kind in _ENDS

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
    root = words(payload.session_id) if source else ""
    return (
        words(payload.forked_from_id)
        or text(spawn.get("parent_thread_id"))
        or words(payload.parent_thread_id)
        or (root if root != words(payload.id) else "")
    )
