"""The frame around every chart: what it shows, its formula, its table, ways to export it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ledger.ui import theme
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.export_buttons import ExportButtons, Shown, small
from ledger.ui.charts.ink import pen
from ledger.ui.charts.table import Table, TableModel, table_view
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.plain import PlainLabel

RESTING = (
    "Arrow keys read a value; Enter shows only what it is made of, "
    "Ctrl+Enter lists it in the Ledger."
)
RING = 4  # pixels around a chart for the frame of the focus
EMPTY_HEIGHT = 120
HEADER_HEIGHT = 30


class ChartPanel(QFrame):
    """A card with one chart.

    Signals:
        chosen(DrillDown): narrow to what a point is made of.
        listed(DrillDown): list the interactions that a point is made of.
        formula_asked(str): show how it is computed; the anchor in docs/measure/.
        failed(LedgerError): the chart could not be saved.
    """

    chosen = Signal(object)
    listed = Signal(object)
    formula_asked = Signal(str)
    failed = Signal(object)

    def __init__(
        self, chart: Chart, title: str, sentence: str, anchor: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chart, self.title, self.sentence, self.anchor = chart, title, sentence, anchor
        self.export = ExportButtons(chart, self._exported)
        self.export.reported.connect(self._on_pointed)
        self.export.failed.connect(self.failed)
        self._explained = PlainLabel(sentence, Type.BODY, "text_soft", wrap=True)
        self.setObjectName("card")
        self.extras = QHBoxLayout()
        self._table_model = TableModel(Table((), ()))
        self._has_table = True
        self.table = table_view(self._table_model)
        self.empty = _EmptyNote()
        self.reading = PlainLabel(" ", Type.CAPTION, "text_faint", elide=True)
        self.note = PlainLabel("", Type.BODY, "text", wrap=True)
        self.note.hide()
        self.pages = _Pages()
        for page in (_Ring(chart), self.table, self.empty):
            self.pages.addWidget(page)
        self._assemble()
        chart.pointed.connect(self._on_pointed)
        chart.chosen.connect(self.chosen)
        chart.listed.connect(self.listed)
        chart.focused.connect(lambda _on: self._on_pointed(""))

    def _assemble(self) -> None:
        space = theme.current().space
        layout = QVBoxLayout(self)
        # The ring around the chart lies outside of the line that everything else begins on.
        layout.setContentsMargins(space.xl - RING, space.l, space.xl - RING, space.s)
        layout.setSpacing(space.xs)
        header = self._header()
        header.setContentsMargins(RING, 0, RING, 0)
        layout.addLayout(header)
        for label in (self._explained, self.note):
            label.setContentsMargins(RING, 0, RING, 0)
            layout.addWidget(label)
        layout.addSpacing(space.s)
        layout.addWidget(self.pages, 1)
        self.reading.setContentsMargins(RING, 0, RING, 0)
        layout.addWidget(self.reading)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().space.xs)
        row.addWidget(PlainLabel(self.title, Type.HEADING))
        row.addWidget(_strut())
        formula = Button("How is this computed?", "link")
        formula.clicked.connect(lambda: self.formula_asked.emit(self.anchor))
        row.addSpacing(theme.current().space.s)
        row.addWidget(formula)
        row.addStretch(1)
        row.addLayout(self.extras)
        self.table_button = IconButton("table", "Show as a table")
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._on_table_toggled)
        small(self.table_button)
        row.addWidget(self.table_button)
        row.addWidget(self.export)
        return row

    def _exported(self) -> Shown:
        return Shown(self.title, self.sentence, self.table_button.isChecked())

    def explain(self, sentence: str) -> None:
        """Say in another sentence what the chart shows."""
        self.sentence = sentence
        self._explained.setText(sentence)

    def show_chart(self, note: str = "") -> None:
        """Show the chart's figures, with a note when they are not yet all that they could be."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._has_table = False
        if self.table_button.isChecked():
            self._fill_table()
        self._set_usable(usable=True)
        self.pages.setCurrentIndex(1 if self.table_button.isChecked() else 0)

    def show_empty(self, cause: str, way_out: str = "") -> None:
        """Show why there is nothing to see, and what to do about it."""
        self.note.hide()
        self.empty.explain(cause, way_out)
        self._set_usable(usable=False)
        self.pages.setCurrentWidget(self.empty)

    def _set_usable(self, *, usable: bool) -> None:
        for widget in (self.table_button, self.export):
            widget.setVisible(usable)

    def _fill_table(self) -> None:
        """Fill the table, which may hold thousands of rows, only when somebody looks at it."""
        if not self._has_table:
            self._table_model.show(self.chart.table())
            self._has_table = True

    def _on_table_toggled(self, on: bool) -> None:
        if on:
            self._fill_table()
        if self.pages.currentWidget() is not self.empty:
            self.pages.setCurrentIndex(1 if on else 0)
        self.table_button.set_icon("charts" if on else "table")

    def _on_pointed(self, reading: str) -> None:
        resting = RESTING if self.chart.hasFocus() else " "
        self.reading.setText(reading or resting)
        self.reading.set_ink("text" if reading else "text_faint")


def _strut() -> QWidget:
    """Return nothing of the height that every header has, with buttons or without."""
    strut = QWidget()
    strut.setFixedSize(0, HEADER_HEIGHT)
    return strut


class _Pages(QStackedWidget):
    """As high as the page that is shown, not as the highest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """Deny it: the stack would answer for its highest page."""
        return False

    def sizeHint(self) -> QSize:
        """Return the size of the page shown."""
        page = self.currentWidget()
        return (
            super().sizeHint() if page is None else page.sizeHint().expandedTo(page.minimumSize())
        )

    def minimumSizeHint(self) -> QSize:
        """Return the least size of the page shown."""
        page = self.currentWidget()
        return (
            super().minimumSizeHint()
            if page is None
            else page.minimumSizeHint().expandedTo(page.minimumSize())
        )


class _Ring(QWidget):
    """Draws a frame around the chart that has the keyboard."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        layout = QVBoxLayout(self)
        layout.setContentsMargins(RING, RING, RING, RING)
        layout.addWidget(chart)
        chart.focused.connect(lambda _on: self.update())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        if not self._chart.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(theme.colours().focus, 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class _EmptyNote(QWidget):
    """Says why a chart is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.cause = PlainLabel("", Type.STRONG, "text_soft", wrap=True)
        self.way_out = PlainLabel("", Type.BODY, "text_faint", wrap=True)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        for label in (self.cause, self.way_out):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(1)
        self.setMinimumHeight(EMPTY_HEIGHT)

    def explain(self, cause: str, way_out: str) -> None:
        """Name the cause and the next step."""
        self.cause.setText(cause)
        self.way_out.setText(way_out)
