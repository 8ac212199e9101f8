"""Charts of rows: a name at the left, marks on a scale in the middle, figures at the right."""

from abc import abstractmethod

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger.ui import theme
from ledger.ui.charts.chart import EITHER_PAIR
from ledger.ui.charts.painted import WIDTH, PaintedChart
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

MOST_ROWS = 12  # the table holds the rest
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NAME_MARGIN = 8.0  # pixels left of a name
BESIDE_NAME = 20.0  # pixels of the room for names that stay free
BESIDE_FIGURES = 12  # pixels between the scale and the figures
LEAST_SCALE = 40.0


class RowChart(PaintedChart):
    """As high as its rows and what stands above and below them.

    `row_height` and `figure_widths`, from left to right, are in pixels; names get `name_share` of
    the width, but no more than `name_widest` pixels.
    """

    is_base = True
    steps = EITHER_PAIR

    def __init__(
        self,
        name: str,
        row_height: float,
        figure_widths: tuple[float, ...],
        name_share: float,
        name_widest: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._row_height, self._figure_widths = row_height, figure_widths
        self._name_share, self._name_widest = name_share, name_widest

    @abstractmethod
    def rows_in_all(self) -> int:
        """Return how many rows there are, drawn or not."""

    @abstractmethod
    def above(self) -> float:
        """Return the height of what stands above the rows."""

    @abstractmethod
    def below(self) -> float:
        """Return the height of what stands below the rows."""

    def points(self) -> int:
        """Return the number of rows drawn; the table holds the rest."""
        return min(self.rows_in_all(), MOST_ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that is needed in the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that is needed."""
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Return the height that is needed."""
        rows = self._row_height * max(self.points(), 1)
        return QSize(WIDTH, round(self.above() + rows + self.below()))

    def area(self) -> QRectF:
        """Return where the marks stand, between the names and the figures."""
        left = min(self.width() * self._name_share, self._name_widest)
        right = self.width() - sum(self._figure_widths) - BESIDE_FIGURES
        height = self._row_height * self.points()
        return QRectF(left, self.above(), max(right - left, LEAST_SCALE), height)

    def row_box(self, position: int, area: QRectF) -> QRectF:
        """Return where a row stands beside an area, from the left to the right end of the chart."""
        top = area.top() + self._row_height * position
        return QRectF(0, top, self.width(), self._row_height)

    def position_at(self, place: QPointF) -> int | None:
        """Return the row under the pointer."""
        position = int((place.y() - self.above()) // self._row_height)
        return position if 0 <= position < self.points() else None

    def paint_name(
        self, painter: QPainter, position: int, area: QRectF, name: str, kind: Type, colour: str
    ) -> None:
        """Write the name of a row left of an area, on a ground where one points to the row."""
        row = self.row_box(position, area)
        if position == self.position:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(theme.colours().hover, 0.6))
            painter.drawRoundedRect(row.adjusted(0, 2, 0, -2), 6, 6)
        font = theme.current().font(kind)
        painter.setFont(font)
        painter.setPen(qcolour(colour))
        room = area.left() - BESIDE_NAME
        elided = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(NAME_MARGIN, row.top(), room, row.height()), LEFT, elided)

    def figure_boxes(self, top: float, height: float) -> list[QRectF]:
        """Return the box of every column of figures between two heights, from left to right."""
        boxes, right = [], float(self.width())
        for width in reversed(self._figure_widths):
            right -= width
            boxes.append(QRectF(right, top, width, height))
        return boxes[::-1]
