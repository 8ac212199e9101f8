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
        super().__init__(button, facet.label)
        self.search = QLineEdit(placeholderText=f"Find a {facet.label.lower()}")
        self.search.setAccessibleName(f"Find a {facet.label.lower()}")
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("kind", "bare")
        self.list.setAccessibleName(facet.label)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        PlainTip(self.list)
        for choice in choices:
            self._add(choice, choice.value in ticked)
        self.list.setFixedHeight(ROW_PIXELS * min(MOST_ROWS, max(1, len(choices))) + 4)
        self.list.itemChanged.connect(self._tell)
        self.list.itemActivated.connect(_toggle)
        self.list.setCurrentRow(0)
        many = len(choices) > FEW
        if many:
            self.inside.addWidget(self.search)
        if choices:
            self.inside.addWidget(self.list)
        else:
            sentence = f"No {facet.label.lower()} in this ledger yet."
            self.inside.addWidget(PlainLabel(sentence, ink="text_faint"))
        self.setFocusProxy(self.search if many else self.list)

    def _add(self, choice: Choice, ticked: bool) -> None:
        item = QListWidgetItem(choice.label)
        item.setData(VALUE, choice.value)
        item.setData(Qt.ItemDataRole.ToolTipRole, choice.more or choice.label)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, ROW_PIXELS))
        self.list.addItem(item)

    def items(self) -> list[QListWidgetItem]:
        """Return every value there is to tick, hidden ones too."""
        return [self.list.item(row) for row in range(self.list.count())]

    def _narrow(self, text: str) -> None:
        typed = text.casefold()
        first = None
        for item in self.items():
            more = str(item.data(Qt.ItemDataRole.ToolTipRole))
            item.setHidden(typed not in f"{item.text()} {more}".casefold())
            first = first or (None if item.isHidden() else item)
        if first is not None:
            self.list.setCurrentItem(first)

    def _tell(self) -> None:
        ticked = (item for item in self.items() if item.checkState() is Qt.CheckState.Checked)
        self.chosen.emit(frozenset(item.data(VALUE) for item in ticked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys and Enter of the search field work the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                _toggle(self.list.currentItem())
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.list.setFocus()
                self.list.event(event)
                return True
        return super().eventFilter(watched, event)


def _toggle(item: QListWidgetItem | None) -> None:
    if item is not None and not item.isHidden():
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
