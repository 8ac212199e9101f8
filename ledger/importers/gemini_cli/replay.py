"""Plays a session's records back: what was asked, answered and changed, whatever came later.

A log is a list of operations (chatRecordingService.ts): a message, the same message again with
more in it, `$set` with new metadata or a rewritten history, `$rewindTo` a message. Rewinding or
rewriting changes what the tool shows; what was asked and billed before stays asked and billed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw

from ledger.core.vocabulary import Origin
from ledger.importers.fields import milliseconds, text
from ledger.importers.gemini_cli.edits import Change, calls_of, change_of
from ledger.importers.gemini_cli.prompts import message_text, prompt_content
from ledger.importers.gemini_cli.records import Record, part_of, pieces_of, plain, record_of
from ledger.importers.gemini_cli.state import START, Place, ReaderState
from ledger.importers.gemini_cli.usage import Request, request_of

NO_TIME = "message without a time"


class ByteSpan(NamedTuple):
    """Bytes of the log: where they begin, and themselves."""

    offset: int
    data: bytes

    @property
    def end(self) -> int:
        """The offset just after them."""
        return self.offset + len(self.data)


class Prompt(NamedTuple):
    """A prompt as it was first written."""

    time_ms: int
    origin: Origin
    ordinal: int
    where: ByteSpan


class Replay:
    """Everything one log told so far, by the tool's own ids."""

    def __init__(self, state: ReaderState) -> None:
        self.state = state
        self.prompts: dict[str, Prompt] = {}
        self.requests: dict[str, Request] = {}
        self.edits: dict[tuple[str, str], tuple[Change, ByteSpan]] = {}
        self.ends: dict[str, int] = {}

    def take(self, where: ByteSpan) -> str:
        """Play one line or document; returns the reason when it could not be read, else ""."""
        record = record_of(where.data)
        if record is None:
            return "not a JSON object"
        if isinstance(record.rewind_to, str):
            self._rewind(record.rewind_to)
        elif isinstance(record.id, str):
            return self._message(record, where)
        elif len(record.update):
            return self._metadata(part_of(record.update, Record), where)
        else:
            return self._metadata(record, where)
        return ""

    def _metadata(self, record: Record, where: ByteSpan) -> str:
        state = self.state
        state.session = state.session or text(record.session_id)
        state.kind = state.kind or text(record.kind)
        state.project_hash = state.project_hash or text(record.project_hash)
        state.start_ms = state.start_ms or milliseconds(record.start_time) or 0
        if len(record.directories):
            named = plain(record.directories)
            directories = [text(item) for item in named] if isinstance(named, list) else []
            state.directories = [item for item in directories if item] or state.directories
        return self._history(record.messages, where) if len(record.messages) else ""

    def _rewind(self, message: str) -> None:
        state = self.state
        length = state.view.index(message) if message in state.view else 0
        del state.view[length:]
        state.current = state.places[state.view[-1]].prompt if state.view else START

    def _history(self, messages: Raw, where: ByteSpan) -> str:
        """Take a whole list of messages: an old document's, or one that replaces the view."""
        problem, view = "", []
        for piece in _located(messages, where):
            record = record_of(piece.data)
            if record is None:
                problem = problem or "damaged message"
                continue
            name = _name(record)
            known = self.state.places.get(name)
            if known:  # listed again: it does not reach further than before
                self.state.current = known.prompt
                self._answer(name, record, piece)
            else:
                problem = self._message(record, piece) or problem
            view.append(name)
        if view:
            self.state.view = [name for name in view if name in self.state.places]
        return problem

    def _message(self, record: Record, where: ByteSpan) -> str:
        state = self.state
        name = _name(record)
        time_ms = milliseconds(record.timestamp) or state.last_ms or state.start_ms
        if not time_ms:
            return NO_TIME
        state.last_ms = time_ms
        if name not in state.places:
            prompt = prompt_content(record)
            if prompt is not None:
                state.current = name
                self.prompts[name] = Prompt(time_ms, prompt.origin, state.answers, where)
            state.places[name] = Place(state.current, state.answers)
            state.answers += record.type == "gemini"
            state.view.append(name)
        self._answer(name, record, where)
        self.ends[state.current] = max(self.ends.get(state.current, 0), where.end)
        return ""

    def _answer(self, name: str, record: Record, where: ByteSpan) -> None:
        """Take what a message of the model used and changed; a later version adds to it."""
        if record.type != "gemini":
            return
        time_ms = milliseconds(record.timestamp) or self.state.last_ms
        request = request_of(record, time_ms)
        known = self.requests.get(name)
        if known:
            request = self.requests[name] = request.joined(known)
        elif request.used or (request.model and message_text(record.content)):
            self.requests[name] = request
            self._start(name, time_ms, where)
        for position, call in enumerate(calls_of(record.tool_calls)):
            change = change_of(call, request.time_ms)
            if change is not None:
                key = (name, text(call.id) or str(position))
                before = self.edits.get(key)
                self.edits[key] = (change.joined(before[0]) if before else change, where)

    def _start(self, name: str, time_ms: int, where: ByteSpan) -> None:
        """Let requests that no prompt came before begin an interaction of their own."""
        place = self.state.places[name]
        if place.prompt == START and not self.state.has_start:
            self.state.has_start = True
            self.prompts[START] = Prompt(time_ms, Origin.UNPROMPTED, place.ordinal, where)


def _name(record: Record) -> str:
    """Return what identifies a message within its session."""
    return text(record.id) or f"{text(record.type)} {text(record.timestamp)}"


def _located(messages: Raw, where: ByteSpan) -> Iterator[ByteSpan]:
    """Find each message's own bytes in the line or document that holds them all."""
    position = where.data.find(b'"messages"')
    for piece in pieces_of(messages):
        data = bytes(piece)
        begin = where.data.find(data, position) if position >= 0 else -1
        # A list that was damaged and mended does not hold the bytes of the log.
        position = begin + len(data) if begin >= 0 else -1
        yield ByteSpan(where.offset + max(begin, 0), data)
