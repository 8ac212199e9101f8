"""Declares a trial: what one will do differently, from which day, and for how long."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QWidget

from ledger.core.formatting import day
from ledger.core.trials import LONGEST, SHORTEST, Trial
from ledger.ui import theme
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card
from ledger.ui.widgets.setting_row import CalmCombo, CalmSpin

USUAL_DAYS = 28
MOST_WORDS = 120
WHY = (
    "Declare it before you look: the day and the length then stand and cannot be moved. Nothing "
    "is shown until the days are over and their last work has had a week to settle."
)


class TrialForm(Card):
    """A line to fill in, and the trials that were declared.

    Signals:
        declared(str, date, int): the person declares what, from which day, for how many days.
        given_up(Trial): the person gives a declared trial up.
        chosen(): the person wants to see another trial.
    """

    declared = Signal(str, object, int)
    given_up = Signal(object)
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.change = QLineEdit(placeholderText="What will you do differently?")
        self.change.setAccessibleName("What you will do differently")
        self.change.setMaxLength(MOST_WORDS)
        self.start = QDateEdit()
        self.start.setCalendarPopup(True)
        self.start.setAccessibleName("First day")
        self.start.setDisplayFormat("d MMM yyyy")
        self.days = CalmSpin()
        self.days.setAccessibleName("Days on either side")
        self.days.setRange(SHORTEST, LONGEST)
        self.days.setValue(USUAL_DAYS)
        self.days.setSuffix(" days")
        self.declare = Button("Declare", "primary")
        self.trials = CalmCombo()
        self.trials.setAccessibleName("Declared trials")
        self.give_up = Button("Give it up", "quiet")
        self._build()
        self._connect()

    def _build(self) -> None:
        space = theme.current().space
        self.column.setContentsMargins(space.xl, space.l, space.xl, space.xl)
        self.column.addWidget(PlainLabel("Try something out", Type.HEADING))
        self.column.addWidget(PlainLabel(WHY, ink="text_soft", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(space.s)
        row.addWidget(self.change, 1)
        row.addWidget(PlainLabel("from", ink="text_soft"))
        row.addWidget(self.start)
        row.addWidget(PlainLabel("for", ink="text_soft"))
        row.addWidget(self.days)
        row.addWidget(self.declare)
        self.column.addLayout(row)
        self._declared_row = QWidget()
        below = QHBoxLayout(self._declared_row)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(space.s)
        below.addWidget(PlainLabel("Declared", ink="text_soft"))
        below.addWidget(self.trials, 1)
        below.addWidget(self.give_up)
        self.column.addWidget(self._declared_row)

    def _connect(self) -> None:
        self.change.textChanged.connect(lambda _text: self._show_ready())
        self.change.returnPressed.connect(self._on_declare)
        self.declare.clicked.connect(self._on_declare)
        self.give_up.clicked.connect(lambda: self.given_up.emit(self.trial()))
        self.trials.currentIndexChanged.connect(lambda _row: self.chosen.emit())
        self._show_ready()

    def show_today(self, today: date) -> None:
        """Offer tomorrow as the first day, unless another one was chosen."""
        if not self.change.text():
            later = QDate(today.year, today.month, today.day).addDays(1)
            self.start.setDate(later)

    def show_trials(self, trials: tuple[Trial, ...]) -> None:
        """Offer these, the newest first; the one that is shown stays."""
        before = self.trial()
        self.trials.blockSignals(True)
        self.trials.clear()
        for trial in reversed(trials):
            self.trials.addItem(trial_label(trial), trial)
        places = [n for n in range(self.trials.count()) if self.trials.itemData(n) == before]
        self.trials.setCurrentIndex(places[0] if places else 0 if trials else -1)
        self.trials.blockSignals(False)
        self._declared_row.setVisible(bool(trials))
        self._show_ready()

    def trial(self) -> Trial | None:
        """Return the trial that is to be shown."""
        data: Trial | None = self.trials.currentData()
        return None if data is None else Trial(*data)

    def _show_ready(self) -> None:
        self.declare.setEnabled(bool(self.change.text().strip()))
        trial = self.trial()
        self.give_up.setVisible(trial is not None and trial.given_up is None)

    def _on_declare(self) -> None:
        change = self.change.text().strip()
        if not change:
            return
        picked = self.start.date()
        start = date(picked.year(), picked.month(), picked.day())
        days = self.days.value()
        self.change.clear()
        self.declared.emit(change, start, days)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Escape from leaving a half-written line."""
        if event.key() == Qt.Key.Key_Escape and self.change.text():
            self.change.clear()
        else:
            super().keyPressEvent(event)


def trial_label(trial: Trial) -> str:
    """Return a trial in a line."""
    line = f"{trial.what}: from {day(trial.start, year=True)} for {trial.days} days"
    return f"{line}, given up" if trial.given_up else line
