"""Facts and texts of interactions, fetched once, and ahead of the card that will show them."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Signal

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Aspect, Changes
from ledger.flows import transcript
from ledger.flows.evidence.details import InteractionDetails, details_of
from ledger.flows.transcript import MaskedTranscript

CAPACITY = 12  # interactions remembered: the one that is shown, its neighbours, the next


class DetailsCache(QObject):
    """What is known of a few interactions now; what is out of date is fetched again when wanted.

    Signals:
        came(object): more or other things are known of the interaction with this id.
    """

    came = Signal(object)

    def __init__(self, client: LedgerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._facts: OrderedDict[int, InteractionDetails] = OrderedDict()
        self._texts: dict[int, MaskedTranscript] = {}
        self._stale: set[int] = set()  # facts that are shown until newer ones are here
        self._unread: set[int] = set()  # texts of which that is so
        self._asked: set[int] = set()
        self._reading: set[int] = set()
        client.changed.connect(self._on_changed)
        client.failed.connect(lambda _error: self._asked.clear())

    def facts(self, identity: int) -> InteractionDetails | None:
        """Return what is known of an interaction; None until it was fetched."""
        return self._facts.get(identity)

    def text(self, identity: int) -> MaskedTranscript | None:
        """Return its guarded text; None until it was read."""
        return self._texts.get(identity)

    def want(self, identity: int) -> None:
        """Fetch what is missing or out of date; `came` tells it."""
        known = identity in self._facts and identity not in self._stale
        if not known and identity not in self._asked:
            self._asked.add(identity)
            self._stale.discard(identity)
            self._client.ask(
                partial(details_of, identity=identity), partial(self._on_facts, identity)
            )
        elif known:
            self._read(identity)

    def _on_facts(self, identity: int, facts: InteractionDetails | None) -> None:
        self._asked.discard(identity)
        if facts is None:  # it was withdrawn
            return
        self._facts[identity] = facts
        self._facts.move_to_end(identity)
        while len(self._facts) > CAPACITY:
            gone, _ = self._facts.popitem(last=False)
            self._texts.pop(gone, None)
        self.came.emit(identity)
        self._read(identity)

    def _read(self, identity: int) -> None:
        known = identity in self._texts and identity not in self._unread
        if known or identity in self._reading:
            return
        self._reading.add(identity)
        self._unread.discard(identity)
        row = self._facts[identity].row
        self._client.read(
            lambda: transcript.masked_transcript(row), partial(self._on_text, identity)
        )

    def _on_text(self, identity: int, text: MaskedTranscript) -> None:
        self._reading.discard(identity)
        if identity in self._facts:
            self._texts[identity] = text
            self.came.emit(identity)

    def _on_changed(self, changes: Changes) -> None:
        known = self._facts.keys() | self._asked
        touched = known if changes.ids is None else changes.ids & known
        self._stale.update(touched)
        if changes.any_of(Aspect.INTERACTIONS):
            self._unread.update(touched)
        for identity in touched & self._asked:  # what is on its way may be older than this
            self._asked.discard(identity)
