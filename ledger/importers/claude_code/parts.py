"""Walks one Claude Code file row by row and makes parts of it.

The main file of a session holds the person's prompts; every request after a prompt is that
prompt's, up to the next one. A sub-agent's file holds requests only: the store finds the
interaction they belong to by the moment the sub-agent was started.
"""

from functools import cached_property
from pathlib import Path

from ledger.core.ids import bytes_id, content_id
from ledger.core.parts import Batch, PromptPart, Rejected, SessionPart, SpanPart
from ledger.core.vocabulary import Origin
from ledger.importers.base import Line
from ledger.importers.claude_code.edits import Edits, Spot
from ledger.importers.claude_code.project import directory_of, opened_in
from ledger.importers.claude_code.prompts import ends_command, origin_of, queued_text
from ledger.importers.claude_code.records import Message, Progress, Row, part_of, read_row
from ledger.importers.claude_code.state import (
    decode_state,
    encode_state,
    is_subagent,
    session_key,
)
from ledger.importers.claude_code.usage import Place, Response, response_of
from ledger.importers.fields import milliseconds, text

NO_TIME = "no usable time"
# Where a part was seen: in its own place, in a side chain or as a copy from another session, as a
# live echo. An echo ranks lowest, for its time is the sub-agent's row's own.
OWN_RANK, SIDE_RANK, ECHO_RANK = 0, 1, 2


class PartsReader:
    """One stretch of one file on its way into a batch."""

    def __init__(self, path: Path, state: str, batch: Batch) -> None:
        self._batch = batch
        self._path = path
        self._is_subagent = is_subagent(path)
        self._stem = text(path.stem)
        self._state = decode_state(state)
        self._state.key = self._state.key or session_key(path)
        self._session = content_id("claude-code", self._state.key)
        self._responses: dict[str, Response] = {}
        self._ends: dict[int, int] = {}
        self._edits = Edits(self._state, batch)
        self._readers = {
            "assistant": self._answer,
            "user": self._user,
            "progress": self._progress,
            "attachment": self._attachment,
            "system": self._other,
        }

    def take(self, offset: int, data: bytes) -> None:
        """Add the parts of one line; never raises."""
        line = (offset, data)
        row = read_row(data)
        if isinstance(row, str):
            self._reject(line, row)
            return
        reader = self._readers.get(_type_of(row))
        if reader is not None:
            self._introduce(row)
            reader(row, line)
            if self._state.interaction and not self._is_subagent:
                self._ends[self._state.interaction] = line[0] + len(line[1])

    def finish(self) -> str:
        """Hand over what was gathered and return the state for the next stretch."""
        self._batch.requests.extend(response.part(key) for key, response in self._responses.items())
        self._batch.spans.extend(SpanPart(*end) for end in self._ends.items())
        self._edits.finish()
        return encode_state(self._state)

    def _introduce(self, row: Row) -> None:
        """Note the time, and the session with the first row that knows its directory."""
        state = self._state
        state.last_ms = milliseconds(row.timestamp) or state.last_ms
        if not state.key:
            state.key = text(row.session_id) or self._stem
            self._session = content_id("claude-code", state.key)
        if state.directory_known or not state.last_ms:
            return
        state.directory_known = bool(row.cwd)
        self._batch.sessions.append(
            SessionPart(
                id=self._session,
                key=state.key,
                time_ms=state.last_ms,
                directory=opened_in(self._path, text(row.cwd)) or self._home,
                branch=text(row.git_branch),
                version=text(row.version),
            )
        )

    @cached_property
    def _home(self) -> str:
        return directory_of(self._path)

    # -- what the model did ------------------------------------------------------------------

    def _answer(self, row: Row, line: Line) -> None:
        message = row.message
        if message is None:
            return
        side = self._is_subagent or row.is_sidechain or self._is_copy(row)
        is_response = self._respond(row, message, SIDE_RANK if side else OWN_RANK, line)
        if is_response and isinstance(message.content, list):
            self._edits.call(message.content, self._spot(), line)

    def _progress(self, row: Row, line: Line) -> None:
        echo = part_of(row.data, Progress).message
        if echo is None:
            return
        message = echo.message or Message(echo.id, echo.model, echo.stop_reason, echo.usage)
        if message.usage is not None:
            self._state.last_ms = milliseconds(echo.timestamp) or self._state.last_ms
            row.uuid = echo.uuid or row.uuid
            self._respond(row, message, ECHO_RANK, line)

    def _respond(self, row: Row, message: Message, rank: int, line: Line) -> bool:
        """Add a row of a response; False when it is none."""
        spot = self._spot()
        place = Place(rank, spot.time_ms, spot.session, None, spot.anchor_ms)
        keyed = response_of(row, message, place)
        if keyed is None:
            return False
        if not place.time_ms:
            self._reject(line, NO_TIME)
            return False
        key, response = keyed
        if not self._is_subagent:
            response.place = place._replace(interaction=self._current(row, line))
        known = self._responses.setdefault(key, response)
        if known is not response:
            known.add(response)
        return True

    # -- what the person did -----------------------------------------------------------------

    def _user(self, row: Row, line: Line) -> None:
        content = row.message.content if row.message else None
        if isinstance(content, list):
            self._edits.settle(content, row, self._spot())
        state = self._state
        if self._is_subagent:
            state.anchor_ms = state.anchor_ms or state.last_ms
            return
        origin = origin_of(row)
        if origin is not None:
            self._begin(row, origin, line)
        elif state.command and ends_command(row):
            state.command = None

    def _attachment(self, row: Row, line: Line) -> None:
        if not self._is_subagent and not row.is_sidechain and queued_text(row):
            self._begin(row, Origin.QUEUED, line)

    def _other(self, row: Row, line: Line) -> None:
        """Do nothing but let the interaction reach so far."""

    # -- interactions ------------------------------------------------------------------------

    def _begin(self, row: Row, origin: Origin, line: Line) -> None:
        if not self._state.last_ms:
            self._reject(line, NO_TIME)
            return
        digest = f"{bytes_id(line[1]):x}"
        names = (row.uuid,) if row.uuid else (self._state.key, str(row.timestamp), digest)
        part = self._prompt(content_id("claude-code", *names), row, origin, line)
        if origin is Origin.COMMAND:
            self._state.command = part  # most commands never reach the model
        else:
            self._open(part)

    def _prompt(self, identity: int, row: Row, origin: Origin, line: Line) -> PromptPart:
        return PromptPart(
            id=identity,
            session=self._session,
            time_ms=self._state.last_ms,
            origin=origin,
            directory=text(row.cwd),
            branch=text(row.git_branch),
            rank=SIDE_RANK if self._is_copy(row) else OWN_RANK,
            ordinal=0,
            offset=line[0],
            length=len(line[1]),
            check=bytes_id(line[1]),
        )

    def _open(self, part: PromptPart) -> None:
        self._state.interaction, self._state.command = part.id, None
        self._batch.prompts.append(part)

    def _current(self, row: Row, line: Line) -> int:
        """Return the interaction that a request of this file belongs to, begun if need be."""
        state = self._state
        if state.command and not row.is_sidechain:
            self._open(state.command)
        if not state.interaction:
            start = content_id("claude-code", state.key, "start")
            self._open(self._prompt(start, row, Origin.UNPROMPTED, line))
        return state.interaction

    def _spot(self) -> Spot:
        # Until its first prompt a side question's file holds copies of old answers only.
        state = self._state
        inside = None if self._is_subagent else state.interaction or None
        return Spot(self._session, inside, state.anchor_ms or state.last_ms, state.last_ms)

    def _is_copy(self, row: Row) -> bool:
        """Whether a resumed or forked file holds the row of another session."""
        return bool(row.session_id) and row.session_id != self._state.key

    def _reject(self, line: Line, reason: str) -> None:
        offset, data = line
        self._batch.rejected.append(Rejected(offset, len(data), bytes_id(data), reason))


def _type_of(row: Row) -> str:
    """Return a row's type; captures by other programs leave it out."""
    if row.type:
        return row.type
    return "assistant" if row.message and row.message.usage else "progress"
