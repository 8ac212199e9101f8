"""Keys that were opened and wait for the six words of their owners."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ledger.core.sealed_sum import MemberKey
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.layouts import empty
from ledger.ui.widgets.plain import PlainLabel

NAME_WIDTH = 48
HEARD = "The six words, as your colleague reads them to you"


class KeyRows(QWidget):
    """One line for each key; its words are not shown, they are to be heard.

    Signals:
        confirm_wanted(MemberKey, str): these words were heard for this key.
        drop_wanted(MemberKey): the person does not want it.
    """

    confirm_wanted = Signal(object, str)
    drop_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.fields: dict[MemberKey, QLineEdit] = {}
        self._stops: list[QWidget] = []

    def show_keys(self, keys: Sequence[MemberKey]) -> None:
        """Show these keys; what was typed for one that stays stays too."""
        if list(keys) == list(self.fields):
            return
        typed = {key: field.text() for key, field in self.fields.items()}
        empty(self._column)
        self.fields, self._stops = {}, []
        for number, key in enumerate(keys, 1):
            self._column.addWidget(self._row(number, key, typed.get(key, "")))

    def stops(self) -> list[QWidget]:
        """Return what the Tab key stops at, in this order."""
        return self._stops

    def _row(self, number: int, key: MemberKey, text: str) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        field = QLineEdit(text)
        field.setPlaceholderText(HEARD)
        field.setAccessibleName(f"Key {number}: {HEARD}")
        confirm = Button("Confirm")
        confirm.setAccessibleName(f"Confirm key {number}")
        drop = IconButton("close", f"Forget key {number}")
        confirm.clicked.connect(lambda: self.confirm_wanted.emit(key, field.text()))
        field.returnPressed.connect(lambda: self.confirm_wanted.emit(key, field.text()))
        drop.clicked.connect(lambda: self.drop_wanted.emit(key))
        name = PlainLabel(f"Key {number}", ink="text_soft")
        name.setMinimumWidth(NAME_WIDTH)
        row.addWidget(name)
        row.addWidget(field, 1)
        row.addWidget(confirm)
        row.addWidget(drop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.fields[key] = field
        self._stops += [field, confirm, drop]
        return widget
