"""The open ledger on its thread: store, history of edits, and the frame that figures read."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Generic, TypeVar

from ledger.core.columns import Columns
from ledger.core.edits import (
    NO_ASPECT,
    TAG,
    Applied,
    Aspect,
    Changes,
    Edit,
    SetValues,
    set_tags,
    title_of,
)
from ledger.core.parts import Reading
from ledger.core.vocabulary import Tag
from ledger.flows.importing.adding import add_readings
from ledger.flows.tagging import questions, suggestions
from ledger.flows.tagging.questions import BlockQuestion
from ledger.flows.tagging.suggestions import Learned
from ledger.metrics.frame import Frame
from ledger.store.store import Store

Clock = Callable[[], int]  # milliseconds since 1970 UTC
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
EVERYTHING = Changes(~NO_ASPECT, ids=None)
QUESTIONS_CHANGED = Changes(Aspect.EVIDENCE)  # questions came, or were answered
MOST_PATCHED = 20_000  # beyond this many touched interactions a fresh frame is quicker


class EditHistory:
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
        return self._reapply("undo", self._store.undo_target())

    def redo(self) -> Applied | None:
        """Apply the edit again that was undone last; None when there is none."""
        return self._reapply("redo", self._store.redo_target())

    def titles(self) -> tuple[str, str]:
        """Say what undo and redo would do; "" where there is nothing."""
        undo, redo = self._store.undo_target(), self._store.redo_target()
        done = self._store.entry(undo[0]) if undo else None
        return (done.title if done else "", title_of(redo[1]) if redo else "")

    def _reapply(self, role: str, target: tuple[int, Edit] | None) -> Applied | None:
        if target is None:
            return None
        seq, edit = target
        return self._store.apply(edit, time_ms=self._clock(), role=role, target=seq)


@dataclass(frozen=True, slots=True)
class Update:
    """What an action changed, and the frame that shows it; frozen, so it may cross threads."""

    changes: Changes
    frame: Frame
    undo_title: str = ""
    redo_title: str = ""


class Workspace:
    """Everything a person's action needs, in one place and on one thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.history = EditHistory(store, clock)
        self.frame = Frame.of(Columns())
        self._stamp = -1
        self._new: set[int] = set()  # interactions that were written and are not in the frame yet
        self._revised: set[int] = set()  # those of which only what the frame says beside is older

    def load(self) -> Update:
        """Read the whole ledger into a frame."""
        return self._reload(EVERYTHING)

    def do(self, edit: Edit) -> Update:
        """Apply an edit; it is on disk when this returns."""
        return self._update_after(self.history.do(edit), edit)

    def undo(self) -> Update:
        """Take the newest edit back."""
        return self._update_after(self.history.undo())

    def redo(self) -> Update:
        """Apply the edit again that was undone last."""
        return self._update_after(self.history.redo())

    def draw(self, a_day: int, hour: int) -> Update | None:
        """Draw today's questions when their hour has come; None when nothing is due."""
        self.catch_up()
        now, commits_before = self.history.now_ms(), self.store.commits
        if not a_day or not questions.is_due(self.store, now, time(hour)):
            return None
        return (
            self._refresh_questions(commits_before)
            if questions.draw_daily(self.store, self.frame, now, a_day)
            else None
        )

    def draw_first(self, days: int = questions.FIRST_DAYS) -> Update:
        """Draw from everything of the last days that was never considered."""
        self.catch_up()
        commits_before = self.store.commits
        questions.draw_first(self.store, self.frame, self.history.now_ms(), days=days)
        return self._refresh_questions(commits_before)

    def questions(self) -> list[BlockQuestion]:
        """Return the questions that are open."""
        return questions.open_questions(self.store, self.frame, self.history.now_ms())

    def answer(self, block_question: BlockQuestion, tag: Tag) -> Update:
        """Tag what is untagged of a block; then, and only then, the question is answered."""
        update = self.do(set_tags((identity, tag) for identity in block_question.untagged))
        return self._record_answer(block_question, update.changes, is_skipped=False)

    def skip(self, block_question: BlockQuestion) -> Update:
        """Leave a question unanswered for good; its block stays unknown."""
        self.catch_up()
        return self._record_answer(block_question, Changes(), is_skipped=True)

    def learnt(self) -> Learned:
        """Return what the person's sampled answers taught about suggestions."""
        return suggestions.learn(self.store, self.frame, self.history.now_ms())

    def suggest(self, ids: Collection[int], learned: Learned) -> Changes:
        """Store what the evidence suggests for interactions; the frame stays until `show`."""
        return self.write(lambda store: suggestions.suggest(store, self.frame, ids, learned))

    def add(self, readings: Sequence[Reading]) -> Changes:
        """Store what was read from logs; the frame stays until `show` is called."""
        return self.write(lambda store: add_readings(store, readings))

    def write(self, work: Callable[[Store], Changes]) -> Changes:
        """Have something derived written; the frame stays until `show` is called."""
        commits_before = self.store.commits
        changes = work(self.store)
        self._sync_stamp(commits_before)
        if changes.ids is None:
            self._stamp = -1
        else:
            is_new = changes.any_of(Aspect.INTERACTIONS)
            (self._new if is_new else self._revised).update(changes.ids)
        return changes

    def show(self, changes: Changes) -> Update:
        """Bring the frame up to date with changes that were stored."""
        if self._stamp != self.store.stamp():
            return self._reload(changes)
        if not changes.ids and changes.ids is not None:
            return self._update(changes)
        if changes.ids is None or len(changes.ids) > MOST_PATCHED:
            return self._reload(changes)
        patch = self.store.columns_of(changes.ids)
        is_new = changes.any_of(Aspect.INTERACTIONS) or not self._new.isdisjoint(changes.ids)
        merge = self.frame.patched if is_new else self.frame.revised
        self.frame = merge(patch, changes.ids - frozenset(patch.id)).warm()
        self._new -= changes.ids
        self._revised -= changes.ids
        return self._update(changes)

    def catch_up(self) -> Update | None:
        """Show what another program wrote; None when nothing did."""
        return self._reload(EVERYTHING) if self._stamp != self.store.stamp() else None

    def close(self) -> None:
        """Close the ledger; what the frame knows is kept for the next start."""
        try:
            self._show_pending()
            if self._stamp >= 0 and self._stamp == self.store.stamp():
                self.store.save_columns(lambda: self.frame.columns(self._stamp))
        finally:
            self.store.close()

    def _show_pending(self) -> None:
        """Show what was written and never shown; what is very much is left to the next start."""
        pending = self._new | self._revised
        if len(pending) > MOST_PATCHED:
            self._stamp = -1
        elif pending and self._stamp == self.store.stamp():
            added = Changes.of(Aspect.INTERACTIONS, self._new)
            self.show(added | Changes.of(Aspect.EVIDENCE, pending))

    def _record_answer(
        self, block_question: BlockQuestion, changes: Changes, *, is_skipped: bool
    ) -> Update:
        question = block_question.question
        answered = None if is_skipped else self.history.now_ms()
        commits_before = self.store.commits
        self.store.evidence.answer_question(
            question.project, question.half_hour, answered_ms=answered, skipped=is_skipped
        )
        return self._refresh_questions(commits_before, changes)

    def _refresh_questions(
        self, commits_before: int, changes: Changes = QUESTIONS_CHANGED
    ) -> Update:
        """Let the frame know the questions as they are now."""
        if not self._sync_stamp(commits_before):
            return self._reload(EVERYTHING)
        self.frame = self.frame.with_questions(self.store.evidence.questions())
        return self._update(changes | QUESTIONS_CHANGED)

    def _sync_stamp(self, commits_before: int) -> bool:
        """Take what was committed here since then for known; False when others wrote between."""
        stamp, expected = self.store.stamp(), self._stamp + self.store.commits - commits_before
        if stamp == expected:
            self._stamp = stamp
        return stamp == expected

    def _update_after(self, applied: Applied | None, edit: Edit | None = None) -> Update:
        if applied is None:
            return self._update(Changes())
        is_current = self._stamp == self.store.stamp() - 1
        if not is_current:
            return self._reload(applied.changes)
        self._stamp += 1
        if isinstance(edit, SetValues) and edit.attribute is TAG:
            tags = {tag for _, tag in edit.values}
            if len(tags) == 1:
                self.frame = self.frame.with_tags([i for i, _ in edit.values], tags.pop())
                return self._update(applied.changes)
        return self.show(applied.changes)

    def _reload(self, changes: Changes) -> Update:
        columns = self.store.columns()
        self._stamp = columns.stamp
        self._new.clear()
        self._revised.clear()
        self.frame = Frame.of(columns).with_questions(self.store.evidence.questions()).warm()
        return self._update(changes)

    def _update(self, changes: Changes) -> Update:
        return Update(changes, self.frame, *self.history.titles())


class LRUCache(Generic[K, V]):
    """Values by key; the one not asked for the longest goes first when the capacity is used up."""

    def __init__(self, capacity: int, size: Callable[[V], int] = lambda _: 1) -> None:
        self._capacity = capacity
        self._size = size
        self._used = 0
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made when it is not here."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        value = make()
        self._values[key] = value
        self._used += self._size(value)
        while self._used > self._capacity and len(self._values) > 1:
            self._used -= self._size(self._values.popitem(last=False)[1])
        return value
