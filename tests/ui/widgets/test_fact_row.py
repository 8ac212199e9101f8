import pytest

from ledger.ui.widgets.fact_row import FactRow
from ledger.ui.widgets.plain import PlainLabel

FACTS = [("Output", "1.20 k"), ("Requests", "3"), ("Project", "atlas")]


@pytest.fixture
def row(qtbot):
    widget = FactRow()
    qtbot.addWidget(widget)
    widget.resize(800, 200)
    widget.show_facts(FACTS)
    widget.show()
    return widget


def shown_pairs(row):
    """Return the words on screen as pairs."""
    texts = [label.text() for label in row.findChildren(PlainLabel) if label.isVisible()]
    return list(zip(texts[::2], texts[1::2], strict=True))


def test_each_fact_stands_with_its_name(row):
    assert shown_pairs(row) == FACTS


def test_fewer_facts_leave_none_of_the_others_behind_and_more_come_back(row):
    row.show_facts(FACTS[:1])
    assert shown_pairs(row) == FACTS[:1]
    more = [*FACTS, ("Model", "m-1")]
    row.show_facts(more)
    assert shown_pairs(row) == more


def test_facts_go_on_in_the_next_line_where_the_width_ends(row):
    cells = [cell for _, _, cell in row._cells]
    assert len({cell.y() for cell in cells}) == 1
    row.resize(90, 200)
    row.layout().activate()
    assert len({cell.y() for cell in cells}) > 1
    assert all(cell.geometry().right() <= 90 for cell in cells)


def test_a_narrow_row_asks_for_more_height(row):
    assert row.layout().heightForWidth(90) > row.layout().heightForWidth(800)
    assert row.minimumSizeHint().width() < 200


def test_markup_in_a_fact_is_text(row):
    row.show_facts([("Project", "<b>x</b>")])
    assert shown_pairs(row) == [("Project", "<b>x</b>")]
