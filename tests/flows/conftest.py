import itertools

import pytest

from ledger.flows.desk import Desk
from ledger.store.store import Store


@pytest.fixture
def clock():
    """A clock that goes on by a second each time it is asked."""
    ticks = itertools.count(1_780_000_000_000, 1000)
    return lambda: next(ticks)


@pytest.fixture
def desk(tmp_path, clock):
    with Store.open(tmp_path / "ledger.db") as store:
        yield Desk(store, clock)
