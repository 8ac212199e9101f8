"""Reads a stretch of one rollout: who it belongs to, which line says what, and what was used."""

import re
from collections.abc import Callable
from pathlib import Path

from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, Rejected, SessionPart, SpanPart
from ledger.core.tariff import Tier
from ledger.importers.codex.deciders import take_rules
from ledger.importers.codex.edits import Edits
from ledger.importers.codex.prompts import Prompts, is_message, is_prompt, item_type
from ledger.importers.codex.records import Payload, Row, mapping, read_row, text_of, value
from ledger.importers.codex.requests import Requests
from ledger.importers.codex.state import (
    decode_state,
    encode_state,
    key_of_name,
    session_id,
)
from ledger.importers.fields import milliseconds, text
from ledger.importers.splitting import records_in

REPLAY_MS = 1000  # how long the copying of an ancestor's lines may take
_STARTS = frozenset({"task_started", "turn_started"})
_ENDS = frozenset({"task_complete", "turn_complete", "turn_aborted"})
_WORK = frozenset({"agent_message", "agent_reasoning", "patch_apply_end", "mcp_tool_call_end"})
_SCRIPTED = ("exec", "mcp")
_IMPORTED = "external-import"  # begins the name of every turn that was copied from another tool
_ANSWERS = frozenset({"AgentMessage", "Reasoning", "Plan", "WebSearch", "ImageGeneration"})
_SPOKEN = frozenset({"agent_message", "agent_reasoning"})
_OUTPUT = "_output"
_MAIL = "agent_message"  # as an item of the conversation: what another agent wrote
_FIRST_WITH_ROWS = (0, 31)  # builds before it wrote no token rows at all
_VERSION = re.compile(r"(\d+)\.(\d+)")
_USERINFO = re.compile(r"(?<=://)[^/@]*@")  # may hold a password
_TIERS = {
    "": Tier.UNSAID,
    "auto": Tier.UNSAID,
    "default": Tier.STANDARD,
    "standard": Tier.STANDARD,
    "fast": Tier.PRIORITY,  # as a setting of Codex: asked for as “priority”
    "priority": Tier.PRIORITY,
    "flex": Tier.FLEX,
    "batch": Tier.BATCH,
}


class PartsReader:
    """One stretch of one rollout on its way into a batch."""

    def __init__(self, path: Path, state: str, batch: Batch) -> None:
        self._batch = batch
        self._name = path
        self._state = decode_state(state)
        self._prompts = Prompts(self._state, batch)
        self._requests = Requests(self._state, batch, self._prompts)
        self._prompts.before_next = self._before_prompt
        self._edits = Edits(self._state, batch)
        self._ends: dict[int, int] = {}
        self._handlers: dict[str, Callable[[Payload, int, bytes], None]] = {
            "event_msg": self._event,
            "response_item": self._item,
            "turn_context": self._context,
            "token_usage_record": self._record,
            "session_meta": self._meta,
            "inter_agent_communication_metadata": self._mail,
        }

    def take(self, offset: int, line: bytes) -> None:
        """Add the parts of one line, also of whole records in a damaged one; never raises."""
        for (place, record), row in records_in(read_row, (offset, line)):
            if isinstance(row, str):
                rejected = Rejected(place, len(record), bytes_id(record), row)
                self._batch.rejected.append(rejected)
            else:
                self._take(row, place, record)

    def _take(self, row: Row, offset: int, line: bytes) -> None:
        state, payload = self._state, row.payload
        moment = milliseconds(row.timestamp)
        if moment is not None:
            state.time_ms = moment
        handler = self._handlers.get(row.type)
        if handler is None or payload is None:
            return
        self._notice_import(row, payload)
        handler(payload, offset, line)
        if state.is_imported:
            return
        if state.interaction is not None and state.candidate is None and not state.is_idle:
            self._ends[state.interaction] = offset + len(line) + 1
            state.is_idle = payload.type in _ENDS

    def finish(self) -> str:
        """Add what is known only at its end and return the state for the next stretch."""
        self._requests.finish()
        self._batch.spans.extend(SpanPart(*end) for end in self._ends.items())
        return encode_state(self._state)

    def _notice_import(self, row: Row, payload: Payload) -> None:
        """Tell apart what another tool did, which Codex copied into a thread of its own."""
        state = self._state
        names_turn = payload.turn_id and (row.type == "turn_context" or payload.type in _STARTS)
        if names_turn or (state.is_imported and state.is_between and is_prompt(row)):
            state.is_imported = payload.turn_id.startswith(_IMPORTED)

    def _before_prompt(self) -> None:
        """Notice that a prompt begins a turn where nothing else tells one from the next."""
        if not self._state.is_open and self._state.interaction is not None:
            self._requests.turned(0, b"", opens=False)

    def _mail(self, payload: Payload, offset: int, line: bytes) -> None:
        if value(payload.trigger_turn) is True:
            self._state.is_agents_turn = True

    def _meta(self, payload: Payload, offset: int, line: bytes) -> None:
        state = self._state
        key = text_of(payload.id) or text_of(payload.session_id)
        if not state.key:
            self._adopt(payload, key or key_of_name(self._name))
        elif key and key != state.key:
            # An ancestor's head: what follows at once is a copy of the ancestor's lines.
            state.replay_until = state.time_ms + REPLAY_MS
            state.family = key
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
        git = mapping(value(payload.git))
        state.branch = text(git.get("branch"))
        state.repository = _USERINFO.sub("", text(git.get("repository_url")))
        state.version = text_of(payload.cli_version)
        base = mapping(value(payload.history_base))
        if text(base.get("thread_id")):
            ordinal = base.get("end_ordinal_exclusive")
            state.inherits = True
            state.base_ordinal = ordinal if isinstance(ordinal, int) else 0
        parent = _parent_key(payload)
        state.parent = session_id(parent) if parent not in ("", key) else None
        state.family = parent or key
        state.is_silent = state.parent is None and _is_older(state.version, payload)
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
                repository=state.repository,
            )
        )

    def _need_session(self) -> None:
        if not self._state.key:
            self._adopt(Payload(), key_of_name(self._name))

    def _context(self, payload: Payload, offset: int, line: bytes) -> None:
        state = self._state
        self._turn(payload)
        take_rules(state, payload)
        state.directory = text_of(payload.cwd) or state.directory
        if payload.model:
            state.model = text_of(payload.model)

    def _turn(self, payload: Payload) -> None:
        state = self._state
        if payload.turn_id:
            state.is_agents_turn &= payload.turn_id == state.turn
            state.turn, state.is_between = payload.turn_id, False

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
            self._start(payload, offset, line)
        elif kind == "thread_settings_applied":
            self._settings(payload)
        elif kind == "entered_review_mode":
            self._need_session()
            self._prompts.command(payload, offset, line)
        elif kind in _ENDS or kind in _WORK:
            self._work(payload, offset, line)

    def _work(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take an event that says that the model worked, or that the turn is over."""
        state, kind = self._state, payload.type
        if state.is_imported:
            state.is_between |= kind in _ENDS
            return
        self._prompts.work()
        self._edits.event(payload, offset, line)
        if kind in _SPOKEN:
            self._need_session()
            self._requests.worked(offset, line, told=True)
        elif kind in _ENDS:
            self._requests.ended(offset, line, aborted=kind == "turn_aborted")
        state.was_aborted |= kind == "turn_aborted"
        state.is_between |= kind in _ENDS

    def _start(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take the beginning of a turn, which may tell who began it."""
        state = self._state
        self._requests.turned(offset, line, opens=True)
        self._turn(payload)
        origin = mapping(value(payload.turn_attribution))
        state.is_agents_turn = bool(
            text(origin.get("parent_turn_id")) or text(origin.get("initiating_agent_path"))
        )

    def _settings(self, payload: Payload) -> None:
        """Take what holds for the turns that follow, until it is set otherwise."""
        state, settings = self._state, mapping(value(payload.thread_settings))
        if "service_tier" in settings:
            name = text(settings.get("service_tier")).strip().lower()
            state.tier = _TIERS.get(name, Tier.OTHER)
        if state.model is None and text(settings.get("model")):
            state.model = text(settings.get("model"))

    def _completed(self, payload: Payload, offset: int, line: bytes) -> None:
        self._need_session()
        kind = item_type(payload)
        if kind == "UserMessage":
            self._prompts.event(payload, offset, line)
        elif kind and not self._state.is_imported:
            self._prompts.work()
            if kind in _ANSWERS:
                self._requests.worked(offset, line, told=True)
            elif kind == "FileChange":
                self._edits.item(payload, offset, line)

    def _item(self, payload: Payload, offset: int, line: bytes) -> None:
        if is_message(payload):
            self._need_session()
            self._prompts.message(payload, offset, line)
        elif self._state.is_imported:
            return
        elif payload.type != "message" or payload.role == "assistant":
            self._need_session()
            self._prompts.work()
            if payload.call_id:
                self._edits.call(payload, offset, line)
            if payload.type != _MAIL and not payload.type.endswith(_OUTPUT):
                self._requests.worked(offset, line, told=False)

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
        or text(mapping(value(payload.history_base)).get("thread_id"))
        or (root if root != text_of(payload.id) else "")
    )


def _is_older(version: str, head: Payload) -> bool:
    """Whether a build wrote no token rows at all: then no answer will ever have one.

    The oldest did not say their version either, nor where they worked.
    """
    found = _VERSION.match(version)
    if found is None:
        return bool(head.id and head.timestamp) and not (head.cwd or head.originator)
    return (int(found[1]), int(found[2])) < _FIRST_WITH_ROWS
