"""Plays a stretch of a Gemini CLI session back and makes parts of what it tells."""

from pathlib import Path

from ledger.core.ids import SessionIds, bytes_id
from ledger.core.parts import (
    Batch,
    EditPart,
    PromptPart,
    Rejected,
    RequestPart,
    SessionPart,
    SpanPart,
)
from ledger.core.usage import Basis
from ledger.core.vocabulary import Origin, Tool
from ledger.importers.gemini_cli.project import Named, directory_of
from ledger.importers.gemini_cli.records import UNUSABLE, records_of
from ledger.importers.gemini_cli.replay import ByteSpan, Prompt, Replay
from ledger.importers.gemini_cli.state import CHATS, START, SUBAGENT, decode_state, encode_state


class PartsReader:
    """One stretch of one file on its way into a batch."""

    def __init__(self, path: Path, state: str, batch: Batch) -> None:
        self._path, self._batch = path, batch
        self._replay = Replay(decode_state(state, path))
        self._ids = SessionIds(Tool.GEMINI_CLI, "")
        self._start_ms, self._directory = 0, ""

    def take(self, offset: int, data: bytes) -> None:
        """Play one line or document back; never raises."""
        for (begin, piece), record in records_of((offset, data)):
            problem = self._replay.take(ByteSpan(begin, piece), record) if record else UNUSABLE
            if problem:
                self._batch.rejected.append(Rejected(begin, len(piece), bytes_id(piece), problem))

    def finish(self) -> str:
        """Add all parts and return the state for the next stretch."""
        if self._replay.state.places:  # a log without a single message tells nothing
            self._introduce()
            answered = self._requests()
            self._edits()
            if not self._is_subagent:
                self._prompts(answered)
        return encode_state(self._replay.state)

    @property
    def _is_subagent(self) -> bool:
        return self._replay.state.kind == SUBAGENT

    def _introduce(self) -> None:
        """Add the session, which is known only when all of the stretch was played."""
        replay = self._replay
        key = replay.state.session or self._path.stem
        self._ids = SessionIds(Tool.GEMINI_CLI, key)
        times = [request.time_ms for request in replay.requests.values()]
        times += [prompt.time_ms for prompt in replay.prompts.values()]
        self._start_ms = replay.state.start_ms or min(times, default=replay.state.last_ms)
        self._directory = self._project()
        parent = None
        if self._path.parent.name != CHATS:
            parent = SessionIds(Tool.GEMINI_CLI, self._path.parent.name).own
        self._batch.sessions.append(
            SessionPart(self._ids.own, key, self._start_ms, self._directory, parent=parent)
        )

    def _project(self) -> str:
        state = self._replay.state
        chats = self._path.parent
        folder = chats.parent if chats.name == CHATS else chats.parent.parent
        files = [change.path for change, _ in self._replay.edits.values()] + state.touched
        named = Named(state.project_hash, state.directories, state.workspace, files)
        return directory_of(folder, named)

    def _interaction(self, message: str) -> int | None:
        """Return the interaction a message belongs to; the store finds a sub-agent's."""
        if self._is_subagent:
            return None
        return self._prompt_id(self._replay.state.places[message].prompt)

    def _prompt_id(self, prompt: str) -> int:
        return self._ids.inside(prompt or "start")

    def _anchor(self, time_ms: int) -> int:
        return self._start_ms if self._is_subagent else time_ms

    def _requests(self) -> set[str]:
        """Add the requests and return the prompts that made the model work."""
        places = self._replay.state.places
        for name, request in self._replay.requests.items():
            used = request.used
            self._batch.requests.append(
                RequestPart(
                    id=self._ids.inside(name),
                    session=self._ids.own,
                    interaction=self._interaction(name),
                    anchor_ms=self._anchor(request.time_ms),
                    time_ms=request.time_ms,
                    model=request.model,
                    input=used.input if used else 0,
                    cache_read=used.cache_read if used else 0,
                    cache_write_5m=0,
                    cache_write_1h=0,
                    output=used.output if used else 0,
                    reasoning=used.reasoning if used else None,
                    basis=request.basis,
                    ordinal=places[name].ordinal,
                )
            )
        self._batch.requests.extend(self._lost(name) for name in self._replay.lost)
        return {places[name].prompt for name in self._replay.requests}

    def _lost(self, name: str) -> RequestPart:
        """Return the request whose answer was never written: it is not free, but unknown."""
        asked_ms = self._replay.lost[name]
        return RequestPart(
            id=self._ids.inside(name, "unanswered"),
            session=self._ids.own,
            interaction=self._interaction(name),
            anchor_ms=self._anchor(asked_ms),
            time_ms=asked_ms,
            model="",
            input=0,
            cache_read=0,
            cache_write_5m=0,
            cache_write_1h=0,
            output=0,
            reasoning=None,
            basis=Basis.UNKNOWN,
            ordinal=self._replay.state.places[name].ordinal,
        )

    def _edits(self) -> None:
        for (message, call), (change, where) in self._replay.edits.items():
            self._batch.edits.append(
                EditPart(
                    id=self._ids.inside(message, call),
                    session=self._ids.own,
                    interaction=self._interaction(message),
                    anchor_ms=self._anchor(change.time_ms),
                    time_ms=change.time_ms,
                    path=change.path,
                    added=change.added,
                    removed=change.removed,
                    outcome=change.outcome,
                    human_changed=change.human_changed,
                    decided_by=change.decided_by,
                    offset=where.offset,
                    length=len(where.data),
                )
            )

    def _prompts(self, answered: set[str]) -> None:
        silent = {
            name
            for name, prompt in self._replay.prompts.items()
            if prompt.origin is Origin.COMMAND and name not in answered
        }
        for name, prompt in self._replay.prompts.items():
            if name not in silent:
                self._batch.prompts.append(self._prompt(name, prompt))
        begun = self._replay.state.has_start
        for name, end in self._replay.ends.items():
            if name not in silent and (name != START or begun):
                self._batch.spans.append(SpanPart(self._prompt_id(name), end))

    def _prompt(self, name: str, prompt: Prompt) -> PromptPart:
        return PromptPart(
            id=self._prompt_id(name),
            session=self._ids.own,
            time_ms=prompt.time_ms,
            origin=prompt.origin,
            directory=self._directory,
            branch="",
            rank=0,
            ordinal=prompt.ordinal,
            offset=prompt.where.offset,
            length=len(prompt.where.data),
            check=bytes_id(prompt.where.data),
        )
