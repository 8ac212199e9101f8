"""How much of an output was still there at each horizon: a bar for each, and the words beside."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.formatting import percent
from ledger.flows.evidence import details
from ledger.ui import theme
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import tip

ROW = 24
BAR = 6
GAP = 10
WHEN = {
    Horizon.NOW: "Now",
    Horizon.DAY: "1 day",
    Horizon.WEEK: "7 days",
    Horizon.MONTH: "30 days",
}
WORDS = {
    Fate.REVERTED: "reverted",
    Fate.TOO_SMALL: "too small to tell",
    Fate.UNKNOWN: "git cannot tell",
}


class SurvivalBars(QWidget):
    """The strong part of a bar is on the default branch, the pale part only elsewhere.

    The line across a bar is the repository's own median of that week.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Survival, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tip = tip(self, "")
        theme.changed.connect(self._restyle)

    def show_survivals(self, survivals: Sequence[Survival]) -> None:
        """Show what git found, the nearest horizon first; unknown only where nothing is known."""
        known_survivals = tuple(
            survival for survival in survivals if survival.fate is not Fate.UNKNOWN
        )
        self._rows = known_survivals or tuple(survivals[:1])
        sentences = " ".join(details.survived(survivals))
        self.setAccessibleName(f"What survives. {sentences}")
        self._tip.text = "\n".join(details.survived(survivals))
        self.setAccessibleDescription(sentences)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return a line for each horizon."""
        return QSize(200, len(self._rows) * self._height())

    def _height(self) -> int:
        return round(ROW * theme.current().text_size)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.setFixedHeight(len(self._rows) * self._height())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font(Type.CAPTION, tabular=True))
        metrics = painter.fontMetrics()
        left = max(metrics.horizontalAdvance(label) for label in WHEN.values()) + GAP
        right = (
            max(
                (metrics.horizontalAdvance(survival_text(survival)) for survival in self._rows),
                default=0,
            )
            + GAP
        )
        for number, survival in enumerate(self._rows):
            line = QRect(0, number * self._height(), self.width(), self._height())
            self._paint_row(painter, survival, line, (left, right))

    def _paint_row(
        self, painter: QPainter, survival: Survival, line: QRect, sides: tuple[int, int]
    ) -> None:
        colours, (left, right) = theme.colours(), sides
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(qcolour(colours.text_faint))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, WHEN[survival.horizon])
        painter.setPen(qcolour(colours.text_soft))
        if survival.fate in WORDS or survival.anywhere is None:
            text_area = line.adjusted(left, 0, 0, 0)
            painter.drawText(
                text_area, Qt.AlignmentFlag.AlignLeft | middle, survival_text(survival)
            )
            return
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, survival_text(survival))
        top = line.center().y() - BAR / 2 + 1
        room = QRectF(left, top, max(24, line.width() - left - right), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        shares = ((1.0, colours.hover), (survival.anywhere, colours.interval))
        for share, colour in (*shares, (survival.landed or 0.0, colours.kept)):
            bar = QRectF(room.left(), room.top(), room.width() * min(share, 1.0), room.height())
            painter.setBrush(qcolour(colour))
            painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        if survival.baseline is not None:
            x = room.left() + room.width() * survival.baseline
            painter.fillRect(QRectF(x - 1, room.top() - 3, 2, BAR + 6), qcolour(colours.text_soft))


def survival_text(survival: Survival) -> str:
    """Return how much is there in two or three words."""
    if survival.fate in WORDS or survival.anywhere is None:
        return WORDS.get(survival.fate, WORDS[Fate.UNKNOWN])
    text = (
        f"{survival.lines_left} of {survival.lines}"
        if survival.lines
        else percent(survival.anywhere)
    )
    return f"{text}, uncommitted" if survival.fate is Fate.PARKED else text
