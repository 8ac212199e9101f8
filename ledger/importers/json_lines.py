"""A base for a tool that logs one JSON object per line: its importer needs only `record`.

The lines of a file are taken in their order: a request belongs to the last prompt above it. A tool
whose lines amend or repeat one another needs a reader of its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Generic, NamedTuple

import msgspec

from ledger.core.evidence import Act, ActKind
from ledger.core.ids import SessionIds, bytes_id
from ledger.core.parts import Batch, PromptPart, Rejected, RequestPart, SessionPart, SpanPart
from ledger.core.usage import Usage
from ledger.core.vocabulary import Origin, Tool
from ledger.importers.base import Home, Layout, Line, Place, Step, StepKind
from ledger.importers.fields import Kind, encoded_state, milliseconds, reader_of, resumed, text
from ledger.importers.splitting import records_in

NO_TIME = "no usable time"


class Entry(NamedTuple):
    """What one line says: a prompt, an answer, what a response used, or several of these."""

    time: object = None  # as `fields.milliseconds` reads it; else the time of the line before
    session: str = ""  # the tool's own id of it; "" where the file is the session
    directory: str = ""
    prompt: str = ""
    answer: str = ""
    id: str = ""  # the tool's own id of the prompt or response; "" where it has none
    model: str = ""
    usage: Usage | None = None


class ReaderState(msgspec.Struct):
    """What one stretch leaves to the next; it travels as JSON in the cursor."""

    session: str = ""
    directory: str = ""
    time_ms: int = 0
    interaction: int = 0
    requests: int = 0


class JsonLines(ABC, Generic[Kind]):
    """An importer of `*.jsonl` files whose lines are objects of the fields of `row`."""

    tool: Tool
    version = 1
    row: type[Kind]

    def __init__(self) -> None:
        self._read_row = reader_of(self.row)

    @abstractmethod
    def places(self, home: Home) -> tuple[Place, ...]:
        """Return every folder this tool may log to, existing or not, overrides first."""

    @abstractmethod
    def record(self, row: Kind) -> Entry | None:
        """Return what a line says; None when that is nothing for a ledger. Never raises."""

    def places_in(self, folder: Path) -> tuple[Path, ...]:
        """Return nothing: the person must say that an added folder is this tool's."""
        return ()

    def keeps_days(self, place: Place) -> int | None:
        """Return None: a tool is not known to delete its logs unless its importer says so."""
        return None

    def layout(self, path: Path) -> Layout | None:
        """Say that every `*.jsonl` is a log that only grows."""
        return Layout.TAIL if path.suffix == ".jsonl" else None

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        """Add the lines' parts to the batch and return the state for the next stretch."""
        reader = PartsReader(self.tool, path, state, batch)
        for line in lines:
            for piece, row in records_in(self._read_row, line):
                entry = row if isinstance(row, str) else self.record(row)
                if entry is not None:
                    reader.take(entry, piece)
        return reader.finish()

    def prompt(self, line: bytes) -> str:
        """Return what the person wrote in a prompt's line; "" if nothing."""
        return next((text(entry.prompt) for entry in self._entries([line])), "")

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened."""
        for entry in self._entries(lines):
            if entry.prompt:
                yield Step(StepKind.PROMPT, "", text(entry.prompt))
            if entry.answer:
                yield Step(StepKind.ANSWER, text(entry.model), text(entry.answer))

    def subagent_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return nothing: a plain log names no sub-agents."""
        return ()

    def sequels(self, path: Path) -> tuple[Path, ...]:
        """Return nothing: a plain log goes on in itself."""
        return ()

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts; of the lines after it nothing is known."""
        time_ms = 0
        for entry in self._entries(lines):
            time_ms = milliseconds(entry.time) or time_ms
            if entry.prompt:
                yield Act(ActKind.PROMPT, time_ms, "", text(entry.prompt))
            if entry.answer:
                yield Act(ActKind.ANSWER, time_ms, "", text(entry.answer))

    def _entries(self, lines: Iterable[bytes]) -> Iterator[Entry]:
        for line in lines:
            for _, row in records_in(self._read_row, (0, line)):
                entry = None if isinstance(row, str) else self.record(row)
                if entry is not None:
                    yield entry


class PartsReader:
    """One stretch of one file on its way into a batch."""

    def __init__(self, tool: Tool, path: Path, state: str, batch: Batch) -> None:
        self._tool, self._path, self._batch = tool, path, batch
        self._state = resumed(state, ReaderState())
        self._ends: dict[int, int] = {}

    def take(self, entry: Entry | str, line: Line) -> None:
        """Add the parts of one line, which is rejected where a reason stands for its entry."""
        offset, data = line
        state = self._state
        if not isinstance(entry, str):
            state.time_ms = milliseconds(entry.time) or state.time_ms
        if isinstance(entry, str) or not state.time_ms:
            reason = entry if isinstance(entry, str) else NO_TIME
            self._batch.rejected.append(Rejected(offset, len(data), bytes_id(data), reason))
            return
        self._introduce(entry)
        if entry.prompt:
            self._begin(self._id("prompt", entry, data), Origin.TYPED, line)
        if entry.usage:
            if not state.interaction:
                self._begin(self._id("start"), Origin.UNPROMPTED, line)
            self._request(entry, entry.usage, data)
        if state.interaction:
            self._ends[state.interaction] = offset + len(data)

    def finish(self) -> str:
        """Add how far the interactions reach and return the state for the next stretch."""
        self._batch.spans.extend(SpanPart(*end) for end in self._ends.items())
        return encoded_state(self._state)

    def _introduce(self, entry: Entry) -> None:
        """Add the session with its first line, and with the first that knows its directory."""
        state = self._state
        key = text(entry.session) or state.session or text(self._path.stem)
        directory = text(entry.directory)
        if key != state.session:
            self._state = state = ReaderState(session=key, time_ms=state.time_ms)
        elif state.directory or not directory:
            return
        state.directory = directory
        session = SessionIds(self._tool, key).own
        self._batch.sessions.append(SessionPart(session, key, state.time_ms, directory))

    def _id(self, kind: str, entry: Entry | None = None, data: bytes = b"") -> int:
        """Return an id made of the tool's own, or of the line where it gives none."""
        own = f"{self._state.time_ms} {bytes_id(data):x}"
        names = (text(entry.id) or own,) if entry else ()
        return SessionIds(self._tool, self._state.session).inside(kind, *names)

    def _begin(self, interaction: int, origin: Origin, line: Line) -> None:
        state = self._state
        state.interaction = interaction
        self._batch.prompts.append(
            PromptPart(
                id=interaction,
                session=SessionIds(self._tool, state.session).own,
                time_ms=state.time_ms,
                origin=origin,
                directory=state.directory,
                branch="",
                rank=0,
                ordinal=state.requests,
                offset=line[0],
                length=len(line[1]),
                check=bytes_id(line[1]),
            )
        )

    def _request(self, entry: Entry, usage: Usage, data: bytes) -> None:
        state = self._state
        self._batch.requests.append(
            RequestPart(
                id=self._id("response", entry, data),
                session=SessionIds(self._tool, state.session).own,
                interaction=state.interaction,
                anchor_ms=state.time_ms,
                time_ms=state.time_ms,
                model=text(entry.model),
                input=usage.input,
                cache_read=usage.cache_read,
                cache_write_5m=usage.cache_write_5m,
                cache_write_1h=usage.cache_write_1h,
                output=usage.output,
                reasoning=usage.reasoning,
                basis=usage.basis,
                low=usage.low,
                high=usage.high,
                ordinal=state.requests,
            )
        )
        state.requests += 1
