"""The line above a chart that says what its marks mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
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
SIGN = 8.0


class Mark(Enum):
    """The shapes a key can show."""

    LINE = "line"
    DOTS = "dots"
    DASHES = "dashes"
    BAND = "band"
    HATCH = "hatch"
    TAG = "tag"
    POINT = "point"
    RING = "ring"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    LABEL = "label"


SIGNS = frozenset((Mark.POINT, Mark.RING, Mark.SQUARE, Mark.TRIANGLE, Mark.DIAMOND))
SWATCHES = {Mark.TAG: BOX, Mark.LABEL: 0.0} | dict.fromkeys(SIGNS, BOX)


LINES = {Mark.DOTS: Qt.PenStyle.DotLine, Mark.DASHES: Qt.PenStyle.DashLine}


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark: its label and the name of its colour in the palette, or its tag."""

    mark: Mark
    label: str
    colour: str = ""
    tag: int = 0


class Legend(QWidget):
    """Draws entries from left to right, on as many lines as they need."""

    def __init__(self, entries: tuple[Entry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_entries(entries)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Explain these marks instead: only what is drawn needs a key."""
        self.entries = entries
        self.setAccessibleName("Key: " + ", ".join(entry.label for entry in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(200, HEIGHT)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that the entries need."""
        return HEIGHT * (1 + max((line for _, _, line in self.places(width)), default=0))

    def places(self, width: float) -> Iterator[tuple[Entry, float, int]]:
        """Yield each entry with where it begins and its line; one wider than all is left out."""
        metrics, x, line = QFontMetricsF(theme.current().font(Type.CAPTION)), 0.0, 0
        for entry in self.entries:
            needs = _before_label(entry) + metrics.horizontalAdvance(entry.label)
            if needs > width:
                continue
            if x + needs > width:
                x, line = 0.0, line + 1
            yield entry, x, line
            x += needs + BETWEEN

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the entries."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font(Type.CAPTION))
        for entry, x, line in self.places(self.width()):
            top, before = float(HEIGHT * line), _before_label(entry)
            _draw(painter, entry, QRectF(x, top, SWATCHES.get(entry.mark, SWATCH), HEIGHT))
            painter.setPen(qcolour(theme.colours().text_soft))
            box = QRectF(x + before, top, self.width() - x - before + 2, HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, entry.label)
        painter.end()


def _before_label(entry: Entry) -> float:
    """Return the width of the mark of an entry and what is free after it."""
    swatch = SWATCHES.get(entry.mark, SWATCH)
    return swatch + AFTER_SWATCH if swatch else 0.0


def _draw(painter: QPainter, entry: Entry, box: QRectF) -> None:
    """Draw the mark of an entry in the middle of a box."""
    colours, middle = theme.colours(), box.center().y()
    colour = getattr(colours, entry.colour) if entry.colour else ""
    if entry.mark is Mark.TAG:
        fill_tag(painter, QRectF(box.left(), middle - BOX / 2, BOX, BOX), colours, entry.tag)
    elif entry.mark is Mark.BAND:
        painter.fillRect(QRectF(box.left(), middle - BOX / 2, box.width(), BOX), qcolour(colour))
    elif entry.mark is Mark.HATCH:
        ground = QRectF(box.left(), middle - BOX / 2, box.width(), BOX)
        painter.fillRect(ground, QBrush(qcolour(colour), Qt.BrushStyle.BDiagPattern))
    elif entry.mark in SIGNS:
        _draw_sign(painter, entry.mark, box.center(), colour)
    elif entry.mark is not Mark.LABEL:
        style = LINES.get(entry.mark, Qt.PenStyle.SolidLine)
        painter.setPen(pen(colour, 2, style))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


def _draw_sign(painter: QPainter, mark: Mark, middle: QPointF, colour: str) -> None:
    """Draw the sign of a point around a place."""
    x, y, r = middle.x(), middle.y(), SIGN / 2
    hollow = mark is Mark.RING
    painter.setPen(pen(colour, 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else qcolour(colour))
    if mark is Mark.SQUARE:
        painter.drawRect(QRectF(x - r, y - r, SIGN, SIGN))
    elif mark is Mark.TRIANGLE:
        corners = (QPointF(x, y - r), QPointF(x + r, y + r), QPointF(x - r, y + r))
        painter.drawPolygon(QPolygonF(corners))
    elif mark is Mark.DIAMOND:
        sides = (QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y))
        painter.drawPolygon(QPolygonF(sides))
    else:
        painter.drawEllipse(middle, r, r)
