"""A review page over a ledger with chosen numbers, answered at once."""

from datetime import date
from functools import partial

from ledger.core.rows import InteractionRow
from ledger.host import paths
from ledger.store.store import Store
from tests.reviews import a_frame
from tests.ui.pages.fakes import FakeClient, FakeStore, row

TODAY = date(2026, 10, 5)


class ReviewStore(FakeStore):
    """Knows of no survival, and every interaction by its id."""

    @property
    def evidence(self):
        return self

    def survivals(self, ids):
        return {}

    def rows(self, ids) -> list[InteractionRow]:
        return [row(identity) for identity in ids]


class ReviewClient(FakeClient):
    """A client on a frame; on the person's own ledger unless told otherwise."""

    def __init__(self, frame=None, path=None):
        super().__init__(a_frame() if frame is None else frame)
        self.store = ReviewStore()
        self.path = path or paths.ledger_path()

    def ask(self, question, answer):
        if isinstance(question, partial) and question.func is Store.rows:
            answer(self.store.rows(**question.keywords))
        else:
            super().ask(question, answer)


def today():
    """Return the day on which the third quarter is over."""
    return TODAY
