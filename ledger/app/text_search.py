"""Finds the interactions whose prompt, note or labels hold the words of the filter.

Prompts are not in the ledger: they are read live from the logs, newest first, a few at a time, and
the filter narrows as they come.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.core.filters import Filter
from ledger.core.rows import InteractionRow

ROWS_PER_READ = (
    300  # interactions per look at the logs: about 50 ms, so that an answer never waits long
)


class TextSearch(QObject):
    """Keeps `filter.ids` at what was found for `filter.text`.

    Signals:
        searching(int, int): how many interactions were looked at, of how many; equal at the end.
    """

    searching = Signal(int, int)

    def __init__(
        self, client: LedgerClient, filter_model: FilterModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._filter_model = client, filter_model
        self._search_number = 0  # answers of an earlier search are dropped
        self._text = ""
        self._unread_ids: Sequence[int] = ()
        self._total = 0
        self._matching_ids: set[int] = set()
        filter_model.filter_changed.connect(self._on_filter)

    def _on_filter(self, filter_: Filter) -> None:
        if filter_.text == self._text:
            return
        self._text = filter_.text
        self._search_number += 1
        self._matching_ids = set()
        if not filter_.text:
            self._filter_model.set(replace(filter_, ids=None))
            return
        self._filter_model.set(replace(filter_, ids=frozenset()))
        self._unread_ids = self._client.frame.id.tolist()[::-1]
        self._total = len(self._unread_ids)
        self._next()

    def _next(self) -> None:
        ids, self._unread_ids = self._unread_ids[:ROWS_PER_READ], self._unread_ids[ROWS_PER_READ:]
        self.searching.emit(self._total - len(self._unread_ids) - len(ids), self._total)
        number = self._search_number
        if ids:
            self._client.ask(lambda store: store.rows(ids), lambda rows: self._read(rows, number))
        else:
            self.searching.emit(self._total, self._total)

    def _read(self, rows: list[InteractionRow], number: int) -> None:
        from ledger.flows import transcript  # noqa: PLC0415 - after the first paint

        text = self._text
        if number == self._search_number:
            self._client.read(
                lambda: transcript.matching(rows, text), lambda ids: self._take(ids, number)
            )

    def _take(self, ids: frozenset[int], number: int) -> None:
        if number != self._search_number:
            return
        if ids:
            self._matching_ids |= ids
            self._filter_model.set(
                replace(self._filter_model.filter, ids=frozenset(self._matching_ids))
            )
        self._next()
