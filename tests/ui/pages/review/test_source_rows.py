import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.ui.pages.review.source_rows import OUTSIDE, SourceRows


@pytest.fixture
def rows(qtbot, quarter, draft, begun):
    widget = SourceRows(quarter, draft)
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    widget.activateWindow()
    begun()
    widget.table.setFocus()
    qtbot.waitUntil(widget.table.hasFocus)
    return widget


def test_the_rows_are_those_behind_the_document(rows, draft):
    assert rows._model.rowCount() == len(draft.preview.inside)
    assert rows.table.selected_ids() == [draft.preview.inside[0]]


def test_a_key_leaves_a_row_out_and_takes_it_in_again(qtbot, rows, draft):
    first = draft.preview.inside[0]
    with qtbot.waitSignal(draft.previewed):
        QTest.keyClick(rows.table, Qt.Key.Key_Delete)
    assert draft.preview.outside == (first,)
    rows.side.take(OUTSIDE)
    assert rows.table.selected_ids() == [first]
    with qtbot.waitSignal(draft.previewed):
        rows.mover.click()
    assert draft.preview.outside == ()
    assert "told" in rows._count_label.full_text()


def test_enter_shows_the_whole_interaction(qtbot, rows, draft):
    with qtbot.waitSignal(rows.interaction_requested) as blocker:
        QTest.keyClick(rows.table, Qt.Key.Key_Return)
    assert blocker.args == [draft.preview.inside[0]]


def test_without_rows_nothing_can_be_moved(rows, begun):
    begun("2020-Q1")
    assert rows._model.rowCount() == 0
    assert not rows.mover.isEnabled()
