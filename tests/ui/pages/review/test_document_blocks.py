import pytest
from PySide6.QtCore import Qt

from ledger.ui.pages.review.document_blocks import block_widget
from ledger.ui.widgets.plain import PlainLabel
from tests.documents import PICTURE, TABLE
from tests.ui.pages.review.documents import BLOCKS


def texts(qtbot, block):
    widget = block_widget(block)
    qtbot.addWidget(widget)
    labels = [*widget.findChildren(PlainLabel)]
    return [label.full_text() for label in ([widget] if isinstance(widget, PlainLabel) else labels)]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_block_has_a_widget_with_words(qtbot, block):
    assert all(texts(qtbot, block))


def test_markup_in_a_sentence_stands_for_itself(qtbot):
    assert texts(qtbot, BLOCKS[0]) == ["<b>said first</b> & loudly"]


def test_a_table_shows_every_cell_and_numbers_to_the_right(qtbot):
    widget = block_widget(TABLE)
    qtbot.addWidget(widget)
    labels = {label.full_text(): label for label in widget.findChildren(PlainLabel)}
    assert set(labels) == {
        TABLE.caption,
        *TABLE.head,
        *(c for row in TABLE.rows for c in row),
    }
    assert labels[TABLE.rows[0][1]].alignment() & Qt.AlignmentFlag.AlignRight
    assert labels[TABLE.rows[0][0]].alignment() & Qt.AlignmentFlag.AlignLeft


def test_no_sentence_is_a_stop_for_the_tab_key(qtbot):
    widget = block_widget(BLOCKS[2])
    qtbot.addWidget(widget)
    policies = {label.focusPolicy() for label in widget.findChildren(PlainLabel)}
    assert not any(policy & Qt.FocusPolicy.TabFocus for policy in policies)


def test_a_picture_stands_over_its_words(qtbot):
    assert texts(qtbot, PICTURE) == [PICTURE.words]
