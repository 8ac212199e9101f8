"""Follows the requests that Claude Code announces, for those that never got an answer.

Since about 2.1.330 an `api-request` row stands before every answer; the rows of the answer name it
(`requestRef`). What was sent and never answered may have been billed: it is unknown. What the
server refused was not.
"""

from ledger.core.parts import PromptPart
from ledger.importers.claude_code.records import Row
from ledger.importers.claude_code.state import Announced, ReaderState
from ledger.importers.fields import text

MOST_WAITING = 64  # requests of different threads; more never wait at once


Lost = tuple[str, Announced]  # the tool's own id of a request that was never answered


class Announcements:
    """The requests of one file that wait for their answer; they stay in the state."""

    def __init__(self, state: ReaderState) -> None:
        self._state = state

    def send(self, row: Row, interaction: int) -> list[Lost]:
        """Note a request; return what its thread sent before and was not answered."""
        thread = f"{row.agent_id} {row.query_source}"
        given_up = self.give_up(thread)
        if row.id:
            announced = self._state.announced
            model = text(row.params.model) if row.params else ""
            announced[row.id] = Announced(model, thread, self._state.last_ms, interaction)
            while len(announced) > MOST_WAITING:
                del announced[next(iter(announced))]
        return given_up

    def answer(self, row: Row) -> list[Lost]:
        """Note that a request was answered; return it if it was told to have no answer."""
        name = row.request_ref or ""
        request = self._state.announced.pop(name, None)
        return [(name, request)] if request and request.told else []

    def refuse(self) -> list[Lost]:
        """Note that the server refused what was sent last: nothing was billed.

        Returns it if it was told to have no answer.
        """
        if not self._state.announced:
            return []
        name, request = self._state.announced.popitem()
        return [(name, request)] if request.told else []

    def wait(self) -> list[Lost]:
        """Return what has no answer so far, and was not told yet."""
        waiting = [
            (name, request)
            for name, request in self._state.announced.items()
            if request.time_ms and not request.told
        ]
        for _, request in waiting:
            request.told = True
        return waiting

    def begin(self, prompt: PromptPart) -> None:
        """Give requests to a prompt that was written down after they were sent."""
        for request in self._state.announced.values():
            if request.time_ms >= prompt.time_ms:
                request.interaction = prompt.id

    def give_up(self, thread: str = "") -> list[Lost]:
        """Return the requests of a thread, or of all, that nothing can answer any more."""
        announced = self._state.announced
        lost = {
            name: request
            for name, request in announced.items()
            if not thread or request.thread == thread
        }
        for name in lost:
            del announced[name]
        return [(name, request) for name, request in lost.items() if request.time_ms]
