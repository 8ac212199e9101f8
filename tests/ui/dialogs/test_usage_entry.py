import pytest
from PySide6.QtWidgets import QLineEdit

from ledger.core.errors import LedgerError
from ledger.core.usage import Basis
from ledger.ui.dialogs.usage_entry import COUNTS, FORGOTTEN, TEXT, UNKNOWN, Draft, UsageEntry


@pytest.fixture
def entry(qtbot, client):
    model = QLineEdit()
    widget = UsageEntry(client, model)
    qtbot.addWidget(model)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_pasted_text_is_counted_with_its_interval(qtbot, entry):
    entry.text.setPlainText("A short answer of several words.")
    qtbot.waitUntil(lambda: entry.count.full_text() != FORGOTTEN, timeout=20_000)
    assert entry.count.full_text().startswith("~")
    assert FORGOTTEN in entry.count.full_text()


def test_counts_are_exact():
    usage = Draft(COUNTS, "ignored", "", "10k", "500").usage()
    assert (usage.input, usage.output, usage.basis) == (10_000, 500, Basis.EXACT)


def test_what_is_not_known_is_unknown():
    assert Draft(UNKNOWN, "text", "", "1", "1").usage().basis is Basis.UNKNOWN
    assert Draft(TEXT, "  ", "", "", "").usage().basis is Basis.UNKNOWN


def test_what_is_no_count_is_refused():
    with pytest.raises(LedgerError):
        Draft(COUNTS, "", "", "lots", "").usage()


def test_the_way_decides_what_is_asked(entry):
    entry.way.take(COUNTS)
    assert entry.fresh.isVisible()
    assert not entry.text.isVisible()
    assert not entry.count.isVisible()


def test_a_draft_can_be_forgotten(entry):
    entry.text.setPlainText("x")
    entry.output.setText("5")
    entry.clear()
    assert entry.draft() == Draft(TEXT, "", "", "", "")
