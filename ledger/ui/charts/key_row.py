"""The line above a chart that says what its marks mean."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.ui import theme
from ledger.ui.charts.ink import fill_tag, pen
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

SWATCH = 18.0
BOX = 11.0
AFTER_SWATCH = 6.0
BETWEEN = 18.0
HEIGHT = 22


class Mark(Enum):
    """The shapes a key can show."""

    LINE = "line"
    DOTS = "dots"
    BAND = "band"
    TAG = "tag"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark: its words and the name of its colour in the palette, or its tag."""

    mark: Mark
    words: str
    colour: str = ""
    tag: int = 0


class KeyRow(QWidget):
    """Draws entries from left to right; those that find no room are left out."""

    def __init__(self, entries: tuple[Entry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_entries(entries)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Explain these marks instead: only what is drawn needs a key."""
        self.entries = entries
        self.setAccessibleName("Key: " + ", ".join(entry.words for entry in entries))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the entries."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.current().font(Type.CAPTION)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        x = 0.0
        for entry in self.entries:
            width = metrics.horizontalAdvance(entry.words)
            swatch = BOX if entry.mark is Mark.TAG else SWATCH
            if x + swatch + AFTER_SWATCH + width > self.width():
                break
            _draw(painter, entry, QRectF(x, 0, swatch, self.height()))
            x += swatch + AFTER_SWATCH
            painter.setPen(qcolour(theme.colours().text_soft))
            box = QRectF(x, 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, entry.words)
            x += width + BETWEEN
        painter.end()


def _draw(painter: QPainter, entry: Entry, box: QRectF) -> None:
    """Draw the mark of an entry in the middle of a box."""
    colours, middle = theme.colours(), box.center().y()
    colour = getattr(colours, entry.colour) if entry.colour else ""
    if entry.mark is Mark.TAG:
        fill_tag(painter, QRectF(box.left(), middle - BOX / 2, BOX, BOX), colours, entry.tag)
    elif entry.mark is Mark.BAND:
        painter.fillRect(QRectF(box.left(), middle - BOX / 2, box.width(), BOX), qcolour(colour))
    elif entry.mark is Mark.POINT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolour(colour))
        painter.drawEllipse(box.center(), 4, 4)
    else:
        style = Qt.PenStyle.DotLine if entry.mark is Mark.DOTS else Qt.PenStyle.SolidLine
        painter.setPen(pen(colour, 2, style))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
