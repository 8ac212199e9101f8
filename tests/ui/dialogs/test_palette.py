import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ledger.ui.dialogs.palette import MOST_FOUND, Entry, Palette, matches

DONE: list[str] = []
WORDS = ("Today", "Tag", "Ledger", "Undo", "Only Claude Code", "Only Codex CLI")
ENTRIES = [Entry(words, "Page", lambda words=words: DONE.append(words)) for words in WORDS]


@pytest.fixture
def ground(qtbot):
    DONE.clear()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 700)
    widget.show()
    return widget


def opened(ground) -> Palette:
    palette = Palette(ENTRIES, ground)
    palette.show()
    return palette


def test_a_few_letters_and_enter_do_what_is_meant(ground):
    palette = opened(ground)
    QTest.keyClicks(palette.field, "claude")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert DONE == ["Only Claude Code"]
    assert not palette.isVisible()


def test_the_arrow_keys_go_round(ground):
    palette = opened(ground)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == len(ENTRIES) - 1
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Enter)
    assert DONE == ["Tag"]


def test_escape_does_nothing_and_closes(ground):
    palette = opened(ground)
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    assert DONE == []
    assert not palette.isVisible()


def test_no_match_says_so_and_enter_does_nothing(ground):
    palette = opened(ground)
    QTest.keyClicks(palette.field, "zzzz")
    assert palette._nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert DONE == []


def test_it_draws_its_rows(ground):
    assert not opened(ground).grab().isNull()


@given(st.text(max_size=10))
def test_what_is_found_is_never_more_than_can_be_read(typed):
    many = [Entry(f"entry {n}", "Tool", lambda: None) for n in range(MOST_FOUND * 3)]
    assert len(matches(many, typed)) <= MOST_FOUND


def test_the_group_is_searched_too():
    assert [entry.label for entry in matches(ENTRIES, "page undo")] == ["Undo"]
