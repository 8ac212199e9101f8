"""Chooses the values of one facet: a list with ticks, narrowed by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ledger.ui.widgets.facets import Choice, Facet, Values
from ledger.ui.widgets.plain import PlainLabel, PlainTip
from ledger.ui.widgets.popup import Popup

FEW = 8  # up to this many choices nobody needs to search
MOST_ROWS = 10
ROW_PIXELS = 30
VALUE = Qt.ItemDataRole.UserRole


class FacetPopup(Popup):
    """Ticks apply at once.

    Signals:
        chosen(frozenset): the values that are ticked now.
    """

    chosen = Signal(object)

    def __init__(
        self, button: QWidget, facet: Facet, choices: Sequence[Choice], ticked: Values
    ) -> None:
        super().__init__(button, facet.words)
        self._search = QLineEdit(placeholderText=f"Find a {facet.words.lower()}")
        self._search.setAccessibleName(f"Find a {facet.words.lower()}")
        self._search.textChanged.connect(self._narrow)
        self._search.installEventFilter(self)
        self._list = QListWidget()
        self._list.setProperty("kind", "bare")
        self._list.setAccessibleName(facet.words)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        PlainTip(self._list)
        for choice in choices:
            self._add(choice, choice.value in ticked)
        self._list.setFixedHeight(ROW_PIXELS * min(MOST_ROWS, max(1, len(choices))) + 4)
        self._list.itemChanged.connect(self._tell)
        self._list.itemActivated.connect(_toggle)
        self._list.setCurrentRow(0)
        many = len(choices) > FEW
        if many:
            self.inside.addWidget(self._search)
        if choices:
            self.inside.addWidget(self._list)
        else:
            words = f"No {facet.words.lower()} in this ledger yet."
            self.inside.addWidget(PlainLabel(words, ink="text_faint"))
        self.setFocusProxy(self._search if many else self._list)

    def _add(self, choice: Choice, ticked: bool) -> None:
        item = QListWidgetItem(choice.words)
        item.setData(VALUE, choice.value)
        item.setData(Qt.ItemDataRole.ToolTipRole, choice.more or choice.words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, ROW_PIXELS))
        self._list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _narrow(self, text: str) -> None:
        wanted = text.casefold()
        first = None
        for item in self._items():
            more = str(item.data(Qt.ItemDataRole.ToolTipRole))
            item.setHidden(wanted not in f"{item.text()} {more}".casefold())
            first = first or (None if item.isHidden() else item)
        if first is not None:
            self._list.setCurrentItem(first)

    def _tell(self) -> None:
        ticked = (item for item in self._items() if item.checkState() is Qt.CheckState.Checked)
        self.chosen.emit(frozenset(item.data(VALUE) for item in ticked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys and Enter of the search field work the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                _toggle(self._list.currentItem())
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._list.setFocus()
                self._list.event(event)
                return True
        return super().eventFilter(watched, event)


def _toggle(item: QListWidgetItem | None) -> None:
    if item is not None and not item.isHidden():
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
