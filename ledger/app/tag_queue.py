"""The round of tagging: which interaction is asked about now, and what was said so far."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from ledger.app.session import Session
from ledger.app.view import View
from ledger.core.edits import Changes, Edit, SetIntents, SetTags
from ledger.core.words import Intent, Tag
from ledger.flows import judging


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the round is."""

    done: int
    size: int  # of this set; 0 when nothing waits
    waiting: int  # untagged interactions that pass the filter, this set included
    saving: int  # answers not on disk yet


class TagQueue(QObject):
    """Asks about untagged interactions in sets, newest first.

    Signals:
        moved(object): the id to ask about now; None when the set or the queue is at its end.
        standing_changed(Standing): how far the round is.
    """

    moved = Signal(object)
    standing_changed = Signal(object)

    def __init__(
        self, session: Session, view: View, set_size: int = 10, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self.set_size = session, view, set_size
        self._set: list[int] = []
        self._place = 0
        self._answered: dict[int, bool] = {}  # id -> whether the answer is on disk
        session.changed.connect(self._on_changed)
        session.failed.connect(self._on_failed)

    @property
    def current(self) -> int | None:
        """The interaction that is asked about."""
        return self._set[self._place] if 0 <= self._place < len(self._set) else None

    @property
    def standing(self) -> Standing:
        """How far the round is."""
        open_ones = sum(1 for identity in self._set if identity not in self._answered)
        waiting = judging.waiting(self._session.frame, self._view.filter)
        saving = sum(not saved for saved in self._answered.values())
        return Standing(len(self._set) - open_ones, len(self._set), waiting, saving)

    def deal(self) -> None:
        """Begin a new set from what waits now."""
        self._set = judging.queue(self._session.frame, self._view.filter, self.set_size)
        self._place = 0
        self._answered = {}
        self._tell()

    def ask_about(self, identity: int) -> None:
        """Begin a set with this interaction."""
        rest = judging.queue(self._session.frame, self._view.filter, self.set_size)
        self._set = [identity, *(i for i in rest if i != identity)][: self.set_size]
        self._place = 0
        self._answered = {}
        self._tell()

    def tag(self, tag: Tag) -> None:
        """Say what became of the current one, and go on."""
        if self.current is not None:
            self._answer(SetTags(((self.current, tag),)))

    def experiment(self) -> None:
        """Say that the current one was an experiment; its tag is still asked for."""
        if self.current is not None:
            self._session.do(SetIntents(((self.current, Intent.EXPERIMENT),)))

    def next(self) -> None:
        """Leave the current one for later."""
        self._go(self._place + 1)

    def previous(self) -> None:
        """Go back to the one before."""
        self._go(self._place - 1)

    def _answer(self, edit: Edit) -> None:
        assert self.current is not None  # noqa: S101 - narrowed by the callers
        self._answered[self.current] = False
        self._session.do(edit)
        self._go(self._next_open())

    def _next_open(self) -> int:
        rest = range(self._place + 1, len(self._set))
        return next((n for n in rest if self._set[n] not in self._answered), len(self._set))

    def _go(self, place: int) -> None:
        self._place = max(0, min(place, len(self._set)))
        self._tell()

    def _tell(self) -> None:
        self.moved.emit(self.current)
        self.standing_changed.emit(self.standing)

    def _on_changed(self, changes: Changes) -> None:
        if not (changes.tags or changes.interactions):
            return
        frame = self._session.frame
        for identity in list(self._answered):
            if changes.ids is not None and identity not in changes.ids:
                continue
            if frame.tag[frame.positions((identity,))].any():
                self._answered[identity] = True
            else:  # undone: ask again
                del self._answered[identity]
                self._place = self._set.index(identity)
                self.moved.emit(self.current)
        if not self._set and judging.waiting(frame, self._view.filter):
            self.deal()
        self.standing_changed.emit(self.standing)

    def _on_failed(self, _error: object) -> None:
        """Ask again about every answer that did not reach the disk."""
        unsaved = [identity for identity, saved in self._answered.items() if not saved]
        for identity in unsaved:
            del self._answered[identity]
        if unsaved:
            self._go(self._set.index(unsaved[0]))
