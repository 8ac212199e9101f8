"""The Tag page: one card at a time, one key for each answer."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from ledger.app.session import Session
from ledger.app.tag_queue import Standing, TagQueue
from ledger.app.view import View
from ledger.core.edits import Changes
from ledger.core.filters import ANY, Filter
from ledger.core.words import Tag
from ledger.host.settings import DEFAULTS, Settings
from ledger.ui.actions import Keys
from ledger.ui.judge import Judge
from ledger.ui.keymap import Where, key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.card import InteractionCard
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.widgets.flow_layout import FlowLayout
from ledger.ui.widgets.plain import PlainLabel

ANSWERS = ((Tag.KEPT, "tag.kept", "kept"), (Tag.EDITED, "tag.edited", "edited"),
           (Tag.THROWN_AWAY, "tag.thrown_away", "thrown-away"))  # fmt: skip


class TagPage(QWidget):
    """Asks what became of each untagged interaction that passes the filter.

    Signals:
        sources_requested(): the person wants to see why nothing is here.
    """

    title = "Tag"
    sources_requested = Signal()

    def __init__(self, session: Session, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._session, self._view = session, view
        self._stale = True
        self.queue = TagQueue(session, view, DEFAULTS.tag_set_size, self)
        self._judge = Judge(session, self._chosen, self)
        self._card = InteractionCard(session)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setAccessibleName("How far this set is")
        self._standing = PlainLabel(step=Type.CAPTION, ink="text_soft")
        self._buttons: dict[str, tuple[Button, str]] = {}  # by command, with the words on it
        self._empty = EmptyState("tag", "", "")
        self._stack = QStackedWidget()
        self._arrange()
        self._bind()
        self.queue.moved.connect(self._on_moved)
        self.queue.standing_changed.connect(self._on_standing)
        session.frame_changed.connect(self._on_frame)
        session.changed.connect(self._on_changed)
        view.filter_changed.connect(self._on_filter)

    def use(self, settings: Settings) -> None:
        """Deal the next set by these settings, and act on these keys."""
        self.queue.set_size = settings.tag_set_size
        self._keys.use(settings.keys)
        for command, (button, words) in self._buttons.items():
            button.set_words(f"{words} ({key_of(command, Where.CARD, settings.keys)})")

    def activate(self) -> None:
        """Deal a set when none is under way, and take the keys."""
        if self._stale or self.queue.current is None:
            self._stale = False
            self.queue.deal()
        self._take_keys()

    def ask_about(self, identity: int) -> None:
        """Begin with this interaction."""
        self._stale = False
        self.queue.ask_about(identity)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._progress, 1)
        top.addWidget(self._standing)
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._card, 1)
        column.addWidget(self._answers())
        self._stack.addWidget(asking)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 20)
        layout.addWidget(self._stack)
        self.setFocusProxy(self._card)
        self._card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _answers(self) -> QWidget:
        answers = QWidget()
        row = FlowLayout(answers)
        for tag, command, icon in ANSWERS:
            words = f"{tag.title.capitalize()} ({key_of(command, Where.CARD)})"
            button = Button(words, "plain", icon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, chosen=tag: self.queue.tag(chosen))
            self._buttons[command] = (button, tag.title.capitalize())
            row.addWidget(button)
        for words, command, act in (
            ("Experiment", "intent.toggle", self._judge.toggle_experiment),
            ("Label", "label.edit", self._judge.edit_labels),
            ("Note", "note.edit", self._judge.edit_note),
            ("Later", "item.skip", self.queue.next),
        ):
            button = Button(f"{words} ({key_of(command, Where.CARD)})", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, do=act: do())
            self._buttons[command] = (button, words)
            row.addWidget(button)
        return answers

    def _bind(self) -> None:
        handlers = dict(self._judge.handlers())
        for tag, command, _icon in ANSWERS:
            handlers[command] = partial(self.queue.tag, tag)
        handlers["item.skip"] = handlers["item.next"] = self.queue.next
        handlers["item.previous"] = self.queue.previous
        handlers["item.open"] = self._card.toggle_whole
        self._keys = Keys(self._card, Where.CARD, handlers)
        self._empty.acted.connect(self._on_empty_acted)

    def _chosen(self) -> list[int]:
        return [self.queue.current] if self.queue.current is not None else []

    def _on_moved(self, identity: int | None) -> None:
        if identity is None:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        self._card.show_interaction(identity)
        self._take_keys()

    def _on_standing(self, standing: Standing) -> None:
        self._progress.setRange(0, max(1, standing.size))
        self._progress.setValue(standing.done)
        saving = "   saving …" if standing.saving else ""
        far = f"{standing.done} of {standing.size}   {standing.waiting} wait"
        self._standing.setText(far + saving)
        if self._stack.currentIndex() == 1:  # the last answer is on disk a moment later
            self._tell_empty(standing)

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.ids
        current = self.queue.current
        if current is not None and (touched is None or current in touched):
            self._card.show_interaction(current)

    def _on_frame(self) -> None:
        if self.isVisible() and self.queue.current is None and not self.queue.standing.size:
            self.queue.deal()

    def _on_filter(self, _chosen: Filter) -> None:
        self._stale = True
        if self.isVisible():
            self.activate()

    def _show_empty(self) -> None:
        self._tell_empty(self.queue.standing)
        self._stack.setCurrentIndex(1)
        self._take_keys()

    def _tell_empty(self, standing: Standing) -> None:
        if standing.waiting and standing.size:
            self._empty.tell(
                "This set is done",
                f"{standing.done} tagged. {standing.waiting} more wait; stop whenever you like.",
                f"Tag {min(self.queue.set_size, standing.waiting)} more",
            )
        elif not len(self._session.frame):
            self._empty.tell(
                "There is nothing to tag yet",
                "No interactions were found on this machine.",
                "See where we looked",
            )
        elif self._view.filter != ANY:
            self._empty.tell(
                "Everything that passes the filter is tagged",
                "Clear the filter to see what else waits.",
                "Clear the filter",
            )
        else:
            self._empty.tell("Everything is tagged", "New interactions will wait here.", "")

    def _on_empty_acted(self) -> None:
        if self.queue.standing.waiting:
            self.queue.deal()
        elif not len(self._session.frame):
            self.sources_requested.emit()
        else:
            self._view.set(ANY)

    def _take_keys(self) -> None:
        if self.isVisible():
            (self._card if self._stack.currentIndex() == 0 else self._empty).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.activate()
