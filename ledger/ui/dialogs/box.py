"""Tells something that must be read, or asks before something that cannot be taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ledger.ui.icons import pixmap
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel

WIDTH = 440


class PlainBox(QDialog):
    """A sentence, what to do about it, and one or two buttons."""

    def __init__(
        self,
        title: str,
        message: str,
        accept: str = "OK",
        reject: str = "",
        sign: str = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Signal Ledger")
        self.setFixedWidth(WIDTH)
        self.accept_button = Button(accept, "primary")
        self.accept_button.setDefault(not reject)
        self.accept_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if reject:
            back = Button(reject)
            back.setDefault(True)
            back.clicked.connect(self.reject)
            buttons.addWidget(back)
        buttons.addWidget(self.accept_button)
        picture = PlainLabel()
        ink = "danger" if sign == "warning" else "accent"
        picture.setPixmap(pixmap(sign, ink, 24, self.devicePixelRatioF()))
        text = QVBoxLayout()
        text.setSpacing(6)
        text.addWidget(PlainLabel(title, Type.HEADING, wrap=True))
        text.addWidget(PlainLabel(message, ink="text_soft", wrap=True).selectable())
        text.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(20)
        column.addLayout(row)
        column.addLayout(buttons)


def ask(parent: QWidget | None, title: str, message: str, *, accept: str) -> bool:
    """Ask before doing something; whether the person wants it."""
    box = PlainBox(title, message, accept, "Cancel", "warning", parent)
    return box.exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, title: str, message: str) -> None:
    """Tell something and wait until it was read."""
    PlainBox(title, message, parent=parent, sign="warning").exec()
