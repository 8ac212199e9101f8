"""Every change a person makes, and the way back: one road for do, undo and redo."""

from collections.abc import Callable

from ledger.core.edits import Applied, Edit, title_of
from ledger.store.store import Store

Clock = Callable[[], int]  # milliseconds since 1970 UTC


class History:
    """Applies edits to the store and takes them back; what can be undone survives a restart."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def now_ms(self) -> int:
        """Return the moment that an edit made now would carry."""
        return self._clock()

    def do(self, edit: Edit) -> Applied:
        """Apply the edit; it is on disk when this returns."""
        return self._store.apply(edit, time_ms=self._clock())

    def undo(self) -> Applied | None:
        """Take the newest edit back that is not undone; None when there is none."""
        return self._again("undo", self._store.undo_target())

    def redo(self) -> Applied | None:
        """Apply the edit again that was undone last; None when there is none."""
        return self._again("redo", self._store.redo_target())

    def titles(self) -> tuple[str, str]:
        """Say what undo and redo would do; "" where there is nothing."""
        undo, redo = self._store.undo_target(), self._store.redo_target()
        done = self._store.entry(undo[0]) if undo else None
        return (done.title if done else "", title_of(redo[1]) if redo else "")

    def _again(self, role: str, target: tuple[int, Edit] | None) -> Applied | None:
        if target is None:
            return None
        seq, edit = target
        return self._store.apply(edit, time_ms=self._clock(), role=role, target=seq)
