"""What a hand-made entry used: counted from the answer's text, typed as counts, or not known."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ledger.app.ledger_client import LedgerClient
from ledger.core.usage import Basis, Usage
from ledger.host import tokens
from ledger.ui.formatting import usage_of
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.segments import Segments

TYPING_MS = 300  # count a pasted text once, not once per key
HEIGHT = 110
TEXT, COUNTS, UNKNOWN = "text", "counts", "unknown"
WAYS = (
    (TEXT, "Answer’s text", "note"),
    (COUNTS, "Token counts", "formula"),
    (UNKNOWN, "Not known", "untagged"),
)
FORGOTTEN = "The text is counted and forgotten; only the count is kept."
NEVER_ZERO = "Unknown stays unknown: no figure will treat it as free."


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the person filled in, read once so that another thread may use it."""

    way: str
    text: str
    model: str
    fresh: str
    output: str

    def usage(self) -> Usage:
        """Return what was used as well as that is known; slow for a text, raises LedgerError."""
        if self.way == COUNTS:
            return usage_of(self.fresh, self.output)
        if self.way == TEXT and self.text.strip():
            return tokens.estimate(self.text, self.model)
        return Usage(basis=Basis.UNKNOWN)


class UsageEntry(QWidget):
    """Three ways to say it; the estimate of a text shows as soon as it is counted."""

    def __init__(
        self, client: LedgerClient, model: QLineEdit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._model = client, model
        self.way = Segments(WAYS, "What is known")
        self.text = QPlainTextEdit()
        self.fresh, self.output = QLineEdit(), QLineEdit()
        self.count = PlainLabel(FORGOTTEN, Type.CAPTION, "text_faint", wrap=True)
        self._pages = QStackedWidget()
        self._pages.setFixedHeight(HEIGHT)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._build()
        self.way.chosen.connect(self._on_way)
        self._typing.timeout.connect(self._count)
        self.text.textChanged.connect(self._typing.start)
        model.textChanged.connect(lambda _text: self._typing.start())

    def draft(self) -> Draft:
        """Return what is filled in now."""
        return Draft(
            self.way.value(),
            self.text.toPlainText(),
            self._model.text(),
            self.fresh.text(),
            self.output.text(),
        )

    def clear(self) -> None:
        """Forget the draft."""
        for field in (self.text, self.fresh, self.output):
            field.clear()

    def take_focus(self) -> None:
        """Put the cursor where the next key should go."""
        (self.text, self.fresh, self.way)[self._pages.currentIndex()].setFocus()

    def _build(self) -> None:
        self.text.setPlaceholderText("Paste what the AI answered")
        self.text.setAccessibleName("Answer’s text")
        self.text.setTabChangesFocus(True)
        unknown = PlainLabel(NEVER_ZERO, ink="text_soft", wrap=True)
        unknown.setAlignment(Qt.AlignmentFlag.AlignTop)
        for page in (self.text, self._counts(), unknown):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.way)
        column.addWidget(self._pages)
        column.addWidget(self.count)

    def _counts(self) -> QWidget:
        counts = QWidget()
        grid = QGridLayout(counts)
        grid.setContentsMargins(0, 0, 0, 0)
        fields = ((self.fresh, "Input tokens"), (self.output, "Output tokens"))
        for place, (field, label) in enumerate(fields):
            field.setAccessibleName(label)
            field.setPlaceholderText("12000, 12k, or 8k-12k")
            grid.addWidget(PlainLabel(label, Type.CAPTION, "text_soft"), 0, place)
            grid.addWidget(field, 1, place)
        grid.setRowStretch(2, 1)
        return counts

    def _on_way(self, way: str) -> None:
        self._pages.setCurrentIndex([name for name, _, _ in WAYS].index(way))
        self.count.setVisible(way == TEXT)
        self.take_focus()

    def _count(self) -> None:
        draft = self.draft()
        if draft.way == TEXT and draft.text.strip():
            self._client.read(draft.usage, self._show_count)
        else:
            self.count.setText(FORGOTTEN)

    def _show_count(self, usage: Usage) -> None:
        low, high = round(usage.total * usage.low), round(usage.total * usage.high)
        self.count.setText(f"~{usage.total:,} tokens ({low:,} to {high:,}). {FORGOTTEN}")
