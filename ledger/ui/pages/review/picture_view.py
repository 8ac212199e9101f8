"""Draws a picture of a document in the window's colours, as wide as there is room."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.core.document import Anchor, Area, Bar, Ink, Label, Line, Mark, Picture
from ledger.ui import theme
from ledger.ui.colours import Palette, qcolour
from ledger.ui.theme import Type

LARGEST_SCALE = 1.5
BOLD = 600


def colour_of(ink: Ink, colours: Palette) -> str:
    """Return the window's colour for an ink of the document."""
    return {
        Ink.TEXT: colours.text,
        Ink.SOFT: colours.axis,
        Ink.RULE: colours.line_strong,
        Ink.PAPER: colours.surface,
        Ink.SIGNAL: colours.series,
        Ink.BAND: colours.interval,
        Ink.BOUNDS: colours.bounds,
        Ink.KEPT: colours.kept,
        Ink.EDITED: colours.edited,
        Ink.THROWN_AWAY: colours.thrown_away,
        Ink.UNTAGGED: colours.untagged,
    }[ink]


class PictureView(QWidget):
    """One picture; its words are what people hear."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.setAccessibleName("Picture")
        self.setAccessibleDescription(picture.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self, _theme: object) -> None:
        self.update()

    def scale(self) -> float:
        """Return how many pixels a point takes."""
        return min(self.width() / self.picture.width, LARGEST_SCALE)

    def sizeHint(self) -> QSize:
        return QSize(round(self.picture.width), round(self.picture.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the width asks for; nested layouts do not ask by themselves."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self.picture.height * self.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.scale(), self.scale())
        for mark in self.picture.marks:
            _draw(painter, mark)
        painter.end()


def _draw(painter: QPainter, mark: Mark) -> None:
    colour = qcolour(colour_of(mark.ink, theme.colours()))
    match mark:
        case Line():
            style = Qt.PenStyle.DashLine if mark.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colour, mark.width, style))
            painter.drawPolyline(_polygon(mark.points))
        case Area():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(_polygon(mark.points))
        case Bar():
            painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), colour)
        case Label():
            painter.setPen(colour)
            _write(painter, mark)


def _write(painter: QPainter, label: Label) -> None:
    font = theme.current().font(Type.CAPTION, BOLD if label.bold else None)
    font.setPixelSize(max(1, round(label.size)))
    painter.setFont(font)
    width = QFontMetricsF(font).horizontalAdvance(label.text)
    back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[label.anchor]
    painter.drawText(QPointF(label.x - back, label.y), label.text)


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
