from pathlib import Path

import pytest

from ledger.app.ledger_client import LedgerClient
from ledger.importers.base import Home


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(folder, {})


@pytest.fixture
def client(qtbot, tmp_path, home):
    """An open client on an empty ledger; closed, with its threads, whatever the test does."""
    opened = LedgerClient(Path(tmp_path) / "data" / "ledger.db", home)
    with qtbot.waitSignal(opened.frame_changed):
        opened.start()
    yield opened
    opened.close()
