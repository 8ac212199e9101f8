"""The filter of every page: time, tool, model, project, label, tag, intent and text."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ledger.app.session import Session
from ledger.app.view import View
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.ui import periods, theme
from ledger.ui.icons import icon
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.facet_button import FacetButton
from ledger.ui.widgets.facet_popup import FacetPopup
from ledger.ui.widgets.facets import FACETS, Facet, narrowed, recalled, remembered
from ledger.ui.widgets.flow_layout import FlowLayout
from ledger.ui.widgets.period_popup import PeriodPopup

TYPING_MS = 350  # one search per word, not one per letter
ROLL_MS = 60_000  # a period that moves with the calendar moves within a minute after midnight


class FilterBar(QWidget):
    """Shows the view's filter as buttons that say what they hold, and changes it.

    Its search field `text` is placed by the window, which has room for it above.

    Signals:
        searched(str): the person wants this text; the filter holds it already.
    """

    searched = Signal(str)

    def __init__(
        self,
        session: Session,
        view: View,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._today = session, view, today
        self.period = "all"
        self._time = FacetButton("All time", "calendar")
        self._time.setAccessibleDescription("The stretch of time every figure is about")
        self._facets = {facet.field: FacetButton(facet.words, facet.icon) for facet in FACETS}
        self.clear_button = Button("Clear filter", "link")
        self.text = QLineEdit(placeholderText="Search prompts")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._roll = QTimer(self, interval=ROLL_MS)
        self._build()
        self._connect()
        self._show(view.filter)

    def _build(self) -> None:
        self.setAccessibleName("Filter")
        self.text.setAccessibleName("Search prompts")
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(230)
        self._glass = self.text.addAction(
            icon("search", "text_faint", 16), QLineEdit.ActionPosition.LeadingPosition
        )
        row = FlowLayout(self, 6)
        for widget in (self._time, *self._facets.values(), self.clear_button):
            row.addWidget(widget)

    def _connect(self) -> None:
        self._view.filter_changed.connect(self._show)
        self._time.clicked.connect(self._open_time)
        self._time.cleared.connect(lambda: self.set_period("all"))
        for facet in FACETS:
            button = self._facets[facet.field]
            button.clicked.connect(lambda _checked=False, chosen=facet: self._open(chosen))
            button.cleared.connect(lambda chosen=facet: self._put(chosen, frozenset()))
        self.clear_button.clicked.connect(self.clear)
        self._typing.timeout.connect(self._search)
        self.text.textEdited.connect(lambda _text: self._typing.start())
        self.text.textChanged.connect(lambda text: None if text else self._search())
        self.text.returnPressed.connect(self._search)
        self._roll.timeout.connect(self.roll)
        self._roll.start()
        theme.changed.connect(self._restyle)

    def set_period(self, period: str) -> None:
        """Narrow to a period as `ledger.ui.periods` reads it; raises LedgerError."""
        since, until = periods.span_of(period, self._today())
        self.period = period
        self._view.set(replace(self._view.filter, since_s=since, until_s=until))
        self._show(self._view.filter)

    def roll(self) -> None:
        """Move a period that follows the calendar to today."""
        if "d" in self.period or "quarter" in self.period:
            self.set_period(self.period)

    def clear(self) -> None:
        """Show everything again."""
        self.period = "all"
        self._view.set(ANY)

    def state(self) -> str:
        """Return the filter without its text, to be remembered."""
        return json.dumps({"period": self.period} | remembered(self._view.filter))

    def restore(self, state: str) -> None:
        """Narrow as it was remembered; what cannot be read narrows nothing."""
        try:
            document = json.loads(state)
        except ValueError:
            return
        self._view.set(recalled(document))
        try:
            self.set_period(str(document["period"]))
        except (LedgerError, KeyError, TypeError):
            self.set_period("all")

    def _open_time(self) -> None:
        popup = PeriodPopup(self._time, self.period, self._today)
        popup.chosen.connect(self.set_period)
        popup.open_under()

    def _open(self, facet: Facet) -> None:
        button = self._facets[facet.field]
        choices = facet.choices(self._session.frame)
        popup = FacetPopup(button, facet, choices, facet.values(self._view.filter))
        popup.chosen.connect(lambda values: self._put(facet, values))
        popup.open_under()

    def _put(self, facet: Facet, values: frozenset[object]) -> None:
        self._view.set(facet.put(self._view.filter, values))

    def _search(self) -> None:
        self._typing.stop()
        text = self.text.text().strip()
        if text != self._view.filter.text:
            self._view.set(replace(self._view.filter, text=text, ids=None))
            self.searched.emit(text)

    def _show(self, chosen: Filter) -> None:
        span = (chosen.since_s, chosen.until_s)
        if span != periods.span_of(self.period, self._today()):
            self.period = periods.written(*span)
        self._time.show_value("" if self.period == "all" else periods.words_of(self.period))
        for facet in FACETS:
            self._facets[facet.field].show_value(facet.summary(chosen))
        self.clear_button.setVisible(narrowed(chosen))
        if chosen.text != self.text.text().strip():
            self.text.setText(chosen.text)
        self.updateGeometry()

    def _restyle(self) -> None:
        self._glass.setIcon(icon("search", "text_faint", 16))

    def focus_text(self) -> None:
        """Put the cursor into the search field."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
