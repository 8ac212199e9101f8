from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.flows.review.candidates import Candidate
from ledger.ui.pages.review.candidate_list import CandidateList, speaks_for

BIG = 2**62 + 5  # ids are as large as that
ONE = Candidate(BIG, date(2026, 7, 6), "codex", 0.03, "kept; 92 % of it there after 30 days", True)
TWO = Candidate(7, date(2026, 8, 3), "claude-code", 0.01, "kept", False)


@pytest.fixture
def listed(qtbot):
    widget = CandidateList()
    qtbot.addWidget(widget)
    widget.show_candidates((ONE, TWO))
    widget.resize(400, 200)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def test_it_says_what_speaks_for_each():
    text = speaks_for(ONE)
    assert all(part in text for part in ("6 Jul", "Codex CLI", "3", "92 %"))
    assert text.startswith(ONE.why)  # what is cut off is not what speaks for it


def test_one_key_takes_one(qtbot, listed):
    with qtbot.waitSignal(listed.taken) as blocker:
        QTest.keyClick(listed, Qt.Key.Key_Return)
    assert blocker.args == [BIG]
    QTest.keyClick(listed, Qt.Key.Key_Down)
    with qtbot.waitSignal(listed.taken) as blocker:
        QTest.keyClick(listed, Qt.Key.Key_Return)
    assert blocker.args == [7]


def test_it_can_be_looked_at_first(qtbot, listed):
    with qtbot.waitSignal(listed.opened) as blocker:
        QTest.keyClick(listed, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert blocker.args == [BIG]


def test_what_was_asked_comes_when_it_was_read(listed):
    listed.show_prompts({7: "<b>Fix</b>\nthe sums"})
    assert listed.item(1).text() == "<b>Fix</b> the sums"
    assert listed.item(0).text() == "…"
    assert "1" in listed.item(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_same_ones_are_not_shown_anew(listed):
    listed.setCurrentRow(1)
    assert not listed.show_candidates((ONE, TWO))
    assert listed.currentRow() == 1
    assert listed.show_candidates(())
    assert listed.selected() is None


def test_it_is_painted(listed):
    listed.show_prompts({7: "Fix the sums", BIG: "Draft the notes"})
    assert not listed.grab().isNull()
