"""What the person narrowed the ledger to: one filter that every page shares, and its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ledger.app.ledger_client import LedgerClient
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.flows.filters import periods
from ledger.flows.filters.completion import Offer, offers
from ledger.flows.filters.format import SEARCH, remove_term, replace_term
from ledger.flows.filters.parser import ParsedFilter, parse
from ledger.flows.filters.periods import HALF_YEAR, Cycle
from ledger.flows.filters.resolver import Key, Names

ROLL_MS = 60_000  # a period that moves with the calendar moves within a minute after midnight


class FilterModel(QObject):
    """Holds the filter, and whether figures stand beside those of the period before.

    Signals:
        filter_changed(Filter): the filter is another one now.
        compare_changed(bool): figures are to be compared with the period before, or no longer.
    """

    filter_changed = Signal(object)
    compare_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter: Filter = ANY
        self.compare = False

    def set(self, filter_: Filter) -> None:
        """Narrow every page to this filter."""
        if filter_ != self.filter:
            self.filter = filter_
            self.filter_changed.emit(filter_)

    def set_compare(self, is_on: bool) -> None:
        """Compare with the period before, or no longer."""
        if is_on != self.compare:
            self.compare = is_on
            self.compare_changed.emit(is_on)


class FilterText(QObject):
    """The words that mean the filter: read when somebody enters them, changed by every click.

    Keeps words, period and filter in step; `words` stay as they were typed.

    Signals:
        changed(): the words or the period are others now.
        rewritten(): somebody else than the words' own field changed them.
    """

    changed = Signal()
    rewritten = Signal()

    def __init__(
        self,
        client: LedgerClient,
        filter_model: FilterModel,
        today: Callable[[], date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model, self.today = client, filter_model, today
        self.words, self.period, self.cycle = "", "all", HALF_YEAR
        self._applied_filter = ANY  # what the words mean, without the ids of a search
        self._names = Names()
        self._remembered_text = ""  # words of the last time, until the ledger's names are known
        self._roll = QTimer(self, interval=ROLL_MS)
        self._roll.timeout.connect(self.roll)
        self._roll.start()
        filter_model.filter_changed.connect(self._on_filter)
        client.frame_changed.connect(self._on_frame)
        self._on_filter(filter_model.filter)

    def enter(self, line: str) -> None:
        """Narrow to what the words mean; raises LedgerError, and then nothing has changed."""
        self._names = Names.of(self._client.frame)
        self._apply(line, parse(line, self._names, self.today(), self.cycle))

    def choose(self, line: str) -> None:
        """Enter words that stand somewhere else than in their field; raises LedgerError."""
        self.enter(line)
        self.rewritten.emit()

    def set_period(self, period: str) -> None:
        """Narrow to a period as `flows.filters.periods` reads it; raises LedgerError."""
        since, until = periods.span_of(period, self.today(), cycle=self.cycle)
        self.period = period
        self._filter_model.set(replace(self._filter_model.filter, since_s=since, until_s=until))
        self.changed.emit()

    def use(self, cycle: Cycle) -> None:
        """Take another review cycle; a period that depends on it follows."""
        self.cycle = cycle
        self.roll()

    def roll(self) -> None:
        """Move a period that follows the calendar to today."""
        if periods.rolls(self.period):
            self.set_period(self.period)

    def clear(self) -> None:
        """Show everything again."""
        self._apply("", ParsedFilter(ANY))
        self.rewritten.emit()

    def remembered_words(self) -> str:
        """Return the words without what is searched for, to be remembered."""
        return remove_term(self.words, (SEARCH,))

    def recall(self, filter_text: str) -> None:
        """Enter words of the last time as soon as the ledger's names are known."""
        self._remembered_text = filter_text
        self._on_frame()

    def offers(self, line: str, cursor: int) -> Sequence[Offer]:
        """Return what could be typed at the cursor."""
        from ledger.flows.filters.completion import count_values  # noqa: PLC0415 - it loads numpy

        frame = self._client.frame

        def counted(key: Key) -> Mapping[Any, int]:
            return count_values(frame, key)

        return offers(line, cursor, Names.of(frame), counted)

    def _apply(self, line: str, parsed: ParsedFilter) -> None:
        ids = (
            self._filter_model.filter.ids
            if parsed.filter.text == self._filter_model.filter.text
            else None
        )
        self.words, self.period, self._applied_filter = line, parsed.period, parsed.filter
        self._filter_model.set(replace(parsed.filter, ids=ids))
        self.changed.emit()

    def _on_frame(self) -> None:
        """Read the words again when the ledger knows other names: a pattern may mean more now."""
        if not self._client.ready:
            return
        names = Names.of(self._client.frame)
        filter_text, self._remembered_text = self._remembered_text or self.words, ""
        if names == self._names and filter_text == self.words:
            return
        self._names = names
        is_other = filter_text != self.words
        try:
            self._apply(filter_text, parse(filter_text, names, self.today(), self.cycle))
        except LedgerError:  # a name is gone: the filter stays as it is
            return
        if is_other:  # else somebody may be typing
            self.rewritten.emit()

    def _on_filter(self, filter_: Filter) -> None:
        """Follow when something else than words changed the filter."""
        span = (filter_.since_s, filter_.until_s)
        if span != periods.span_of(self.period, self.today(), cycle=self.cycle):
            self.period = periods.written(*span)
        filter_ = replace(filter_, ids=None)
        if filter_ == self._applied_filter:
            return
        dates: dict[str, Any] = {"today": self.today(), "cycle": self.cycle}
        self.words = replace_term(
            self.words, self._applied_filter, filter_, self._names, self.period, **dates
        )
        self._applied_filter = filter_
        self.changed.emit()
        self.rewritten.emit()
