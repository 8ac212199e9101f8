"""The open ledger on its thread: the store, its history, and the frame that figures read."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.core.columns import Columns
from ledger.core.edits import Applied, Changes, Edit, SetTags
from ledger.core.parts import Reading
from ledger.flows.editing import Clock, History
from ledger.metrics.frame import Frame
from ledger.store.store import Store

EVERYTHING = Changes(
    tags=True, intents=True, labels=True, notes=True, interactions=True, sources=True, ids=None
)
MOST_PATCHED = 20_000  # beyond this many touched interactions a fresh frame is quicker


@dataclass(frozen=True, slots=True)
class News:
    """What an action changed, and the frame that shows it; frozen, so it may cross threads."""

    changes: Changes
    frame: Frame
    undo_title: str = ""
    redo_title: str = ""


class Desk:
    """Everything a person's action needs, in one place and on one thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.history = History(store, clock)
        self.frame = Frame.of(Columns())
        self._stamp = -1

    def load(self) -> News:
        """Read the whole ledger into a frame."""
        return self._fresh(EVERYTHING)

    def do(self, edit: Edit) -> News:
        """Apply an edit; it is on disk when this returns."""
        return self._after(self.history.do(edit), edit)

    def undo(self) -> News:
        """Take the newest edit back."""
        return self._after(self.history.undo())

    def redo(self) -> News:
        """Apply the edit again that was undone last."""
        return self._after(self.history.redo())

    def add(self, readings: Sequence[Reading]) -> Changes:
        """Store what was read from logs; the frame stays until `show` is called."""
        before = self._stamp == self.store.stamp()
        changes = self.store.add(readings)
        if before:
            self._stamp = self.store.stamp()
        return changes

    def show(self, changes: Changes) -> News:
        """Bring the frame up to date with changes that were stored."""
        if self._stamp != self.store.stamp():
            return self._fresh(changes)
        if not changes.ids and changes.ids is not None:
            return self._news(changes)
        if changes.ids is None or len(changes.ids) > MOST_PATCHED:
            return self._fresh(changes)
        patch = self.store.columns_of(changes.ids)
        self.frame = self.frame.patched(patch, changes.ids - frozenset(patch.id))
        return self._news(changes)

    def catch_up(self) -> News | None:
        """Show what another program wrote; None when nothing did."""
        return self._fresh(EVERYTHING) if self._stamp != self.store.stamp() else None

    def close(self) -> None:
        """Close the ledger; what the frame knows is kept for the next start."""
        try:
            if self._stamp >= 0 and self._stamp == self.store.stamp():
                self.store.save_columns(lambda: self.frame.columns(self._stamp))
        finally:
            self.store.close()

    def _after(self, applied: Applied | None, edit: Edit | None = None) -> News:
        if applied is None:
            return self._news(Changes())
        known = self._stamp == self.store.stamp() - 1
        if not known:
            return self._fresh(applied.changes)
        self._stamp += 1
        tags = {tag for _, tag in edit.values} if isinstance(edit, SetTags) else set()
        if isinstance(edit, SetTags) and len(tags) == 1:
            self.frame = self.frame.with_tags([i for i, _ in edit.values], int(tags.pop() or 0))
            return self._news(applied.changes)
        return self.show(applied.changes)

    def _fresh(self, changes: Changes) -> News:
        columns = self.store.columns()
        self._stamp = columns.stamp
        self.frame = Frame.of(columns)
        return self._news(changes)

    def _news(self, changes: Changes) -> News:
        return News(changes, self.frame, *self.history.titles())
