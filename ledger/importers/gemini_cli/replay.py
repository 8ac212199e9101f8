"""Plays a session's records back: what was asked, answered and changed, whatever came later.

A log is a list of operations (chatRecordingService.ts): a message, the same message again with
more in it, `$set` with new metadata or a rewritten history, `$rewindTo` a message. Rewinding or
rewriting changes what the tool shows; what was asked and billed before stays asked and billed.
A message that was asked and is followed by the next prompt, or by the person's stop, was a request
all the same: nobody knows what it used.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw

from ledger.core.vocabulary import Origin
from ledger.importers.fields import milliseconds, text
from ledger.importers.gemini_cli.edits import Change, calls_of, change_of
from ledger.importers.gemini_cli.project import workspace_of
from ledger.importers.gemini_cli.prompts import (
    NOTICES,
    content_parts,
    context_texts,
    message_text,
    prompt_content,
)
from ledger.importers.gemini_cli.records import (
    Record,
    Scratchpad,
    part_of,
    pieces_of,
    plain,
    record_of,
)
from ledger.importers.gemini_cli.rewriting import said_of
from ledger.importers.gemini_cli.state import START, Place, ReaderState
from ledger.importers.gemini_cli.usage import Request, request_of

NO_TIME = "message without a time"
STOPPED = "Request cancelled."  # what the tool notes when the person presses Esc
CANCELLED = "[Operation Cancelled]"


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
        self.lost: dict[str, int] = {}  # messages that got no answer, and when they asked
        self.edits: dict[tuple[str, str], tuple[Change, ByteSpan]] = {}
        self.ends: dict[str, int] = {}
        self._cancelled: set[str] = set()  # calls
        self._in_list = False  # of messages that stand there all at once

    def take(self, where: ByteSpan, record: Record) -> str:
        """Play one record back; returns the reason when it could not be used, else ""."""
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
            state.directories = _texts(plain(record.directories)) or state.directories
        if len(record.memory_scratchpad):
            scratchpad = part_of(record.memory_scratchpad, Scratchpad)
            state.touched = _texts(plain(scratchpad.touched_paths)) or state.touched
        return self._history(record.messages, where) if len(record.messages) else ""

    def _rewind(self, message: str) -> None:
        state = self.state
        message = state.copies.original(message)
        length = state.view.index(message) if message in state.view else 0
        del state.view[length:]
        state.current = state.places[state.view[-1]].prompt if state.view else START

    def _history(self, messages: Raw, where: ByteSpan) -> str:
        """Take a whole list of messages: an old document's, or one that replaces the view."""
        problem, view, copies = "", [], self.state.copies
        pieces = [(piece, record_of(piece.data)) for piece in _located(messages, where)]
        copies.listed([(_name(record), record) for _, record in pieces if record])
        self._in_list = True
        for piece, record in pieces:
            if record is None:
                problem = problem or "damaged message"
                continue
            name = copies.original(_name(record))
            known = self.state.places.get(name)
            if known:  # listed again: it does not reach further than before
                self.state.current = known.prompt
                self._answer(name, record, piece)
            else:
                problem = self._message(record, piece) or problem
            view.append(name)
        self._in_list = False
        if view:
            self.state.view = [name for name in view if name in self.state.places]
        return problem

    def _message(self, record: Record, where: ByteSpan) -> str:
        state = self.state
        name = state.copies.original(_name(record))
        time_ms = milliseconds(record.timestamp) or state.last_ms or state.start_ms
        if not time_ms:
            return NO_TIME
        state.last_ms = time_ms
        is_new = name not in state.places
        is_copy = name != _name(record)
        if is_new and not self._in_list and state.copies.written(name, record, time_ms):
            name, is_copy = state.copies.original(name), True
        if is_copy:  # it may know more of its answer, and makes no interaction longer
            self._answer(name, record, where)
            return ""
        if is_new:
            self._begin(name, record, Prompt(time_ms, Origin.TYPED, state.answers, where))
        state.copies.note(name, said_of(record))
        self._answer(name, record, where)
        if text(record.type) not in NOTICES or state.current == next(reversed(self.prompts), START):
            self.ends[state.current] = max(self.ends.get(state.current, 0), where.end)
        return ""

    def _begin(self, name: str, record: Record, began: Prompt) -> None:
        """Take a message that is new."""
        state = self.state
        prompt = prompt_content(record)
        if prompt is not None:
            self._settle()
            state.current = name
            self.prompts[name] = began._replace(origin=prompt.origin)
            if prompt.origin is not Origin.COMMAND:
                state.unanswered, state.asked_ms = name, began.time_ms
        elif record.type == "user" and self._hands_back(record):
            state.unanswered, state.asked_ms = name, began.time_ms
        elif record.type == "info" and message_text(record.content) == STOPPED:
            self._settle()
        state.workspace = state.workspace or workspace_of(context_texts(record))
        state.places[name] = Place(state.current, state.answers)
        state.answers += record.type == "gemini"
        state.view.append(name)

    def _hands_back(self, record: Record) -> bool:
        """Whether a message gives the model the results of its calls, which asks it to go on.

        A history that is written again holds such messages too, and asks nothing.
        """
        if self._in_list or self.state.copies.is_running:
            return False
        parts = content_parts(record.content)
        results = [part["functionResponse"] for part in parts if "functionResponse" in part]
        return any(not self._is_refused(result) for result in results)

    def _is_refused(self, result: object) -> bool:
        """Whether a result only says that the person stopped the call; then the tool waits."""
        name = text(result.get("id")) if isinstance(result, dict) else ""
        return name in self._cancelled or CANCELLED in str(result)

    def _settle(self) -> None:
        """Note that the last thing the model was asked will get no answer any more."""
        state = self.state
        if state.unanswered:
            self.lost[state.unanswered] = state.asked_ms
            state.unanswered = ""

    def _answer(self, name: str, record: Record, where: ByteSpan) -> None:
        """Take what a message of the model used and changed; a later version adds to it."""
        if record.type != "gemini":
            return
        time_ms = milliseconds(record.timestamp) or self.state.last_ms
        request = request_of(record, time_ms)
        known = self.requests.get(name)
        if known:
            request = self.requests[name] = request.joined(known)
        elif self._is_response(record, request):
            self.requests[name] = request
            self.state.unanswered = ""
            self._start(name, time_ms, where)
        for position, call in enumerate(calls_of(record.tool_calls)):
            if text(call.status) == "cancelled":
                self._cancelled.add(text(call.id))
            change = change_of(call, request.time_ms)
            if change is not None:
                key = (name, text(call.id) or str(position))
                before = self.edits.get(key)
                self.edits[key] = (change.joined(before[0]) if before else change, where)

    def _is_response(self, record: Record, request: Request) -> bool:
        """Whether an answer is a request of its own; what the tool made up itself has no model.

        Calls that a notice parted from their answer stand in a message without words or counts.
        """
        if request.used:
            return True
        if not request.model:
            return False
        return bool(message_text(record.content) or self.state.unanswered)

    def _start(self, name: str, time_ms: int, where: ByteSpan) -> None:
        """Let requests that no prompt came before begin an interaction of their own."""
        place = self.state.places[name]
        if place.prompt == START and not self.state.has_start:
            self.state.has_start = True
            self.prompts[START] = Prompt(time_ms, Origin.UNPROMPTED, place.ordinal, where)


def _name(record: Record) -> str:
    """Return what identifies a message within its session."""
    return text(record.id) or f"{text(record.type)} {text(record.timestamp)}"


def _texts(values: object) -> list[str]:
    """Return the texts of a list that are not empty."""
    return [item for value in values if (item := text(value))] if isinstance(values, list) else []


def _located(messages: Raw, where: ByteSpan) -> Iterator[ByteSpan]:
    """Find each message's own bytes in the line or document that holds them all."""
    position = where.data.find(b'"messages"')
    for piece in pieces_of(messages):
        data = bytes(piece)
        begin = where.data.find(data, position) if position >= 0 else -1
        # A list that was damaged and mended does not hold the bytes of the log.
        position = begin + len(data) if begin >= 0 else -1
        yield ByteSpan(where.offset + max(begin, 0), data)
