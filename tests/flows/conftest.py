import itertools

import pytest

from ledger.flows.evidence.repository import BlobFeatures, Repository
from ledger.flows.workspace import Workspace
from ledger.store.store import Store
from tests.git_worlds import KEY


@pytest.fixture
def clock():
    """A clock that goes on by a second each time it is asked."""
    ticks = itertools.count(1_780_000_000_000, 1000)
    return lambda: next(ticks)


@pytest.fixture
def workspace(tmp_path, clock):
    with Store.open(tmp_path / "ledger.db") as store:
        yield Workspace(store, clock)


@pytest.fixture
def opened():
    """What opens the repository of a world; all are closed in the end."""
    found = []

    def open_(world):
        found.append(Repository(str(world.root), BlobFeatures(KEY)))
        return found[-1]

    yield open_
    for one in found:
        one.close()
