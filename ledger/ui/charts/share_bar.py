"""One bar of everything that was spent, cut by what became of it; every part says its share."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.core.formatting import percent
from ledger.ui import theme
from ledger.ui.charts.ink import TAG_NAMES, fill_tag
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

BAR = 14
LABEL_HEIGHT = 24
GAP = 2.0
RADIUS = 4.0
BETWEEN = 14.0
Part = tuple[int, float]  # tag, amount


class ShareBar(QWidget):
    """Draws parts as one bar, with labels beneath those that are wide enough."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What became of the tokens")
        theme.changed.connect(self._on_theme_changed)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show amounts per tag."""
        self.parts = parts
        self.setAccessibleDescription(", ".join(self.labels()))
        self.update()

    def labels(self) -> list[str]:
        """Return every part in words: “kept 61 %”."""
        total = sum(amount for _, amount in self.parts)
        return [
            f"{TAG_NAMES[tag]} {percent(amount / total)}" for tag, amount in self.parts if amount
        ]

    def _on_theme_changed(self, _theme: object) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the bar and its labels."""
        return QSize(300, BAR + LABEL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts and their labels."""
        parts = [part for part in self.parts if part[1] > 0]
        if not parts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), BAR), RADIUS, RADIUS)
        painter.setFont(theme.current().font(Type.CAPTION))
        total, x, labels = sum(amount for _, amount in parts), 0.0, self.labels()
        begins = self.begins(labels, [amount / total for _, amount in parts])
        for (tag, amount), label, begin in zip(parts, labels, begins, strict=True):
            width = self.width() * amount / total
            painter.setClipPath(outline)
            fill_tag(painter, QRectF(x, 0, max(width - GAP, 1), BAR), theme.colours(), tag)
            painter.setClipping(False)
            self._paint_label(painter, tag, label, begin)
            x += width
        painter.end()

    def begins(self, labels: list[str], shares: list[float]) -> list[float]:
        """Return where the label of each part begins: under it, or as near as the others let."""
        metrics = QFontMetricsF(theme.current().font(Type.CAPTION))
        widths = [metrics.horizontalAdvance(label) for label in labels]
        begins, part, free_from = [], 0.0, 0.0
        for width, share in zip(widths, shares, strict=True):
            begins.append(max(part, free_from))
            part, free_from = part + self.width() * share, begins[-1] + width + BETWEEN
        if sum(widths) + BETWEEN * (len(widths) - 1) > self.width():
            return begins  # there is no room for all: the last ones are left out
        end = float(self.width())
        for n in reversed(range(len(begins))):
            begins[n] = min(begins[n], end - widths[n])
            end = begins[n] - BETWEEN
        return begins

    def _paint_label(self, painter: QPainter, tag: int, label: str, x: float) -> None:
        """Write a part's label from `x` on if they fit."""
        width = QFontMetricsF(painter.font()).horizontalAdvance(label)
        if x + width > self.width() + 0.5:
            return
        painter.setPen(qcolour(theme.colours().tag_ink(tag)))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, BAR, width + 2, LABEL_HEIGHT), flags, label)
