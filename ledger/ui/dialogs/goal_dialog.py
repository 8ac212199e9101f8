"""Sets a goal: a share of what became of work. An amount is refused, with the reason."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ledger.core.errors import LedgerError
from ledger.core.goals import LONGEST_DAYS, LONGEST_GRACE, SHORTEST_DAYS, Goal, Measure
from ledger.flows.filters.completion import Offer
from ledger.flows.insights.goals import REFUSAL
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.words_field import WordsField

WIDTH = 520
AMOUNT = "An amount: tokens, prompts, sessions, money …"
USUAL = {Measure.THROWN: 20, Measure.KEPT: 60, Measure.COVERAGE: 80}


class GoalDialog(QDialog):
    """Asks what is measured, the threshold, and for which work; `goal` is there after Save."""

    def __init__(
        self,
        parent: QWidget,
        check: Callable[[Goal], Goal],
        offers: Callable[[str, int], Sequence[Offer]],
    ) -> None:
        """Take `check`, which returns the goal tidied or raises LedgerError."""
        super().__init__(parent)
        self.setWindowTitle("Set a goal")
        self.setFixedWidth(WIDTH)
        self._check = check
        self.goal: Goal | None = None
        self.measure = QComboBox()
        self.measure.setAccessibleName("What is measured")
        self.measure.addItems([*(measure.words for measure in Measure), AMOUNT])
        self.filter_field = WordsField(offers)
        self.filter_field.setPlaceholderText("All work, or: kind:refactor project:api")
        self.filter_field.setAccessibleName("For which work, in filter words")
        self.percent = _number("Percent", 1, 99, USUAL[Measure.THROWN], "\u202f%")
        self.days = _number("Days it looks back", SHORTEST_DAYS, LONGEST_DAYS, 28, " days")
        self.grace = _number("Grace days", 0, LONGEST_GRACE, 7, " days")
        self._side = PlainLabel("Under", ink="text_soft")
        self.problem = PlainLabel(ink="danger", wrap=True)
        self.refusal = PlainLabel(f"Refused. {REFUSAL}", wrap=True)
        self.save, self._cancel = Button("Save", "primary"), Button("Cancel", "quiet")
        self.save.setDefault(True)
        self._build()
        self._show()
        self.measure.currentIndexChanged.connect(self._show)
        self.save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(PlainLabel("What", ink="text_soft"), self.measure)
        form.addRow(self._side, self.percent)
        form.addRow(PlainLabel("For", ink="text_soft"), self.filter_field)
        form.addRow(PlainLabel("In the last", ink="text_soft"), self.days)
        form.addRow(PlainLabel("Told after", ink="text_soft"), self.grace)
        grace = "A miss is told only once it has lasted so long. Nothing ever pops up."
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel("A share of what became of your work", Type.HEADING))
        column.addLayout(form)
        column.addWidget(PlainLabel(grace, Type.CAPTION, "text_faint", wrap=True))
        column.addWidget(self.refusal)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        self.problem.hide()

    def _measured(self) -> Measure | None:
        """Return the measure that is chosen; None for an amount."""
        place = self.measure.currentIndex()
        return list(Measure)[place] if place < len(Measure) else None

    def _show(self) -> None:
        measure = self._measured()
        self.refusal.setVisible(measure is None)
        self.save.setEnabled(measure is not None)
        if measure is not None:
            self._side.setText("Under" if measure.is_most else "At least")
            self.percent.setValue(USUAL[measure])
        self.adjustSize()

    def _on_save(self) -> None:
        measure = self._measured()
        if measure is None:
            return
        goal = Goal(
            measure=measure,
            percent=self.percent.value(),
            words=self.filter_field.text(),
            days=self.days.value(),
            grace_days=self.grace.value(),
        )
        try:
            self.goal = self._check(goal)
        except LedgerError as problem:
            self.problem.setText(str(problem))
            self.problem.show()
            self.adjustSize()
            return
        self.accept()


def _number(name: str, low: int, high: int, value: int, unit: str) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(low, high)
    box.setValue(value)
    box.setSuffix(unit)
    return box


def ask_goal(
    parent: QWidget,
    check: Callable[[Goal], Goal],
    offers: Callable[[str, int], Sequence[Offer]],
) -> Goal | None:
    """Return the goal that the person set; None when they changed their mind."""
    dialog = GoalDialog(parent, check, offers)
    return dialog.goal if dialog.exec() else None
