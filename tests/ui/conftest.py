"""A themed application, and a client on a ledger that each test has for itself."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.app.stored import StoredSettings
from ledger.core.edits import LogEntry, SetLogged, set_tags
from ledger.core.usage import Usage
from ledger.core.vocabulary import Tag
from ledger.host.window_state import WindowState
from ledger.importers.base import Home
from ledger.ui import theme
from ledger.ui.widgets.plain import forget_tips

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
DAY_MS = 86_400_000


@pytest.fixture(scope="session")
def dressed(qapp: QApplication):
    theme.load_fonts()
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture(autouse=True)
def light(dressed):
    """Every test begins in the light theme."""
    if theme.current().colours.dark or theme.current().text_size != 1.0:
        theme.apply(dressed, "light")
    yield dressed
    forget_tips()


@pytest.fixture
def client(qtbot, tmp_path):
    """An open client on an empty ledger, closed with its threads whatever the test does."""
    home = tmp_path / "home"
    home.mkdir()
    opened = LedgerClient(tmp_path / "data" / "ledger.db", Home(home, {}))
    with qtbot.waitSignal(opened.frame_changed):
        opened.start()
    yield opened
    opened.close()


@pytest.fixture
def filled(qtbot, client):
    """The client with three entries of two tools; the first is tagged as kept."""
    entries = [
        LogEntry(1, ms(2), "codex", "gpt-5", "/home/ada/atlas", Usage(input=100, output=50)),
        LogEntry(2, ms(1), "claude-code", "opus", "/home/ada/notes", Usage(input=10, output=5)),
        LogEntry(3, ms(0), "claude-code", "opus", "/home/ada/notes", Usage(output=7)),
    ]
    do(qtbot, client, SetLogged(tuple((entry, True) for entry in entries)))
    do(qtbot, client, set_tags(((1, Tag.KEPT),)))
    return client


@pytest.fixture
def filter_model():
    return FilterModel()


@pytest.fixture
def choices(tmp_path):
    return StoredSettings(tmp_path / "settings.json")


@pytest.fixture
def state(tmp_path):
    return WindowState(tmp_path / "window.json")


def ms(days_ago: int) -> int:
    """Return a moment so many days before NOW."""
    return int(NOW.timestamp() * 1000) - days_ago * DAY_MS


def do(qtbot, client, edit) -> None:
    """Have an edit stored and wait for it."""
    with qtbot.waitSignal(client.saved):
        client.do(edit)
