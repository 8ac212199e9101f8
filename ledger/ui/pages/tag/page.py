"""The Tag page: today's questions, then one card at a time, and one key for each answer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.questions import Questions
from ledger.app.tag_queue import Standing, TagQueue
from ledger.core.edits import Aspect, Changes
from ledger.core.filters import ANY, Filter
from ledger.core.formatting import count
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Tag
from ledger.flows import transcript
from ledger.flows.tagging import queue
from ledger.flows.tagging.questions import BlockQuestion
from ledger.host.settings import DEFAULTS, Settings
from ledger.ui.actions import Handlers, Keys
from ledger.ui.keymap import PageName, Where, tag_command
from ledger.ui.pages.base import Page, Route
from ledger.ui.pages.tag.answer_row import AnswerRow
from ledger.ui.pages.tag.block_list import BlockList
from ledger.ui.pages.tag.question_strip import QuestionStrip
from ledger.ui.pages.tag.round_bar import RoundBar
from ledger.ui.tagging_actions import BulkActions, TagActions
from ledger.ui.widgets.card import InteractionCard
from ledger.ui.widgets.empty_state import EmptyState

ASKING, EMPTY = 0, 1
HIGH = 540  # from this height on there is room for more than the card needs


class TagPage(Page):
    """Asks what became of half-hours drawn by lot, then of what is untagged under the filter."""

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        parent: QWidget | None = None,
        questions: Questions | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model = client, filter_model
        self._stale = True
        self._offers = True  # the first questions, until the person does not want them now
        self.queue = TagQueue(client, filter_model, DEFAULTS.tag_set_size, self)
        self.questions = questions or Questions(client, self)
        self._tagging = TagActions(client, self._current_ids, self)
        self.bulk = BulkActions(client, self._current_ids, self)
        self.bar = RoundBar()
        self.strip = QuestionStrip()
        self.block = BlockList()
        self.card = InteractionCard(client)
        self.answers = AnswerRow()
        self.empty = EmptyState("tag", "", "")
        self._stack = QStackedWidget()
        self._arrange()
        self._bind()
        self._connect()

    def use(self, settings: Settings) -> None:
        """Deal the next set by these settings, and act on these keys."""
        self.queue.set_size = settings.tag_set_size
        self.bar.use(settings.tag_set_size)
        for keys in (self._keys, self._end_keys):
            keys.use(settings.keys)
        self.answers.use(settings.keys)

    def activate(self) -> None:
        """Deal a set when none is under way, and take the keys."""
        if self._stale or self.queue.current is None:
            self._stale = False
            self.queue.deal()
        self._show()

    def ask_about(self, identity: int) -> None:
        """Begin with this interaction."""
        self._stale = False
        self.questions.leave_all()
        self.queue.ask_about(identity)

    @property
    def block_question(self) -> BlockQuestion | None:
        """The question that is asked now; the queue waits until there is none."""
        return self.questions.current

    def _arrange(self) -> None:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.bar, self.strip, self.block):
            column.addWidget(part)
        column.addWidget(self.card, 1)
        column.addWidget(self.answers)
        self._stack.addWidget(asking)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 20)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.card)
        self.card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _handlers(self) -> Handlers:
        tags = {tag_command(tag): partial(self._tag, tag) for tag in Tag}
        return {
            **self._tagging.handlers(),
            **self.bulk.handlers(),
            **tags,
            "suggestion.accept": self._accept,
            "item.skip": self._skip,
            "item.next": self._next,
            "item.previous": self._previous,
            "item.open": self.card.toggle_whole,
            "item.unfold": self.card.unfold,
            "block.next": lambda: self.block.go(1),
            "block.previous": lambda: self.block.go(-1),
            "commit.find": self.card.find_commit,
        }

    def _bind(self) -> None:
        handlers = self._handlers()
        self._keys = Keys(self.card, Where.CARD, handlers, self.card.views)
        ending = {name: handlers[name] for name in ("undo", "item.previous")}
        self._end_keys = Keys(self.empty, Where.CARD, ending)  # the last answer can be undone
        self.answers.acted.connect(lambda command: handlers[command]())

    def _connect(self) -> None:
        self.queue.moved.connect(self._on_moved)
        self.queue.standing_changed.connect(self._on_standing)
        self.questions.moved.connect(lambda _question: self._show())
        self.bar.order_chosen.connect(lambda order: self._deal(lambda: self.queue.use(order=order)))
        self.bar.minutes_chosen.connect(lambda n: self._deal(lambda: self.queue.use(minutes=n)))
        self.strip.begun.connect(self.questions.begin)
        self.strip.left.connect(self._on_left)
        self.block.chosen.connect(self.card.show_interaction)
        self.empty.acted.connect(self._on_empty_acted)
        self._client.frame_changed.connect(self._on_frame)
        self._client.changed.connect(self._on_changed)
        self._filter_model.filter_changed.connect(self._on_filter)

    def _current_ids(self) -> list[int]:
        """Return the interaction that the card shows."""
        shown = self.block.current if self.block_question is not None else self.queue.current
        return [shown] if shown is not None else []

    def _tag(self, tag: Tag) -> None:
        if self.block_question is not None:
            self.questions.answer(tag)
        else:
            self.queue.tag(tag)

    def _accept(self) -> None:
        """Say what is suggested; what nothing is suggested of waits for the person's word."""
        if self.block_question is None:
            self.queue.accept()
        elif (tag := queue.suggested(self._client.frame, self.block_question.ids)) is not None:
            self.questions.answer(tag)

    def _skip(self) -> None:
        self.questions.skip() if self.block_question is not None else self.queue.later()

    def _next(self) -> None:
        self.questions.leave() if self.block_question is not None else self.queue.next()

    def _previous(self) -> None:
        self.questions.come_back() if self.block_question is not None else self.queue.previous()

    def _on_left(self) -> None:
        if self.block_question is not None:
            self.questions.leave_all()
        else:
            self._offers = False
            self._show()
        self._take_keys()

    def _deal(self, deal: Callable[[], None]) -> None:
        deal()
        self._take_keys()

    def _show(self) -> None:
        """Show the question that is asked, else the card of the queue, else why there is none."""
        block_question = self.block_question
        if block_question is not None:
            self._show_question(block_question)
            return
        self.block.setVisible(False)
        self.answers.show_question(is_asked=False)
        self.bar.setVisible(True)
        current = self.queue.current
        self._show_offer()
        if current is None:
            self._show_empty()
            return
        self._stack.setCurrentIndex(ASKING)
        self.card.show_interaction(current)
        self.card.prepare(self.queue.upcoming)
        self._show_suggestion()
        self._on_standing(self.queue.standing)
        self._take_keys()

    def _show_question(self, block_question: BlockQuestion) -> None:
        frame = self._client.frame
        project = frame.names_of_projects.get(block_question.question.project, "")
        self.bar.setVisible(False)
        self.strip.ask(block_question, len(self.questions.waiting), project)
        self.strip.setVisible(True)
        self.answers.show_question(is_asked=True)
        self._stack.setCurrentIndex(ASKING)
        before = self.block.current
        self.block.show_ids(block_question.ids)
        self.block.setVisible(len(block_question.ids) > 1)
        self.block.choose(
            before if before in block_question.ids else self._telling(block_question.ids)
        )
        self._client.ask(lambda store: store.rows(block_question.ids), self._on_rows)
        self._show_suggestion()
        self._take_keys()

    def _telling(self, ids: tuple[int, ...]) -> int:
        """Return the interaction whose suggestion the block's rests on, else the first."""
        frame = self._client.frame
        best = queue.suggested(frame, ids)
        return next((i for i in ids if best and queue.suggested(frame, (i,)) is best), ids[0])

    def _on_rows(self, rows: list[InteractionRow]) -> None:
        self.block.show_rows(rows)
        self._client.read(lambda: transcript.masked_prompts(rows), self._on_prompts)

    def _on_prompts(self, prompts: dict[int, transcript.Prompt]) -> None:
        self.block.show_prompts({i: prompt.text or prompt.missing for i, prompt in prompts.items()})

    def _show_offer(self) -> None:
        offers = self._offers and self.questions.may_begin
        if offers:
            self.strip.offer()
        self.strip.setVisible(offers)

    def _show_suggestion(self) -> None:
        ids = self.block_question.ids if self.block_question is not None else self._current_ids()
        self.answers.show_suggestion(queue.suggested(self._client.frame, ids))

    def _on_moved(self, _identity: int | None) -> None:
        if self.block_question is None:
            self._show()

    def _on_standing(self, standing: Standing) -> None:
        if self.block_question is None:
            self.bar.show_standing(standing, self.queue.minutes)
        if self._stack.currentIndex() == EMPTY:  # the last answer is on disk a moment later
            self._tell_empty(standing)

    def _on_changed(self, changes: Changes) -> None:
        if changes.any_of(Aspect.EVIDENCE | Aspect.TAGS):
            self._show_suggestion()

    def _on_frame(self) -> None:
        if self.isVisible() and self.queue.current is None and not self.queue.standing.size:
            self.queue.deal()

    def _on_filter(self, _filter: Filter) -> None:
        self._stale = True
        if self.isVisible():
            self.activate()

    def _show_empty(self) -> None:
        self._tell_empty(self.queue.standing)
        self._stack.setCurrentIndex(EMPTY)
        self._take_keys()

    def _tell_empty(self, standing: Standing) -> None:
        if standing.waiting and standing.size:
            self._tell_done(standing)
        elif not len(self._client.frame):
            self.empty.tell(
                "There is nothing to tag yet",
                "No interactions were found on this machine.",
                "See where we looked",
            )
        elif self._filter_model.filter != ANY:
            self.empty.tell(
                "Everything that passes the filter is tagged",
                "Clear the filter to see what else waits.",
                "Clear the filter",
            )
        else:
            self.empty.tell("Everything is tagged", "New interactions will wait here.", "")

    def _tell_done(self, standing: Standing) -> None:
        minutes = self.queue.minutes
        more = f"Tag {min(self.queue.set_size, standing.waiting)} more"
        self.empty.tell(
            f"{minutes} minutes are over" if minutes else "This set is done",
            f"{standing.done} tagged. {standing.waiting:,} more wait; stop whenever you like.",
            f"Another {count(minutes, 'minute')}" if minutes else more,
        )

    def _on_empty_acted(self) -> None:
        if self.queue.standing.waiting:
            self.queue.deal()
        elif not len(self._client.frame):
            self.requested.emit(Route(PageName.SOURCES))
        else:
            self._filter_model.set(ANY)

    def _take_keys(self) -> None:
        if self.isVisible():
            (self.card if self._stack.currentIndex() == ASKING else self.empty).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a low window to the card."""
        super().resizeEvent(event)
        self.strip.use_little(self.height() < HIGH)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.activate()
