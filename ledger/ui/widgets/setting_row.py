"""One setting: its words and help at the left, the control that fits its kind at the right."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ledger.host.settings import Described
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.key_editor import KeyEditor
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.text_list import TextList

CONTROL_WIDTH = 190
WORDS_WIDTH = 280
SWITCH_WIDTH = 23  # the box alone, so that it ends where the other controls end


class SettingRow(QWidget):
    """Made from the described table, so that a new setting needs nothing here.

    Signals:
        chosen(str, object): the name of the setting and the value the person chose.
    """

    chosen = Signal(str, object)

    def __init__(self, item: Described, value: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        text_column = QVBoxLayout()
        text_column.setSpacing(2)
        text_column.addWidget(PlainLabel(item.about.label, Type.STRONG, wrap=True))
        text_column.addWidget(PlainLabel(item.about.help, ink="text_soft", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(text_column, 1)
        self.control = self._control(value)
        self.control.setAccessibleName(item.about.label)
        self.control.setAccessibleDescription(item.about.help)
        row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def _tell(self, value: object) -> None:
        self.chosen.emit(self._item.name, value)

    def _control(self, value: Any) -> QWidget:
        if isinstance(value, bool):
            return self._switch(value)
        if isinstance(value, int):
            return self._number(value)
        if isinstance(value, str):
            return self._text_field(value) if self._item.about.shape else self._choice(value)
        if isinstance(value, Mapping):
            return self._keys(value)
        return self._texts(value) if self._item.about.shape else self._several(tuple(value))

    def _switch(self, value: bool) -> QCheckBox:
        box = QCheckBox()
        box.setFixedWidth(SWITCH_WIDTH)
        box.setChecked(value)
        box.toggled.connect(self._tell)
        return box

    def _number(self, value: int) -> QSpinBox:
        about = self._item.about
        spin = CalmSpin()
        spin.setRange(about.low or 0, about.high or 0)
        spin.setSuffix(f" {about.unit}" if about.unit else "")
        spin.setValue(value)
        spin.setFixedWidth(110)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self._tell)
        return spin

    def _choice(self, value: str) -> QComboBox:
        combo = CalmCombo()
        for key, label in self._item.about.choices:
            combo.addItem(label, key)
        combo.setCurrentIndex(combo.findData(value))
        combo.setMinimumWidth(CONTROL_WIDTH)
        combo.currentIndexChanged.connect(lambda _row: self._tell(combo.currentData()))
        return combo

    def _text_field(self, value: str) -> QLineEdit:
        field = QLineEdit(value)
        field.setMinimumWidth(WORDS_WIDTH)
        field.editingFinished.connect(lambda: self._tell(field.text().strip()))
        return field

    def _texts(self, values: Sequence[str]) -> TextList:
        texts = TextList(values, self._item.about.shape, _folder)
        texts.chosen.connect(self._tell)
        return texts

    def _several(self, value: tuple[str, ...]) -> QWidget:
        group = QWidget()
        group.setMinimumWidth(CONTROL_WIDTH)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        boxes: dict[str, QCheckBox] = {}

        def tell() -> None:
            ticked = [key for key in boxes if boxes[key].isChecked()]
            self._tell((*ticked, *(key for key in value if key not in boxes)))

        for key, label in self._item.about.choices:
            box = QCheckBox(label)
            box.setChecked(key in value)
            box.toggled.connect(lambda _on: tell())
            boxes[key] = box
            column.addWidget(box)
        return group

    def _keys(self, value: Mapping[str, str]) -> QWidget:
        button = Button("Choose keys …", icon_name="keyboard")
        own_keys = dict(value)

        def edit() -> None:
            editor = KeyEditor(own_keys, self)
            if editor.exec():
                own_keys.clear()
                own_keys.update(editor.own())
                self._tell(dict(own_keys))

        button.clicked.connect(edit)
        return button


def _folder(parent: QWidget) -> str:
    return QFileDialog.getExistingDirectory(parent, "A folder with logs", str(Path.home()))


class CalmSpin(QSpinBox):
    """Does not change when a page is scrolled over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding stops at its frame

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CalmCombo(QComboBox):
    """Does not change when a page is scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
