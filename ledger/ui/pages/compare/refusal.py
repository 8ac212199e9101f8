"""A calm box that says why something is not done, and what to do instead."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.errors import LedgerError
from ledger.ui import theme
from ledger.ui.icons import pixmap
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel

SIGN = 18


class Refusal(QWidget):
    """Hidden until there is something to refuse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = PlainLabel()
        self._title = PlainLabel("", Type.STRONG, wrap=True)
        self._hint = PlainLabel("", ink="text_soft", wrap=True)
        text_column = QVBoxLayout()
        text_column.setSpacing(2)
        text_column.addWidget(self._title)
        text_column.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text_column, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_reason(self, problem: LedgerError) -> None:
        """Say why not."""
        self._title.setText(problem.title)
        self._hint.setText(problem.hint)
        self._hint.setVisible(bool(problem.hint))
        self.setAccessibleName(str(problem))
        self.show()

    def reason(self) -> str:
        """Return the reason that is shown; "" while there is none."""
        if self.isHidden():
            return ""
        return f"{self._title.full_text()} {self._hint.full_text()}".strip()

    def _restyle(self) -> None:
        self._sign.setPixmap(pixmap("warning", "warning", SIGN, self.devicePixelRatioF()))
