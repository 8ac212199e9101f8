"""Which days a review is about: the last quarters with one click, any others from a menu."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ledger.core.errors import LedgerError
from ledger.flows.filters import periods
from ledger.flows.filters.periods import Cycle
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button, repolish
from ledger.ui.widgets.period_popup import PeriodPopup
from ledger.ui.widgets.plain import PlainLabel

QUARTERS = 3
MONTHS = 3


def quarter_of(day: date) -> str:
    """Return the quarter that a day lies in, like 2026-Q3."""
    return f"{day.year}-Q{(day.month - 1) // MONTHS + 1}"


def last_quarters(today: date, number: int = QUARTERS) -> list[str]:
    """Return this quarter and those before it, the latest first."""
    at = today.year * 4 + (today.month - 1) // MONTHS
    return [f"{quarter // 4}-Q{quarter % 4 + 1}" for quarter in range(at, at - number, -1)]


def standing(text: str, today: date, cycle: Cycle) -> str:
    """Return a period so that it means the same days tomorrow; raises LedgerError."""
    first, last = periods.days_of(text, today, cycle)
    if first is None:
        raise LedgerError("A review needs a period that begins.", periods.HINT)
    last = last or today
    quarter = quarter_of(first)
    if periods.days_of(quarter, today) == (first, last):
        return quarter
    return f"{first}..{last}"


class PeriodRow(QWidget):
    """A few buttons of which one is taken.

    Signals:
        chosen(str): a period that stands still.
    """

    chosen = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._cycle, self._period = today, periods.HALF_YEAR, ""
        self.quarters: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for number, name in enumerate(last_quarters(today())):
            button = Button(f"{name} so far" if not number else name, "facet")
            button.clicked.connect(lambda _checked=False, quarter=name: self.chosen.emit(quarter))
            self.quarters[name] = button
            row.addWidget(button)
        self.other = Button("Other days …", "facet", "calendar")
        self.other.clicked.connect(self._open)
        row.addWidget(self.other)
        self._days = PlainLabel("", Type.CAPTION, "text_faint", elide=True)
        row.addSpacing(6)
        row.addWidget(self._days, 1)

    def use(self, months: int, begins: int) -> None:
        """Reviews repeat so from now on."""
        self._cycle = Cycle(months, begins)

    def usual(self, begun: date | None = None) -> str:
        """Return the quarter that is over; this one where all work `begun` later."""
        now, over = last_quarters(self._today(), 2)
        return now if begun is not None and quarter_of(begun) == now else over

    def show_period(self, name: str, days: str) -> None:
        """Mark what is shown, and say which days it covers."""
        self._period = name
        for quarter, button in self.quarters.items():
            self._mark(button, quarter == name)
        is_quarter = name in self.quarters
        self.other.set_label("Other days …" if is_quarter else periods.words_of(name))
        self._mark(self.other, not is_quarter)
        self._days.setText(days)

    def _mark(self, button: Button, on: bool) -> None:
        button.setProperty("set", "true" if on else "false")
        button.setAccessibleDescription("chosen" if on else "")
        repolish(button)

    def _open(self) -> None:
        popup = PeriodPopup(self.other, self._period, self._today, self._cycle)
        popup.chosen.connect(self._on_other)
        popup.open_under()

    def _on_other(self, text: str) -> None:
        try:
            self.chosen.emit(standing(text, self._today(), self._cycle))
        except LedgerError:
            self.chosen.emit(text)  # whoever begins the review refuses it with the reason
