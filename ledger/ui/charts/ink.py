"""How charts draw: pens, mixed colours, and fills with a pattern for every tag."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPen, QPolygonF

from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.ui.colours import Palette, qcolour

# What became of the output is told by colour and by pattern; kept is plain, the rest is marked.
PATTERNS = {
    int(Tag.EDITED): Qt.BrushStyle.BDiagPattern,
    int(Tag.THROWN_AWAY): Qt.BrushStyle.DiagCrossPattern,
}
TAG_NAMES = {int(tag): tag.title for tag in Tag} | {UNTAGGED: "untagged"}


def mixed(low: str, high: str, share: float) -> QColor:
    """Return the colour that lies `share` of the way from `low` to `high`."""
    a, b = qcolour(low), qcolour(high)
    parts = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return QColor(*(round(x + (y - x) * share) for x, y in parts))


def hatch(colours: Palette, tag: int) -> QBrush | None:
    """Return the pattern that lies over a tag's fill, None where it is plain."""
    style = PATTERNS.get(tag)
    return None if style is None else QBrush(qcolour(colours.surface, 0.45), style)


def fill_tag(painter: QPainter, rect: QRectF, colours: Palette, tag: int) -> None:
    """Fill a box in the colour and pattern of a tag."""
    painter.fillRect(rect, qcolour(colours.tag(tag)))
    pattern = hatch(colours, tag)
    if pattern is not None:
        painter.fillRect(rect, pattern)


def fill(painter: QPainter, shape: QPolygonF, brush: QBrush) -> None:
    """Fill a shape; a pattern keeps its own scale and angle whatever the scale of the plot.

    In a plot the two axes scale apart, which would smear a pattern in an SVG.
    """
    if brush.style() is not Qt.BrushStyle.SolidPattern:
        shape = painter.worldTransform().map(shape)
        painter.save()
        painter.resetTransform()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawPolygon(shape)
    if brush.style() is not Qt.BrushStyle.SolidPattern:
        painter.restore()


def pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen that keeps its width whatever the scale of the plot, with round ends.

    Qt counts such a pen in device pixels, so a dense screen needs more of them.
    """
    screen = QGuiApplication.primaryScreen()
    wide = width * (screen.devicePixelRatio() if screen else 1.0)
    result = QPen(qcolour(colour), wide, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    result.setCosmetic(True)
    return result
