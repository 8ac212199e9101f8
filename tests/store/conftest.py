"""A new ledger in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened
        assert opened.check() == []
