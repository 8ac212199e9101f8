"""Plays a session's records back: what was asked, answered and changed, whatever came later.

A log is a list of operations (chatRecordingService.ts): a message, the same message again with
more in it, `$set` with new metadata or a rewritten history, `$rewindTo` a message. Rewinding or
rewriting changes what the tool shows; what was asked and billed before stays asked and billed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Raw, Struct

from ledger.core.words import Origin
from ledger.importers.fields import count, milliseconds, text
from ledger.importers.gemini_cli.edits import Change, calls_of, change_of
from ledger.importers.gemini_cli.prompts import asked, words_of
from ledger.importers.gemini_cli.records import (
    Record,
    Tokens,
    part_of,
    pieces_of,
    plain,
    record_of,
)

START = ""  # stands for a prompt where requests came without one
NO_TIME = "message without a time"


class Stretch(NamedTuple):
    """Bytes of the log: where they begin, and themselves."""

    offset: int
    data: bytes

    @property
    def end(self) -> int:
        """The offset just after them."""
        return self.offset + len(self.data)


class Place(NamedTuple):
    """Where a message stands: after which prompt, and after how many answers."""

    prompt: str
    ordinal: int


class Prompt(NamedTuple):
    """A prompt as it was first written."""

    time_ms: int
    origin: Origin
    ordinal: int
    where: Stretch


class Used(NamedTuple):
    """What a response used; compares so that the greatest (output, total) of two versions wins."""

    output: int
    total: int
    input: int
    cache_read: int
    reasoning: int


class Request(NamedTuple):
    """A response of the model; `used` is None when the log does not say what it cost."""

    time_ms: int
    model: str
    used: Used | None


class Memory(Struct):
    """What must be known to go on from the middle of a log."""

    session: str = ""
    start_ms: int = 0
    last_ms: int = 0
    kind: str = ""
    project_hash: str = ""
    directories: list[str] = []
    current: str = START
    has_start: bool = False  # requests came before any prompt
    answers: int = 0
    places: dict[str, Place] = {}
    view: list[str] = []


class Replay:
    """Everything one log told so far, by the tool's own ids."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.prompts: dict[str, Prompt] = {}
        self.requests: dict[str, Request] = {}
        self.edits: dict[tuple[str, str], tuple[Change, Stretch]] = {}
        self.ends: dict[str, int] = {}

    def take(self, where: Stretch) -> str:
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

    def _metadata(self, record: Record, where: Stretch) -> str:
        memory = self.memory
        memory.session = memory.session or text(record.session_id)
        memory.kind = memory.kind or text(record.kind)
        memory.project_hash = memory.project_hash or text(record.project_hash)
        memory.start_ms = memory.start_ms or milliseconds(record.start_time) or 0
        if len(record.directories):
            named = plain(record.directories)
            directories = [text(item) for item in named] if isinstance(named, list) else []
            memory.directories = [item for item in directories if item] or memory.directories
        return self._history(record.messages, where) if len(record.messages) else ""

    def _rewind(self, message: str) -> None:
        memory = self.memory
        kept = memory.view.index(message) if message in memory.view else 0
        del memory.view[kept:]
        memory.current = memory.places[memory.view[-1]].prompt if memory.view else START

    def _history(self, messages: Raw, where: Stretch) -> str:
        """Take a whole list of messages: an old document's, or one that replaces the view."""
        problem, view = "", []
        for piece in _located(messages, where):
            record = record_of(piece.data)
            if record is None:
                problem = problem or "damaged message"
                continue
            name = _name(record)
            known = self.memory.places.get(name)
            if known:  # listed again: it does not reach further than before
                self.memory.current = known.prompt
                self._answer(name, record, piece)
            else:
                problem = self._message(record, piece) or problem
            view.append(name)
        if view:
            self.memory.view = [name for name in view if name in self.memory.places]
        return problem

    def _message(self, record: Record, where: Stretch) -> str:
        memory = self.memory
        name = _name(record)
        time_ms = milliseconds(record.timestamp) or memory.last_ms or memory.start_ms
        if not time_ms:
            return NO_TIME
        memory.last_ms = time_ms
        if name not in memory.places:
            prompt = asked(record)
            if prompt is not None:
                memory.current = name
                self.prompts[name] = Prompt(time_ms, prompt.origin, memory.answers, where)
            memory.places[name] = Place(memory.current, memory.answers)
            memory.answers += record.type == "gemini"
            memory.view.append(name)
        self._answer(name, record, where)
        self.ends[memory.current] = max(self.ends.get(memory.current, 0), where.end)
        return ""

    def _answer(self, name: str, record: Record, where: Stretch) -> None:
        """Take what a message of the model used and changed; a later version adds to it."""
        if record.type != "gemini":
            return
        time_ms = milliseconds(record.timestamp) or self.memory.last_ms
        used, model = _used(record), text(record.model)
        known = self.requests.get(name)
        if known:
            best = max((one for one in (used, known.used) if one), default=None)
            time_ms = min(time_ms, known.time_ms)
            self.requests[name] = Request(time_ms, model or known.model, best)
        elif used or (model and words_of(record.content)):
            self.requests[name] = Request(time_ms, model, used)
            self._start(name, time_ms, where)
        for position, call in enumerate(calls_of(record.tool_calls)):
            change = change_of(call, time_ms)
            if change is not None:
                key = (name, text(call.id) or str(position))
                before = self.edits.get(key)
                self.edits[key] = (change.joined(before[0]) if before else change, where)

    def _start(self, name: str, time_ms: int, where: Stretch) -> None:
        """Let requests that no prompt came before begin an interaction of their own."""
        place = self.memory.places[name]
        if place.prompt == START and not self.memory.has_start:
            self.memory.has_start = True
            self.prompts[START] = Prompt(time_ms, Origin.UNPROMPTED, place.ordinal, where)


def _name(record: Record) -> str:
    """Return what identifies a message within its session."""
    return text(record.id) or f"{text(record.type)} {text(record.timestamp)}"


def _used(record: Record) -> Used | None:
    """Return the counters of a response, made disjoint; None when the log does not tell them."""
    if not len(record.tokens):
        return None
    tokens = part_of(record.tokens, Tokens)
    whole, cached = count(tokens.input), count(tokens.cached)
    thoughts, tool = count(tokens.thoughts), count(tokens.tool)
    fresh = max(whole - cached, 0) + tool
    output = count(tokens.output) + thoughts
    total = fresh + cached + output
    return Used(output, total, fresh, cached, thoughts) if total else None


def _located(messages: Raw, where: Stretch) -> Iterator[Stretch]:
    """Find each message's own bytes in the line or document that holds them all."""
    position = where.data.find(b'"messages"')
    for piece in pieces_of(messages):
        data = bytes(piece)
        found = where.data.find(data, position) if position >= 0 else -1
        # A list that was damaged and mended does not hold the bytes of the log.
        position = found + len(data) if found >= 0 else -1
        yield Stretch(where.offset + max(found, 0), data)
