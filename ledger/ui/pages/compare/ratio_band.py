"""A team's kept half-hours per million tokens as a band, and one's own on this screen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.core.team import TeamRatio
from ledger.ui import theme
from ledger.ui.colours import qcolour
from ledger.ui.formatting import ticks
from ledger.ui.theme import Type

ROW = 22
AXIS = 22
NAMES = 56
MOST_TICKS = 6


class RatioBand(QWidget):
    """Pale: an edited half-hour counting a quarter to three quarters; strong: counting a half."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.team: TeamRatio | None = None
        self.own: TeamRatio | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Kept half-hours per million tokens")
        theme.changed.connect(self._restyle)

    def _restyle(self, _theme: object) -> None:
        self.update()

    def show_bands(self, team: TeamRatio, own: TeamRatio | None) -> None:
        """Show the team's band, and one's own where there is one."""
        self.team, self.own = team, own
        sentence = f"team {team.lower:.1f} to {team.upper:.1f}"
        if own is not None:
            sentence += f", you {own.lower:.1f} to {own.upper:.1f}"
        self.setAccessibleDescription(sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, ROW * (2 if self.own else 1) + AXIS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bands over an axis that begins at nothing."""
        if self.team is None:
            return
        bands = [("team", self.team)] + ([("you", self.own)] if self.own else [])
        top = max([0.1, *(figures.most for _, figures in bands)]) * 1.08
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font(Type.CAPTION))
        self._paint_axis(painter, top, len(bands) * ROW)
        for number, (name, figures) in enumerate(bands):
            self._paint_band(painter, name, figures, top, number * ROW)
        painter.end()

    def _x(self, value: float, top: float) -> float:
        return NAMES + (self.width() - NAMES - 12) * value / top

    def _paint_axis(self, painter: QPainter, top: float, y: float) -> None:
        colours = theme.colours()
        for value in ticks(top, MOST_TICKS):
            x = self._x(value, top)
            painter.setPen(qcolour(colours.grid))
            painter.drawLine(round(x), 0, round(x), round(y))
            painter.setPen(qcolour(colours.axis))
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(x - 30, y, 60, AXIS), middle, f"{value:g}")

    def _paint_band(
        self, painter: QPainter, name: str, figures: TeamRatio, top: float, y: float
    ) -> None:
        colours = theme.colours()
        painter.setPen(qcolour(colours.text if name == "team" else colours.text_soft))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(0, y, NAMES, ROW), side, name)
        painter.setPen(Qt.PenStyle.NoPen)
        strong = colours.series if name == "team" else colours.trend
        for low, high, colour, share in (
            (figures.least, figures.most, qcolour(strong, 0.28), 0.7),
            (figures.lower, figures.upper, qcolour(strong), 0.36),
        ):
            height = ROW * share
            left, right = self._x(low, top), self._x(high, top)
            painter.setBrush(colour)
            box = QRectF(left, y + (ROW - height) / 2, max(right - left, 3.0), height)
            painter.drawRoundedRect(box, 3, 3)
