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

SLICE = 300  # interactions per look at the logs: about 50 ms, so that an answer never waits long


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
        self._round = 0  # answers of an earlier search are dropped
        self._text = ""
        self._rest: Sequence[int] = ()
        self._all = 0
        self._found: set[int] = set()
        filter_model.filter_changed.connect(self._on_filter)

    def _on_filter(self, chosen: Filter) -> None:
        if chosen.text == self._text:
            return
        self._text = chosen.text
        self._round += 1
        self._found = set()
        if not chosen.text:
            self._filter_model.set(replace(chosen, ids=None))
            return
        self._filter_model.set(replace(chosen, ids=frozenset()))
        self._rest = self._client.frame.id.tolist()[::-1]
        self._all = len(self._rest)
        self._next()

    def _next(self) -> None:
        ids, self._rest = self._rest[:SLICE], self._rest[SLICE:]
        self.searching.emit(self._all - len(self._rest) - len(ids), self._all)
        number = self._round
        if ids:
            self._client.ask(lambda store: store.rows(ids), lambda rows: self._read(rows, number))
        else:
            self.searching.emit(self._all, self._all)

    def _read(self, rows: list[InteractionRow], number: int) -> None:
        from ledger.flows import transcript  # noqa: PLC0415 - after the first paint

        text = self._text
        if number == self._round:
            self._client.read(
                lambda: transcript.matching(rows, text), lambda ids: self._take(ids, number)
            )

    def _take(self, ids: frozenset[int], number: int) -> None:
        if number != self._round:
            return
        if ids:
            self._found |= ids
            self._filter_model.set(replace(self._filter_model.filter, ids=frozenset(self._found)))
        self._next()
