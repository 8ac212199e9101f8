"""The Ledger page: every interaction, or those on which the witnesses differ, and one whole."""

from functools import partial

from PySide6.QtCore import QItemSelection, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ledger.app.disagreements_model import DisagreementsModel
from ledger.app.filter_model import FilterModel
from ledger.app.interactions_model import SORTABLE, Column, InteractionsModel
from ledger.app.ledger_client import LedgerClient
from ledger.core.filters import ANY
from ledger.core.formatting import count
from ledger.core.vocabulary import Tag
from ledger.flows.evidence import disagreements
from ledger.flows.insights import charts
from ledger.host.settings import Settings
from ledger.ui.actions import Handlers, Keys
from ledger.ui.keymap import PageName, Where, key_of, tag_command
from ledger.ui.pages.base import Page, Route
from ledger.ui.pages.ledger.disagreement_table import DisagreementTable
from ledger.ui.tagging_actions import BulkActions, TagActions
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.card import InteractionCard
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.widgets.interaction_table import InteractionTable
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.segments import Segments

CALM_MS = 50
ALL, DIFFERING = "all", "differing"


class LedgerPage(Page):
    """Browse, sort, group, open and tag interactions, one or many at once."""

    def __init__(
        self, client: LedgerClient, filter_model: FilterModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model = client, filter_model
        self._by, self._falling, self._stale = Column.TIME, True, True
        self._model = InteractionsModel(client, self)
        self.table = InteractionTable(self._model)
        self._differing = DisagreementsModel(client, filter_model, self)
        self.disagreements = DisagreementTable(self._differing)
        self.shown = Segments(((ALL, "All", ""), (DIFFERING, "Disagreements", "")), "Show")
        self._lists = QStackedWidget()
        self.card = InteractionCard(client)
        self.counted = PlainLabel(step=Type.CAPTION, ink="text_soft", elide=True)
        self.grouped = QCheckBox("Group by session")
        self.close_button = Button("Close", "quiet", "close", key=key_of("item.close", Where.LIST))
        self._tagging = TagActions(client, self._selected_ids, self)
        self.bulk = BulkActions(client, self._selected_ids, self)
        self.empty = EmptyState("ledger", "", "")
        self._stack = QStackedWidget()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 24, 0)
        bar.setSpacing(12)
        bar.addWidget(self.shown)
        bar.addWidget(self.counted, 1)
        bar.addWidget(self.close_button)
        bar.addWidget(self.grouped)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        framed = QWidget()
        edges = QVBoxLayout(framed)
        edges.setContentsMargins(14, 0, 14, 0)  # a cell's own padding makes it the page's margin
        edges.addWidget(self._lists)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.disagreements)
        split.addWidget(framed)
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(24, 12, 24, 16)
        below.addWidget(self.card)
        split.addWidget(holder)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        holder.setVisible(False)
        self.close_button.setVisible(False)
        self._holder = holder
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(split, 1)
        self._stack.addWidget(shown)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.table)

    def _handlers(self) -> Handlers:
        tags = {tag_command(tag): partial(self._tagging.tag, tag) for tag in Tag}
        return {
            **self._tagging.handlers(),
            **self.bulk.handlers(),
            **tags,
            "suggestion.accept": self.bulk.accept,
            "tag.none": lambda: self._tagging.tag(None),
            "item.next": lambda: self._list.go(1),
            "item.previous": lambda: self._list.go(-1),
            "item.open": self._open,
            "item.unfold": self.card.unfold,
            "commit.find": self.card.find_commit,
        }

    def _connect(self) -> None:
        handlers = self._handlers()
        self._keys = [
            Keys(table, Where.LIST, handlers) for table in (self.table, self.disagreements)
        ]
        self._keys.append(Keys(self, Where.LIST, {"item.close": self.close_card}))
        self.close_button.clicked.connect(self.close_card)
        for table in (self.table, self.disagreements):
            table.doubleClicked.connect(lambda _index: self._open())
            table.selectionModel().selectionChanged.connect(self._on_chosen)
        self.table.horizontalHeader().sectionClicked.connect(self._on_heading)
        self.grouped.toggled.connect(lambda _on: self._refresh())
        self.shown.chosen.connect(lambda _value: self._on_shown())
        self._differing.found.connect(self._on_found)
        self._calm.timeout.connect(self._refresh)
        self.empty.acted.connect(self._on_empty_acted)
        self._client.frame_changed.connect(self._on_stale)
        self._filter_model.filter_changed.connect(lambda _filter: self._on_stale())

    def use(self, settings: Settings) -> None:
        """Act on these keys from now on."""
        for keys in self._keys:
            keys.use(settings.keys)

    def activate(self) -> None:
        """Bring the table up to date and take the keys."""
        if self._stale:
            self._refresh()
        (self.empty if self._stack.currentIndex() else self._list).setFocus()

    def follow(self, route: Route) -> None:
        if route.disagreements:
            self.shown.take(DIFFERING)
        if route.interaction is not None:
            self.open_interaction(route.interaction)

    def open_interaction(self, identity: int) -> None:
        """Choose an interaction and show it whole."""
        if self._differs:
            self.shown.take(ALL)
        self.activate()
        row = self._model.row_of(identity)
        if row is not None:
            self.table.selectRow(row)
            self._open()

    @property
    def _differs(self) -> bool:
        """Whether the list of disagreements is shown."""
        return bool(self.shown.value() == DIFFERING)

    @property
    def _list(self) -> InteractionTable | DisagreementTable:
        return self.disagreements if self._differs else self.table

    def _selected_ids(self) -> list[int]:
        return self._list.selected_ids()

    def _on_shown(self) -> None:
        self._lists.setCurrentWidget(self._list)
        self.grouped.setVisible(not self._differs)
        self._refresh()
        self._list.setFocus()
        if self._holder.isVisible():
            self._show_card()

    def _on_found(self, number: int) -> None:
        if not self._differs:
            return
        outputs = count(number, "output")
        sentence = f"{outputs} on which you, git and the tool’s own record differ"
        self.counted.setText(sentence if number else "")
        self._stack.setCurrentIndex(0 if number else 1)
        if not len(self._client.frame):
            self._show_empty()
        elif not number:
            title, sentence = disagreements.agreed(self._client.frame, self._filter_model.filter)
            self.empty.tell(title, sentence, "Show all interactions")

    def _on_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._calm.start()

    def _refresh(self) -> None:
        self._stale = False
        if self._differs:
            self._differing.look()
            return
        selected_ids = self.table.selected_ids()
        frame, narrowed = self._client.frame, self._filter_model.filter
        if self.grouped.isChecked():
            ids, sessions = charts.by_session(frame, narrowed)
            self._model.show(ids, sessions)
        else:
            ids = charts.ordered(frame, narrowed, self._by.name.lower(), falling=self._falling)
            self._model.show(ids)
        self.counted.setText(count(len(ids), "interaction"))
        self._show_empty() if not len(ids) else self._stack.setCurrentIndex(0)
        if not self.table.selected_ids() and len(ids):
            row = self._model.row_of(selected_ids[0]) if selected_ids else 0
            self.table.selectRow(row or 0)

    def _show_empty(self) -> None:
        if not len(self._client.frame):
            self.empty.tell(
                "The ledger is empty", "No interactions were found on this machine.",
                "See where we looked",
            )  # fmt: skip
        else:
            self.empty.tell(
                "No interaction passes the filter", "Clear it to see all of them.",
                "Clear the filter",
            )  # fmt: skip
        self._stack.setCurrentIndex(1)

    def _on_empty_acted(self) -> None:
        if self._differs and len(self._client.frame):
            self.shown.take(ALL)
        elif len(self._client.frame):
            self._filter_model.set(ANY)
        else:
            self.requested.emit(Route(PageName.SOURCES))

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
        self.grouped.setChecked(False)
        self._refresh()

    def _on_chosen(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._holder.isVisible():
            self._show_card()

    def _show_card(self) -> None:
        ids = self._selected_ids()
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
            QTimer.singleShot(0, self, lambda: self._list.scrollTo(self._list.currentIndex()))

    def close_card(self) -> None:
        """Give the whole page back to the list."""
        self._show_holder(shown=False)
        self._list.setFocus()

    def _show_holder(self, *, shown: bool) -> None:
        self._holder.setVisible(shown)
        self.close_button.setVisible(shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.activate()
