"""Finds the prompts of a thread, each of which may be logged as an event, a message, or both."""

from ledger.core.ids import bytes_id, content_id
from ledger.core.parts import Batch, PromptPart
from ledger.core.words import Origin
from ledger.importers.codex.rows import Payload
from ledger.importers.codex.state import Candidate, State
from ledger.importers.codex.words import has_picture, prompt_words


class Prompts:
    """Adds a prompt part where an interaction begins.

    An event is the best record of a prompt. A user message of the conversation waits until the
    model works: only if no event came until then, it was a prompt of its own.
    """

    def __init__(self, state: State, batch: Batch) -> None:
        self.state, self.batch = state, batch

    def event(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `user_message` event or a completed `UserMessage`."""
        state = self.state
        candidate = self._candidate(payload, offset, line)
        if candidate is None or self._is_echo(payload, candidate):
            return
        # The model did nothing since: the waiting message is this prompt, with its context.
        paired, state.candidate = state.candidate is not None, None
        self._begin(candidate)
        state.prompt_event = payload.type
        state.unpaired = 0 if paired else candidate.print

    def _is_echo(self, payload: Payload, candidate: Candidate) -> bool:
        """Whether this is the other kind of event for the prompt that was just taken."""
        state = self.state
        return (
            state.is_quiet
            and state.prompt_event not in ("", payload.type)
            and candidate.print == state.prompt_print
            and candidate.turn == state.prompt_turn
        )

    def message(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a user message of the conversation."""
        state = self.state
        candidate = self._candidate(payload, offset, line)
        if candidate is None:
            return
        if state.unpaired and (state.is_quiet or candidate.print == state.unpaired):
            state.unpaired = 0
            return
        self._commit()
        state.candidate = candidate

    def command(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a slash command, which is an interaction if the model works on it."""
        self._commit()
        self.state.candidate = self._place(payload, offset, line, 0, Origin.COMMAND)

    def work(self) -> None:
        """Notice that the model works."""
        self._commit()
        self.state.is_quiet = self.state.is_idle = False

    def begin_unprompted(self, offset: int, line: bytes) -> None:
        """Begin an interaction for requests that no prompt stands before."""
        self.state.interaction = content_id("codex", self.state.key, "start")
        self._add(self._place(Payload(), offset, line, 0, Origin.UNPROMPTED))

    def _candidate(self, payload: Payload, offset: int, line: bytes) -> Candidate | None:
        if self.state.is_agent:
            return None  # another agent wrote it
        said = prompt_words(payload)
        if not said and not has_picture(payload):
            return None
        print_ = content_id(said) if said else 0
        return self._place(payload, offset, line, print_, Origin.TYPED)

    def _place(
        self, payload: Payload, offset: int, line: bytes, print_: int, origin: Origin
    ) -> Candidate:
        turn = payload.turn_id or ("" if self.state.is_between else self.state.turn)
        time_ms = self.state.time_ms
        return Candidate(offset, len(line), bytes_id(line), time_ms, turn, print_, origin)

    def _commit(self) -> None:
        candidate, self.state.candidate = self.state.candidate, None
        if candidate is not None:
            self._begin(candidate)

    def _begin(self, candidate: Candidate) -> None:
        state, turn = self.state, candidate.turn
        if state.is_agent:
            return
        # After an abort the client may send the same prompt again.
        again = state.was_aborted and candidate.print and candidate.print == state.prompt_print
        state.was_aborted, state.is_quiet, state.is_idle = False, True, False
        state.prompt_print = candidate.print
        if again and state.interaction is not None:
            return
        state.in_turn = state.in_turn + 1 if turn and turn == state.prompt_turn else 0
        state.prompt_turn = turn
        state.interaction = self._identity(candidate)
        state.prompts += 1
        self._add(candidate)

    def _identity(self, candidate: Candidate) -> int:
        state = self.state
        if not candidate.turn:
            return content_id("codex", state.key, str(state.prompts), str(candidate.time_ms))
        nth = (str(state.in_turn),) if state.in_turn else ()
        return content_id("codex", candidate.turn, *nth)

    def _origin(self, candidate: Candidate) -> Origin:
        if candidate.origin is not Origin.TYPED:
            return candidate.origin
        if self.state.in_turn:
            return Origin.QUEUED
        return Origin.SCRIPT if self.state.is_script else Origin.TYPED

    def _add(self, place: Candidate) -> None:
        state = self.state
        if state.interaction is None:
            return
        part = PromptPart(
            id=state.interaction,
            session=state.session,
            time_ms=place.time_ms,
            origin=self._origin(place),
            directory=state.directory,
            branch=state.branch,
            rank=0 if state.parent is None else 1,
            ordinal=state.requests,
            offset=place.offset,
            length=place.length,
            check=place.check,
        )
        self.batch.prompts.append(part)
