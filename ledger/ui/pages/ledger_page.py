"""The Ledger page: every interaction in a table of any size, and one of them whole beside it."""

from functools import partial

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ledger.app.interactions_model import SORTABLE, Column, InteractionsModel
from ledger.app.session import Session
from ledger.app.view import View
from ledger.core.edits import Changes
from ledger.core.filters import ANY
from ledger.core.words import Tag
from ledger.flows import ordering
from ledger.flows.phrasing import count
from ledger.host.settings import Settings
from ledger.ui.actions import Keys
from ledger.ui.judge import Judge
from ledger.ui.keymap import Where, key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.card import InteractionCard
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.widgets.interaction_table import InteractionTable
from ledger.ui.widgets.plain import PlainLabel

CALM_MS = 50


class LedgerPage(QWidget):
    """Browse, sort, group, open and tag interactions, one or many at once.

    Signals:
        sources_requested(): the person wants to see why nothing is here.
    """

    title = "Ledger"
    sources_requested = Signal()

    def __init__(self, session: Session, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._session, self._view = session, view
        self._by, self._falling, self._stale = Column.TIME, True, True
        self._model = InteractionsModel(session, self)
        self.table = InteractionTable(self._model)
        self.card = InteractionCard(session)
        self._count = PlainLabel(step=Type.CAPTION, ink="text_soft")
        self._grouped = QCheckBox("Group by session")
        self._close = Button("Close", "quiet", "close", key=key_of("item.close", Where.LIST))
        self._judge = Judge(session, self.table.chosen_ids, self)
        self._empty = EmptyState("ledger", "", "")
        self._stack = QStackedWidget()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 24, 0)
        bar.addWidget(self._count)
        bar.addStretch(1)
        bar.addWidget(self._close)
        bar.addWidget(self._grouped)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        framed = QWidget()
        edges = QVBoxLayout(framed)
        edges.setContentsMargins(14, 0, 14, 0)  # a cell's own padding makes it the page's margin
        edges.addWidget(self.table)
        split.addWidget(framed)
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(24, 12, 24, 16)
        below.addWidget(self.card)
        split.addWidget(holder)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        holder.setVisible(False)
        self._close.setVisible(False)
        self._holder = holder
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(split, 1)
        self._stack.addWidget(shown)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        handlers = dict(self._judge.handlers())
        handlers["tag.none"] = lambda: self._judge.tag(None)
        for tag in Tag:
            command = f"tag.{tag.title.replace(' ', '_')}"
            handlers[command] = partial(self._judge.tag, tag)
        handlers["item.next"] = lambda: self.table.go(1)
        handlers["item.previous"] = lambda: self.table.go(-1)
        handlers["item.open"] = self._open
        self._keys = Keys(self.table, Where.LIST, handlers)
        self._page_keys = Keys(self, Where.LIST, {"item.close": self.close_card})
        self._close.clicked.connect(self.close_card)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)
        self.table.horizontalHeader().sectionClicked.connect(self._on_heading)
        self._grouped.toggled.connect(lambda _on: self._refresh())
        self._calm.timeout.connect(self._refresh)
        self._empty.acted.connect(self._on_empty_acted)
        self._session.frame_changed.connect(self._on_stale)
        self._session.changed.connect(self._on_changed)
        self._view.filter_changed.connect(lambda _filter: self._on_stale())

    def use(self, settings: Settings) -> None:
        """Act on these keys from now on."""
        self._keys.use(settings.keys)
        self._page_keys.use(settings.keys)

    def activate(self) -> None:
        """Bring the table up to date and take the keys."""
        if self._stale:
            self._refresh()
        (self._empty if self._stack.currentIndex() else self.table).setFocus()

    def open_interaction(self, identity: int) -> None:
        """Choose an interaction and show it whole."""
        self.activate()
        row = self._model.row_of(identity)
        if row is not None:
            self.table.selectRow(row)
            self._open()

    def _on_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._calm.start()

    def _refresh(self) -> None:
        self._stale = False
        chosen = self.table.chosen_ids()
        frame, narrowed = self._session.frame, self._view.filter
        if self._grouped.isChecked():
            ids, sessions = ordering.by_session(frame, narrowed)
            self._model.show(ids, sessions)
        else:
            ids = ordering.ordered(frame, narrowed, self._by.name.lower(), falling=self._falling)
            self._model.show(ids)
        self._count.setText(count(len(ids), "interaction"))
        self._show_empty() if not len(ids) else self._stack.setCurrentIndex(0)
        if not self.table.chosen_ids() and len(ids):
            row = self._model.row_of(chosen[0]) if chosen else 0
            self.table.selectRow(row or 0)

    def _show_empty(self) -> None:
        if not len(self._session.frame):
            self._empty.tell(
                "The ledger is empty", "No interactions were found on this machine.",
                "See where we looked",
            )  # fmt: skip
        else:
            self._empty.tell(
                "No interaction passes the filter", "Clear it to see all of them.",
                "Clear the filter",
            )  # fmt: skip
        self._stack.setCurrentIndex(1)

    def _on_empty_acted(self) -> None:
        if len(self._session.frame):
            self._view.set(ANY)
        else:
            self.sources_requested.emit()

    def _on_heading(self, section: int) -> None:
        column = Column(section)
        if column not in SORTABLE:
            column = self._by
        elif column is self._by:
            self._falling = not self._falling
        else:
            self._by, self._falling = column, column in (Column.TIME, Column.COST)
        order = Qt.SortOrder.DescendingOrder if self._falling else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(self._by, order)
        self._grouped.setChecked(False)
        self._refresh()

    def _on_chosen(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if self._holder.isVisible():
            self._show_card()

    def _show_card(self) -> None:
        ids = self.table.chosen_ids()
        if ids:
            self.card.show_interaction(ids[0])

    def _open(self) -> None:
        """Show the chosen one whole; again: everything that happened in it."""
        if self._holder.isVisible():
            self.card.toggle_whole()
        else:
            self._show_holder(shown=True)
            self._show_card()
            # The list is lower from the next layout on, and the chosen row may be out of it.
            QTimer.singleShot(0, self, lambda: self.table.scrollTo(self.table.currentIndex()))

    def close_card(self) -> None:
        """Give the whole page back to the list."""
        self._show_holder(shown=False)
        self.table.setFocus()

    def _show_holder(self, *, shown: bool) -> None:
        self._holder.setVisible(shown)
        self._close.setVisible(shown)

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.ids
        ids = self.table.chosen_ids()[:1]
        if self._holder.isVisible() and ids and (touched is None or ids[0] in touched):
            self.card.show_interaction(ids[0])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.activate()
