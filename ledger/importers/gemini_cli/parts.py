"""Turns what the replay of a Gemini CLI session found into parts."""

from pathlib import Path

from ledger.core.ids import bytes_id, content_id
from ledger.core.parts import Batch, EditPart, PromptPart, RequestPart, SessionPart, SpanPart
from ledger.core.usage import Basis
from ledger.core.words import Origin, Tool
from ledger.importers.gemini_cli.project import directory_of
from ledger.importers.gemini_cli.replay import START, Prompt, Replay

CHATS = "chats"
SUBAGENT = "subagent"


class Telling:
    """Turns what a replay found into parts."""

    def __init__(self, path: Path, replay: Replay, batch: Batch) -> None:
        memory = replay.memory
        self._path, self._replay, self._batch = path, replay, batch
        self._key = memory.session or path.stem
        self._session = content_id(Tool.GEMINI_CLI, self._key)
        self._is_subagent = memory.kind == SUBAGENT
        times = [request.time_ms for request in replay.requests.values()]
        times += [prompt.time_ms for prompt in replay.prompts.values()]
        self._start_ms = memory.start_ms or min(times, default=memory.last_ms)
        self._directory = ""

    def tell(self) -> None:
        """Add all parts; a log without a single message tells nothing."""
        if not self._replay.memory.places:
            return
        self._directory = self._project()
        parent = None
        if self._path.parent.name != CHATS:
            parent = content_id(Tool.GEMINI_CLI, self._path.parent.name)
        self._batch.sessions.append(
            SessionPart(self._session, self._key, self._start_ms, self._directory, parent=parent)
        )
        answered = self._requests()
        self._edits()
        if not self._is_subagent:
            self._prompts(answered)

    def _project(self) -> str:
        memory = self._replay.memory
        chats = self._path.parent
        folder = chats.parent if chats.name == CHATS else chats.parent.parent
        files = (change.path for change, _ in self._replay.edits.values())
        return directory_of(folder, memory.project_hash, memory.directories, files)

    def _interaction(self, message: str) -> int | None:
        """Return the interaction a message belongs to; the store finds a sub-agent's."""
        if self._is_subagent:
            return None
        return self._prompt_id(self._replay.memory.places[message].prompt)

    def _prompt_id(self, prompt: str) -> int:
        return content_id(Tool.GEMINI_CLI, self._key, prompt or "start")

    def _anchor(self, time_ms: int) -> int:
        return self._start_ms if self._is_subagent else time_ms

    def _requests(self) -> set[str]:
        """Add the requests and return the prompts that made the model work."""
        places = self._replay.memory.places
        for name, request in self._replay.requests.items():
            used = request.used
            self._batch.requests.append(
                RequestPart(
                    id=content_id(Tool.GEMINI_CLI, self._key, name),
                    session=self._session,
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
                    basis=Basis.EXACT if used else Basis.UNKNOWN,
                    ordinal=places[name].ordinal,
                )
            )
        return {places[name].prompt for name in self._replay.requests}

    def _edits(self) -> None:
        for (message, call), (change, where) in self._replay.edits.items():
            self._batch.edits.append(
                EditPart(
                    id=content_id(Tool.GEMINI_CLI, self._key, message, call),
                    session=self._session,
                    interaction=self._interaction(message),
                    anchor_ms=self._anchor(change.time_ms),
                    time_ms=change.time_ms,
                    path=change.path,
                    added=change.added,
                    removed=change.removed,
                    outcome=change.outcome,
                    human_changed=change.human_changed,
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
        begun = self._replay.memory.has_start
        for name, end in self._replay.ends.items():
            if name not in silent and (name != START or begun):
                self._batch.spans.append(SpanPart(self._prompt_id(name), end))

    def _prompt(self, name: str, prompt: Prompt) -> PromptPart:
        return PromptPart(
            id=self._prompt_id(name),
            session=self._session,
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
