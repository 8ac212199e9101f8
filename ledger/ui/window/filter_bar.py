"""The filter of every page: words that can be typed, and a button for each of their parts."""

import json
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.app.filter_model import FilterModel, FilterText
from ledger.app.ledger_client import LedgerClient
from ledger.core.errors import LedgerError
from ledger.flows.filters import periods
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.facet_popup import FacetPopup
from ledger.ui.widgets.facets import FACETS, Facet, narrowed, recalled, remembered
from ledger.ui.widgets.layouts import FlowLayout
from ledger.ui.widgets.period_popup import PeriodPopup
from ledger.ui.widgets.plain import PlainLabel, tip
from ledger.ui.widgets.words_field import WordsField
from ledger.ui.window.facet_button import FacetButton


class FilterBar(QWidget):
    """Shows the filter of the window as buttons that say what they hold, and changes it.

    Its field of words `text` is placed by the window, which has room for it above.
    """

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model = client, filter_model
        self.filter_text = FilterText(client, filter_model, today, self)
        self.time_button = FacetButton("All time", "calendar")
        self.meaning = tip(self.time_button, "The stretch of time every figure is about")
        self.compare_button = FacetButton("Days before", "compare")
        tip(self.compare_button, "Say what changed against the days just before")
        self.facets = {facet.field: FacetButton(facet.label) for facet in FACETS}
        self.clear_button = Button("Clear filter", "link")
        self.text = WordsField(self.filter_text.offers)
        self.problem = PlainLabel(step=Type.CAPTION, ink="danger", wrap=True)
        self.problem.hide()
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        self.setAccessibleName("Filter")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        buttons = QWidget()
        row = FlowLayout(buttons, 6)
        for widget in (
            self.time_button,
            self.compare_button,
            *self.facets.values(),
            self.clear_button,
        ):
            row.addWidget(widget)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self._filter_model.filter_changed.connect(self._show)
        self._client.frame_changed.connect(self._show)
        self._filter_model.compare_changed.connect(self._show_time)
        self.filter_text.changed.connect(self._show_time)
        self.filter_text.rewritten.connect(self._show_filter_text)
        self.time_button.clicked.connect(self._open_time)
        self.time_button.cleared.connect(lambda: self.set_period("all"))
        self.compare_button.clicked.connect(self.toggle_compare)
        self.compare_button.cleared.connect(self.toggle_compare)
        for facet in FACETS:
            button = self.facets[facet.field]
            button.clicked.connect(lambda _checked=False, pressed=facet: self._open(pressed))
            button.cleared.connect(lambda pressed=facet: self._put(pressed, frozenset()))
        self.clear_button.clicked.connect(self.clear)
        self.text.meant.connect(self.enter)
        self.text.paused.connect(self._on_paused)

    @property
    def period(self) -> str:
        """The period, as `ledger.flows.filters.periods` reads it."""
        return self.filter_text.period

    def set_period(self, period: str) -> None:
        """Narrow to a period as `ledger.flows.filters.periods` reads it; raises LedgerError."""
        self.filter_text.set_period(period)

    def enter(self, line: str) -> None:
        """Narrow to what the words mean; words that mean nothing change nothing and are told."""
        try:
            self.filter_text.enter(line)
        except LedgerError as problem:
            self._complain(str(problem))
        else:
            self._complain("")

    def _on_paused(self, line: str) -> None:
        try:
            self.filter_text.enter(line)
        except LedgerError:  # somebody is in the middle of a word
            return
        self._complain("")

    def _complain(self, complaint: str) -> None:
        self.problem.setText(complaint)
        self.problem.setVisible(bool(complaint))
        self.text.setAccessibleDescription(complaint)

    def toggle_compare(self) -> None:
        """Compare with the period before, or no longer."""
        self._filter_model.set_compare(not self._filter_model.compare)

    def clear(self) -> None:
        """Show everything again."""
        self.filter_text.clear()

    def state(self) -> str:
        """Return the filter without its text, to be remembered."""
        document = {"period": self.period, "words": self.filter_text.remembered_words()}
        document |= {"compare": "on"} if self._filter_model.compare else {}
        return json.dumps(document | remembered(self._filter_model.filter))

    def restore(self, state: str) -> None:
        """Narrow as it was remembered; what cannot be read narrows nothing."""
        try:
            document = json.loads(state)
        except ValueError:
            return
        self._filter_model.set(recalled(document))
        try:
            self.set_period(str(document["period"]))
        except (LedgerError, KeyError, TypeError):
            self.set_period("all")
        if isinstance(document, dict):
            self._filter_model.set_compare(document.get("compare") == "on")
            line = document.get("words")
            self.filter_text.recall(line if isinstance(line, str) else "")

    def _open_time(self) -> None:
        popup = PeriodPopup(
            self.time_button, self.period, self.filter_text.today, self.filter_text.cycle
        )
        popup.chosen.connect(self.set_period)
        popup.open_under()

    def _open(self, facet: Facet) -> None:
        button = self.facets[facet.field]
        choices = facet.choices(self._client.frame)
        popup = FacetPopup(button, facet, choices, facet.values(self._filter_model.filter))
        popup.chosen.connect(lambda values: self._put(facet, values))
        popup.open_under()

    def _put(self, facet: Facet, values: frozenset[object]) -> None:
        self._filter_model.set(facet.put(self._filter_model.filter, values))

    def _show(self) -> None:
        self._show_rare()
        for facet in FACETS:
            given = self._client.frame.project_names if facet.field == "projects" else {}
            self.facets[facet.field].show_value(facet.summary(self._filter_model.filter, given))
        self.clear_button.setVisible(narrowed(self._filter_model.filter))
        self._show_time()
        self.updateGeometry()

    def _show_rare(self) -> None:
        """Offer worktrees where there are any: most people have none."""
        has_any = len(self._client.frame.worktrees) > 1
        self.facets["worktrees"].setVisible(has_any or bool(self._filter_model.filter.worktrees))

    def _show_filter_text(self) -> None:
        self._complain("")
        self.text.show_line(self.filter_text.words)

    def _show_time(self) -> None:
        period, today, cycle = self.period, self.filter_text.today(), self.filter_text.cycle
        self.time_button.show_value("" if period == "all" else periods.words_of(period))
        meaning = periods.meaning(period, today, cycle)
        self.meaning.text = f"{meaning[0].upper()}{meaning[1:]}."
        self.time_button.setAccessibleDescription(f"Every figure is about this time: {meaning}")
        self.compare_button.show_value(
            "Beside the days before" if self._filter_model.compare else ""
        )

    def focus_text(self) -> None:
        """Put the cursor into the field of words."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
