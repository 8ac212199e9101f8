"""Chooses a stretch of time: the usual ones in a list, two days, or a few letters."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ledger.core.errors import LedgerError
from ledger.flows.filters import periods
from ledger.flows.filters.periods import Cycle
from ledger.ui import theme
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.facet_popup import ROW_PIXELS
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.popup import Popup

MEANING = Qt.ItemDataRole.UserRole


class PeriodPopup(Popup):
    """The usual periods apply with one click; others with Enter.

    Signals:
        chosen(str): a period as `ledger.flows.filters.periods` reads it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        button: QWidget,
        period: str,
        today: Callable[[], date],
        cycle: Cycle = periods.HALF_YEAR,
    ) -> None:
        super().__init__(button, "Time", width=470)
        self._today, self._cycle, self._period = today, cycle, period
        self.presets = QListWidget()
        self.presets.setProperty("kind", "bare")
        self.presets.setAccessibleName("Usual periods")
        for key, label in periods.PRESETS:
            item = QListWidgetItem(label, self.presets)
            meaning = periods.meaning(key, today(), cycle)
            item.setData(MEANING, meaning)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{label}: {meaning}")
            item.setSizeHint(QSize(0, ROW_PIXELS))
            if key == period:
                self.presets.setCurrentItem(item)
        self.presets.setFixedHeight(ROW_PIXELS * len(periods.PRESETS) + 4)
        self.presets.setItemDelegate(_Meaning(self.presets))
        self.presets.itemClicked.connect(self._on_preset)
        self.presets.itemActivated.connect(self._on_preset)
        self.first, self.last = self._day("From"), self._day("To")
        self._show_days(period)
        self.typed = QLineEdit(placeholderText="2026-07, 2026-Q3, 14d …")
        self.typed.setAccessibleName("Type a period")
        self.typed.returnPressed.connect(self._on_typed)
        self.problem = PlainLabel(step=Type.CAPTION, ink="danger", wrap=True)
        self.problem.hide()
        self.pin_button = Button("Pin it to the days it means now", "link")
        self.pin_button.clicked.connect(self._on_pin)
        self.use_button = Button("Use")
        self.use_button.setAccessibleName("Use these two days")
        self.use_button.clicked.connect(self._on_days)
        self._build()
        self.setFocusProxy(self.presets)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.first, 1)
        row.addWidget(PlainLabel("–", ink="text_faint"))
        row.addWidget(self.last, 1)
        row.addWidget(self.use_button)
        self.inside.addWidget(self.presets)
        self.inside.addWidget(self.pin_button)
        self.pin_button.setVisible(periods.rolls(self._period))
        self.inside.addWidget(PlainLabel("From one day to another", Type.CAPTION, "text_faint"))
        self.inside.addLayout(row)
        self.inside.addWidget(PlainLabel("Or typed", Type.CAPTION, "text_faint"))
        self.inside.addWidget(self.typed)
        self.inside.addWidget(self.problem)

    def _day(self, name: str) -> QDateEdit:
        edit = QDateEdit()
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("d MMM yyyy")
        edit.setAccessibleName(name)
        return edit

    def _show_days(self, period: str) -> None:
        today = self._today()
        first, last = periods.days_of(period, today, self._cycle)
        for edit, day in ((self.first, first), (self.last, last)):
            shown = day if day is not None and day.year < periods.LAST_YEAR else today
            edit.setDate(QDate(shown.year, shown.month, shown.day))

    def _on_preset(self, item: QListWidgetItem) -> None:
        self._choose(periods.PRESETS[self.presets.row(item)][0])

    def _on_pin(self) -> None:
        self._choose(periods.pinned(self._period, self._today(), self._cycle))

    def _on_days(self) -> None:
        iso = [edit.date().toString("yyyy-MM-dd") for edit in (self.first, self.last)]
        self._choose("..".join(iso))

    def _on_typed(self) -> None:
        self._choose(self.typed.text().strip() or "all")

    def _choose(self, period: str) -> None:
        try:
            periods.days_of(period, self._today(), self._cycle)
        except LedgerError as problem:
            self.problem.setText(str(problem))
            self.problem.show()
            self.adjustSize()
            return
        self.chosen.emit(period)
        self.close()


class _Meaning(QStyledItemDelegate):
    """Writes beside each period which days it means now, and whether it moves."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(theme.current().font(Type.CAPTION))
        painter.setPen(QColor(theme.colours().text_faint))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(option.rect.adjusted(0, 0, -10, 0), flags, index.data(MEANING))
        painter.restore()
