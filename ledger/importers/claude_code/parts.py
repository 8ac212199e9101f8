"""Walks one Claude Code file row by row and makes parts of it.

The main file of a session holds the person's prompts; every request after a prompt is that
prompt's, up to the next one. A sub-agent's file holds requests only: the store finds the
interaction they belong to by the moment the sub-agent was started.
"""

from functools import cached_property
from pathlib import Path

from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, PromptPart, Rejected, RequestPart, SessionPart, SpanPart
from ledger.core.usage import Basis
from ledger.core.vocabulary import Origin
from ledger.importers.base import Line
from ledger.importers.claude_code.announced import Announcements, Lost
from ledger.importers.claude_code.edits import Edits, Spot
from ledger.importers.claude_code.identity import (
    ResponseIds,
    request_id,
    row_id,
    row_name,
    session_ids,
)
from ledger.importers.claude_code.project import directory_of, opened_in
from ledger.importers.claude_code.prompts import (
    ends_command,
    holds_result,
    is_stop,
    origin_of,
    queued_text,
)
from ledger.importers.claude_code.records import (
    Message,
    Progress,
    Row,
    part_of,
    read_row,
)
from ledger.importers.claude_code.state import (
    Announced,
    decode_state,
    encode_state,
    is_subagent,
    session_key,
)
from ledger.importers.claude_code.totals import totals_of
from ledger.importers.claude_code.usage import SYNTHETIC, Place, Response, response_of, stopped
from ledger.importers.fields import milliseconds, text
from ledger.importers.splitting import records_in

NO_TIME = "no usable time"
# Where a part was seen: in its own place, in a side chain or as a copy from another session, as a
# live echo. An echo ranks lowest, for its time is the sub-agent's row's own.
OWN_RANK, SIDE_RANK, ECHO_RANK = 0, 1, 2


class PartsReader:
    """One stretch of one file on its way into a batch."""

    def __init__(self, path: Path, state: str, batch: Batch) -> None:
        self._batch = batch
        self._path = path
        self._stem = text(path.stem)
        self._state = decode_state(state)
        self._is_subagent = self._state.subagent or is_subagent(path)
        self._name(self._state.key or session_key(path))
        self._responses: dict[int, Response] = {}
        self._unfinished: int | None = None  # the last response, when its end was not logged
        self._ends: dict[int, int] = {}
        self._ids = ResponseIds(self._state)
        self._edits = Edits(self._state, batch)
        self._announced = Announcements(self._state)
        self._readers = {
            "assistant": self._answer,
            "user": self._user,
            "progress": self._progress,
            "attachment": self._attachment,
            "system": self._system,
        }
        self._notes = {
            "api-request": self._request,
            "cost-state": self._total,
            "pr-link": self._pull_request,
        }

    def take(self, offset: int, data: bytes) -> None:
        """Add the parts of one line; never raises."""
        for line, row in records_in(read_row, (offset, data)):
            if isinstance(row, str):
                self._reject(line, row)
            else:
                self._take(row, line)

    def _take(self, row: Row, line: Line) -> None:
        kind = _type_of(row)
        reader, note = self._readers.get(kind), self._notes.get(kind)
        if reader is not None:
            self._introduce(row)
            reader(row, line)
            if self._state.interaction and not self._is_subagent:
                self._ends[self._state.interaction] = line[0] + len(line[1])
        elif note is not None:
            self._introduce(row)
            note(row, line)

    def finish(self) -> str:
        """Hand over what was gathered and return the state for the next stretch."""
        self._give_up(self._announced.wait())
        for identity, response in self._responses.items():
            self._batch.requests.extend(response.parts(identity))
        if self._unfinished is not None:
            self._state.unfinished = self._responses[self._unfinished].part(self._unfinished)
        self._batch.spans.extend(SpanPart(*end) for end in self._ends.items())
        self._edits.finish()
        return encode_state(self._state)

    def _introduce(self, row: Row) -> None:
        """Note the time, and the session with the first row that knows its directory."""
        state = self._state
        state.last_ms = milliseconds(row.timestamp) or state.last_ms
        is_lent = row.is_sidechain and row.session_id not in (None, "", state.key)
        if not state.directory_known and row.agent_id and is_lent:
            # Whatever a sub-agent's file is called, all its rows say whose they are.
            self._is_subagent = state.subagent = True
            self._name(text(row.session_id))
        if not state.key:
            self._name(text(row.session_id) or self._stem)
        if state.directory_known or not state.last_ms:
            return
        state.directory_known = bool(row.cwd)
        self._add_session(row)

    def _name(self, key: str) -> None:
        self._state.key, self._session = key, session_ids(key).own

    def _add_session(self, row: Row, pull_request: str = "") -> None:
        self._batch.sessions.append(
            SessionPart(
                id=self._session,
                key=self._state.key,
                time_ms=self._state.last_ms,
                directory=opened_in(self._path, text(row.cwd)) or self._home,
                branch=text(row.git_branch),
                version=text(row.version),
                pull_request=pull_request,
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
        side = self._is_side(row)
        self._withdraw(self._announced.answer(row))
        if row.is_api_error_message:
            self._withdraw(self._announced.refuse())
        is_response = self._respond(row, message, SIDE_RANK if side else OWN_RANK, line)
        if is_response and isinstance(message.content, list):
            self._edits.call(row, message.content, self._spot(), line)
        if not side or self._is_subagent:
            self._state.owed = False

    def _progress(self, row: Row, line: Line) -> None:
        echo = part_of(row.data, Progress).message
        if echo is None:
            return
        message = echo.message or Message(echo.id, echo.model, echo.stop_reason, echo.usage)
        if message.usage is not None:
            self._state.last_ms = milliseconds(echo.timestamp) or self._state.last_ms
            row.uuid, row.request_id = echo.uuid or row.uuid, echo.request_id or row.request_id
            row.request_ref = None
            self._respond(row, message, ECHO_RANK, line)

    def _respond(self, row: Row, message: Message, rank: int, line: Line) -> bool:
        """Add a row of a response; False when it is none."""
        spot, state = self._spot(), self._state
        place = Place(rank, spot.time_ms, spot.session, None, spot.anchor_ms)
        response = response_of(row, message, place, state.model)
        if response is None:
            return False
        if not place.time_ms:
            self._reject(line, NO_TIME)
            return False
        goes_on = self._unfinished is not None or state.unfinished is not None
        if message.model == SYNTHETIC and goes_on:
            self._stop()  # the rest of a response that rows told the beginning of
            return False
        echo, side = rank == ECHO_RANK, self._is_side(row)
        identity = self._ids.of(row, message, side=side or echo, echo=echo)
        if not self._is_subagent:
            response.place = place._replace(interaction=self._current(row, line))
        self._join(identity, response)
        if rank == OWN_RANK or self._is_subagent:
            state.model = response.model
            is_open = message.model != SYNTHETIC and not self._responses[identity].finished
            self._unfinished, state.unfinished = identity if is_open else None, None
        return True

    def _join(self, identity: int, response: Response) -> None:
        known = self._responses.setdefault(identity, response)
        if known is not response:
            known.add(response)

    def _stop(self) -> None:
        """Note that the last response was stopped before its end was logged."""
        if self._unfinished is not None:
            self._responses[self._unfinished].stopped = True
        elif self._state.unfinished is not None:
            before, self._state.unfinished = self._state.unfinished, stopped(self._state.unfinished)
            if self._state.unfinished != before:
                self._batch.requests.append(self._state.unfinished)

    # -- what the tool notes about requests and sessions ----------------------------------------

    def _request(self, row: Row, line: Line) -> None:
        self._give_up(self._announced.send(row, self._state.interaction))

    def _give_up(self, lost: list[Lost]) -> None:
        """Add requests that were sent and have no answer."""
        self._batch.requests += [self._announcement(*request) for request in lost]

    def _withdraw(self, found: list[Lost]) -> None:
        """Say of requests that were told to have no answer that they have one, or were refused."""
        self._batch.requests += [
            self._announcement(*request)._replace(basis=Basis.EXACT) for request in found
        ]

    def _announcement(self, name: str, request: Announced) -> RequestPart:
        interaction = None if self._is_subagent else request.interaction or None
        anchor = self._state.anchor_ms or request.time_ms
        place = Place(OWN_RANK, request.time_ms, self._session, interaction, anchor)
        model, identity = request.model or self._state.model, request_id(name)
        part = Response(place, model, None, finished=False).part(identity)
        return part._replace(turn=identity)

    def _total(self, row: Row, line: Line) -> None:
        self._give_up(self._announced.give_up())  # the session has ended
        if self._state.last_ms:
            self._batch.totals += totals_of(row, self._state.key, self._state.last_ms, line)

    def _pull_request(self, row: Row, line: Line) -> None:
        if row.pr_url and self._state.last_ms:
            self._add_session(row, text(row.pr_url))

    # -- what the person did -----------------------------------------------------------------

    def _user(self, row: Row, line: Line) -> None:
        content = row.message.content if row.message else None
        if isinstance(content, list):
            self._edits.settle(content, row, self._spot())
        state, origin = self._state, origin_of(row)
        if self._is_subagent or not row.is_sidechain:
            self._tell_model(row, origin, line)
        if self._is_subagent:
            state.anchor_ms = state.anchor_ms or state.last_ms
            return
        if origin is not None:
            self._begin(row, origin, line)
        elif state.command and ends_command(row):
            state.command = None

    def _tell_model(self, row: Row, origin: Origin | None, line: Line) -> None:
        """Note that the model was told something, or that the person stopped its answer."""
        state = self._state
        if is_stop(row):
            self._stopped(row, line)
        state.owed = holds_result(row) or origin not in (None, Origin.COMMAND)
        self._unfinished = state.unfinished = None
        self._ids.told(prompt=origin is not None)

    def _stopped(self, row: Row, line: Line) -> None:
        """Add what the person stopped: an answer, or a request that had no answer yet."""
        state = self._state
        if self._unfinished is not None or state.unfinished is not None:
            self._stop()
        elif state.announced:
            self._give_up(self._announced.give_up())
        elif state.owed and state.last_ms and row.uuid:
            rank = SIDE_RANK if self._is_side(row) else OWN_RANK
            spot = self._spot()
            inside = None if self._is_subagent else self._current(row, line)
            place = Place(rank, spot.time_ms, spot.session, inside, spot.anchor_ms)
            response = Response(place, state.model, None, finished=False)
            self._join(row_id(row_name(row), "stopped"), response)

    def _attachment(self, row: Row, line: Line) -> None:
        if not self._is_subagent and not row.is_sidechain and queued_text(row):
            self._begin(row, Origin.QUEUED, line)

    def _system(self, row: Row, line: Line) -> None:
        if row.subtype == "api_error":
            self._withdraw(self._announced.refuse())

    # -- interactions ------------------------------------------------------------------------

    def _begin(self, row: Row, origin: Origin, line: Line) -> None:
        if not self._state.last_ms:
            self._reject(line, NO_TIME)
            return
        digest = f"{bytes_id(line[1]):x}"
        inside = session_ids(self._state.key).inside(str(row.timestamp), digest)
        part = self._prompt(row_id(row_name(row)) if row.uuid else inside, row, origin, line)
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
        self._announced.begin(part)
        self._batch.prompts.append(part)

    def _current(self, row: Row, line: Line) -> int:
        """Return the interaction that a request of this file belongs to, begun if need be."""
        state = self._state
        if state.command and not row.is_sidechain:
            self._open(state.command)
        if not state.interaction:
            start = session_ids(state.key).inside("start")
            self._open(self._prompt(start, row, Origin.UNPROMPTED, line))
        return state.interaction

    def _spot(self) -> Spot:
        # Until its first prompt a side question's file holds copies of old answers only.
        state = self._state
        inside = None if self._is_subagent else state.interaction or None
        return Spot(self._session, inside, state.anchor_ms or state.last_ms, state.last_ms)

    def _is_side(self, row: Row) -> bool:
        return bool(self._is_subagent or row.is_sidechain or self._is_copy(row))

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
