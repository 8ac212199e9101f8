"""Says what Codex itself counted for a thread, as far as a rollout tells it for itself alone."""

from ledger.core.parts import Batch, TotalPart
from ledger.importers.codex.state import ReaderState
from ledger.importers.codex.usage import Counters, spend


class Totals:
    """Adds one total per rollout: the thread's count, without what it was when the file began.

    A thread that went back is written on in another file, whose count begins where it went back
    to; the totals of its files add up to all that the thread used. A fork that holds a copy of its
    parent's lines says no total: its count does not tell how much of it was the parent's.
    """

    def __init__(self, state: ReaderState, batch: Batch) -> None:
        self.state, self.batch = state, batch
        self._latest: TotalPart | None = None

    def note(self, total: Counters, last: Counters | None, offset: int, length: int) -> None:
        """Take the thread's count as a row tells it, with what was counted last."""
        state = self.state
        if state.parent is not None and not state.inherits:
            return
        if state.meter.restarted:  # several agents count in one file
            return
        if state.inherits and state.base is None:
            if last is None or not total.covers(last):
                return
            state.base = total.minus(last)
        if state.base is not None:
            if not total.covers(state.base):
                return
            total = total.minus(state.base)
        spent = spend(total)
        names = ("total", str(state.base_ordinal)) if state.inherits else ("total",)
        part = TotalPart(
            id=state.ids.inside(*names),
            session=state.session,
            time_ms=state.time_ms,
            model="",
            requests=-1,
            input=spent.input,
            cache_read=spent.cache_read,
            cache_write=spent.cache_write,
            output=spent.output,
            micro_dollars=-1,
            offset=offset,
            length=length,
        )
        if self._latest is None or _weight(part) > _weight(self._latest):
            self._latest = part

    def finish(self) -> None:
        """Add the last total of the stretch."""
        if self._latest is not None:
            self.batch.totals.append(self._latest)


def _weight(part: TotalPart) -> tuple[int, ...]:
    """Return what decides which of two totals holds, as the store joins them."""
    return (part.time_ms, part.output, part.input, part.cache_read, part.cache_write, part.offset)
