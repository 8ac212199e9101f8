"""Says that something broke, that the ledger is safe, and gives a report to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, PlainView

WORDS = (
    "Something in the program broke. Everything that was shown as saved is saved. "
    "You can go on; if it happens again, start the program again."
)
PROMISE = "The report says where in the program it broke. It holds none of your text, and it is "
PROMISE += "sent to nobody unless you send it."


class CrashDialog(QDialog):
    """A report of a bug, to read and to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Signal Ledger: a bug")
        self.resize(600, 420)
        self._report = report
        self.text = PlainView()
        self.text.setAccessibleName("Report")
        self.text.set_text(report)
        self.copy_button = Button("Copy report", icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        close = Button("Go on", "primary")
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel("That was a bug", Type.TITLE))
        column.addWidget(PlainLabel(WORDS, ink="text_soft", wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(PlainLabel(PROMISE, Type.CAPTION, "text_faint", wrap=True))
        column.addLayout(foot)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copy_button.set_label("Copied")


def show_crash(report: str, parent: QWidget | None) -> CrashDialog:
    """Open the report without stopping anything."""
    dialog = CrashDialog(report, parent)
    dialog.setWindowModality(Qt.WindowModality.NonModal)
    dialog.show()
    return dialog
