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

    def answer(self, row: Row) -> None:
        """Note that a request was answered."""
        self._state.announced.pop(row.request_ref or "", None)

    def refuse(self) -> None:
        """Note that the server refused what was sent last: nothing was billed."""
        if self._state.announced:
            self._state.announced.popitem()

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
