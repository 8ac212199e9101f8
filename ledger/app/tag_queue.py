"""The round of tagging: which interaction is asked about now, and what was said so far."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Aspect, Changes, Edit, set_tags
from ledger.core.vocabulary import Tag
from ledger.flows.tagging import queue
from ledger.flows.tagging.queue import Order

MINUTE_S = 60
TICK_MS = 1_000
MOST_IN_TIME = 2_000  # cards of a set that ends by the clock: nobody answers more in ten minutes


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the round is."""

    done: int
    size: int  # of this set; 0 when nothing waits
    waiting: int  # untagged interactions that pass the filter, this set included
    saving: int  # answers not on disk yet
    left_s: int | None = None  # until the set ends by the clock; None when it does not


class TagQueue(QObject):
    """Asks about untagged interactions in sets: of some cards, or of some minutes.

    Signals:
        moved(object): the id to ask about now; None when the set or the queue is at its end.
        standing_changed(Standing): how far the round is.
    """

    moved = Signal(object)
    standing_changed = Signal(object)

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        set_size: int = 10,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model, self._clock = client, filter_model, clock
        self.set_size = set_size
        self.minutes = 0  # 0: a set ends by its number of cards
        self.order = Order.NEWEST
        self._set: list[int] = []
        self._place = 0
        self._ends: float | None = None
        self._answered: dict[int, bool] = {}  # id -> whether the answer is on disk
        self._later: dict[int, None] = {}  # asked about after everything else
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        client.changed.connect(self._on_changed)
        client.failed.connect(self._on_failed)
        client.closed.connect(self._tick.stop)

    @property
    def current(self) -> int | None:
        """The interaction that is asked about."""
        return self._set[self._place] if 0 <= self._place < len(self._set) else None

    @property
    def upcoming(self) -> int | None:
        """The interaction that an answer leads to."""
        place = self._next_open()
        return self._set[place] if place < len(self._set) else None

    @property
    def standing(self) -> Standing:
        """How far the round is."""
        done = sum(1 for identity in self._set if identity in self._answered)
        waiting = queue.waiting_ids(self._client.frame, self._filter_model.filter)
        saving = sum(not saved for saved in self._answered.values())
        left = None if self._ends is None else max(0, round(self._ends - self._clock()))
        return Standing(done, len(self._set), waiting, saving, left)

    def deal(self) -> None:
        """Begin a new set from what waits now."""
        self._begin(self._waiting())

    def ask_about(self, identity: int) -> None:
        """Begin a set with this interaction."""
        self._begin([identity, *(i for i in self._waiting() if i != identity)][: self._most])

    def use(self, *, order: Order | None = None, minutes: int | None = None) -> None:
        """Begin a new set in another order, or one of so many minutes; 0 minutes: of cards."""
        self.order = self.order if order is None else order
        self.minutes = self.minutes if minutes is None else minutes
        self.deal()

    def tag(self, tag: Tag) -> None:
        """Say what became of the current one, and go on."""
        if self.current is not None:
            self._answer(set_tags(((self.current, tag),)))

    def accept(self) -> None:
        """Say what the evidence suggests of the current one, and go on; nothing without it."""
        if self.current is not None:
            tag = queue.suggested(self._client.frame, (self.current,))
            if tag is not None:
                self.tag(tag)

    def later(self) -> None:
        """Ask about the current one after everything else."""
        if self.current is not None:
            self._later.pop(self.current, None)
            self._later[self.current] = None
            self.next()

    def next(self) -> None:
        """Go on and leave the current one as it is."""
        self._go(self._place + 1)

    def previous(self) -> None:
        """Go back to the one before."""
        self._go(self._place - 1)

    @property
    def _most(self) -> int:
        return MOST_IN_TIME if self.minutes else self.set_size

    def _waiting(self) -> list[int]:
        frame, filter_ = self._client.frame, self._filter_model.filter
        return queue.queue(frame, filter_, self._most, self.order, self._later)

    def _begin(self, ids: list[int]) -> None:
        self._set, self._place, self._answered = ids, 0, {}
        is_timed = bool(self.minutes and ids)
        self._ends = self._clock() + self.minutes * MINUTE_S if is_timed else None
        self._tick.start() if is_timed else self._tick.stop()
        self._tell()

    def _answer(self, edit: Edit) -> None:
        assert self.current is not None  # noqa: S101 - narrowed by the callers
        self._answered[self.current] = False
        self._later.pop(self.current, None)
        self._client.do(edit)
        self._go(self._next_open())

    def _next_open(self) -> int:
        """Return the place of the next card nobody answered, on this page or elsewhere."""
        frame = self._client.frame
        for place in range(self._place + 1, len(self._set)):
            identity = self._set[place]
            if identity not in self._answered and not frame.tag[frame.positions((identity,))].any():
                return place
        return len(self._set)

    def _go(self, place: int) -> None:
        is_over = self._ends is not None and self._clock() >= self._ends
        self._place = len(self._set) if is_over else max(0, min(place, len(self._set)))
        self._tell()

    def _tell(self) -> None:
        if self.current is None:
            self._tick.stop()
        self.moved.emit(self.current)
        self.standing_changed.emit(self.standing)

    def _on_tick(self) -> None:
        """Tell the time; the card that is being read stays until it is answered."""
        self.standing_changed.emit(self.standing)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.any_of(Aspect.TAGS | Aspect.INTERACTIONS):
            return
        frame, current = self._client.frame, self.current
        for identity in list(self._answered):
            if changes.ids is not None and identity not in changes.ids:
                continue
            if frame.tag[frame.positions((identity,))].any():
                self._answered[identity] = True
            else:  # undone: ask again
                del self._answered[identity]
                self._place = self._set.index(identity)
                self.moved.emit(self.current)
        if changes.any_of(Aspect.TAGS) and self.current is not None and self.current == current:
            self._follow(current, changes)
        if not self._set and queue.waiting_ids(frame, self._filter_model.filter):
            self.deal()
        self.standing_changed.emit(self.standing)

    def _follow(self, current: int, changes: Changes) -> None:
        """Go on when the card was answered elsewhere: with its session, or in the list."""
        is_touched = changes.ids is not None and current in changes.ids
        frame = self._client.frame
        if not is_touched or current in self._answered:
            return
        if frame.tag[frame.positions((current,))].any():
            self._answered[current] = True
            self._go(self._next_open())

    def _on_failed(self, _error: object) -> None:
        """Ask again about every answer that did not reach the disk."""
        unsaved = [identity for identity, saved in self._answered.items() if not saved]
        for identity in unsaved:
            del self._answered[identity]
        if unsaved:
            self._go(self._set.index(unsaved[0]))
