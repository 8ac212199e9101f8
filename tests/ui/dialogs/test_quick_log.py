from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.core.errors import StoreFullError
from ledger.core.usage import Basis
from ledger.core.vocabulary import Tag
from ledger.host.settings import DEFAULTS
from ledger.ui.dialogs.quick_log import QuickLog
from ledger.ui.dialogs.usage_entry import COUNTS, UNKNOWN
from tests.ui.conftest import NOW


@pytest.fixture
def log(qtbot, client):
    widget = QuickLog(client, lambda: NOW)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def saved_rows(qtbot, client, saved: int = 1):
    qtbot.waitUntil(lambda: len(client.frame) == saved, timeout=20_000)
    answers = []
    ids = client.frame.id.tolist()
    client.ask(lambda store: store.rows(ids), answers.extend)
    qtbot.waitUntil(lambda: bool(answers))
    return answers


def test_counts_a_tag_and_a_past_time_are_saved(qtbot, log, client):
    log.usage_entry.way.take(COUNTS)
    log.usage_entry.output.setText("12k")
    log.tool.setCurrentIndex(log.tool.findData("codex"))
    log.model.setText("gpt-5")
    log.when.setText("yesterday 15:00")
    log.tag.take(Tag.KEPT)
    QTest.keyClick(log, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not log.isVisible()
    qtbot.waitUntil(lambda: 1 in client.frame.tag.tolist(), timeout=20_000)
    (row,) = saved_rows(qtbot, client)
    assert (row.tool, row.models, row.usage.output) == ("codex", ("gpt-5",), 12_000)
    assert row.tag is Tag.KEPT
    assert 20 * 3600 < NOW.timestamp() - row.time_ms / 1000 < 48 * 3600


def test_a_pasted_text_is_counted_and_forgotten(qtbot, log, client, tmp_path):
    log.usage_entry.text.setPlainText("canarycanary and some more words")
    log.save()
    (row,) = saved_rows(qtbot, client)
    assert row.usage.basis is Basis.ESTIMATED
    assert row.usage.output > 0
    client.close()
    for path in (tmp_path / "data").iterdir():
        assert b"canarycanary" not in path.read_bytes()


def test_what_is_not_known_is_saved_as_unknown(qtbot, log, client):
    log.usage_entry.way.take(UNKNOWN)
    log.save()
    (row,) = saved_rows(qtbot, client)
    assert row.usage.basis is Basis.UNKNOWN
    assert row.tag is None


def test_escape_keeps_the_draft(log):
    log.usage_entry.text.setPlainText("half a thought")
    log.tag.take(Tag.EDITED)
    QTest.keyClick(log, Qt.Key.Key_Escape)
    assert not log.isVisible()
    log.show()
    assert log.usage_entry.text.toPlainText() == "half a thought"
    assert log.tag.value() is Tag.EDITED


def test_saving_ends_the_draft(qtbot, log, client):
    log.usage_entry.text.setPlainText("a whole thought")
    log.save()
    saved_rows(qtbot, client)
    assert log.usage_entry.text.toPlainText() == ""
    assert log.tag.value() is None


def test_what_could_not_be_saved_is_still_in_the_draft(qtbot, log, client, monkeypatch):
    full = StoreFullError("The disk is full.")
    monkeypatch.setattr(client, "do", lambda _edit: client.failed.emit(full))
    log.usage_entry.text.setPlainText("a whole thought")
    with qtbot.waitSignal(client.failed, timeout=20_000):
        log.save()
    assert log.usage_entry.text.toPlainText() == "a whole thought"


@pytest.mark.parametrize(("when", "output"), [("next year", "5"), ("now", "lots")])
def test_what_cannot_be_read_is_said_and_nothing_is_lost(log, client, when, output):
    log.usage_entry.way.take(COUNTS)
    log.usage_entry.output.setText(output)
    log.when.setText(when)
    log.save()
    assert log.isVisible()
    assert log.problem.isVisible()
    assert log.usage_entry.output.text() == output
    assert len(client.frame) == 0


def test_the_time_is_read_back_as_it_is_typed(log):
    log.when.setText("20 min ago")
    assert "22 Nov 2026" in log._moment.full_text()
    log.when.setText("soonish")
    assert "soonish" in log._moment.full_text()


def test_a_project_the_ledger_knows_is_meant_by_its_short_name(qtbot, filled):
    log = QuickLog(filled, lambda: NOW)
    qtbot.addWidget(log)
    log.project.setText("atlas")
    assert log._project_key() == "/home/ada/atlas"
    log.project.setText("a new one")
    assert log._project_key() == "a new one"


def test_a_key_of_ones_own_saves(qtbot, log, client):
    log.use(replace(DEFAULTS, keys={"quick_log.save": "Ctrl+G"}))
    log.usage_entry.way.take(UNKNOWN)
    QTest.keyClick(log, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert len(saved_rows(qtbot, client)) == 1
