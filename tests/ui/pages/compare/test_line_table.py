from ledger.core.team import Line
from ledger.ui.pages.compare.line_table import HEAD, LineTable
from ledger.ui.widgets.plain import PlainLabel

LINES = (Line("kept", "70", "half-hours that you kept"), Line("n", "1", "one person"))


def texts(table):
    return [label.full_text() for label in table.findChildren(PlainLabel)]


def test_every_field_stands_with_its_value_and_its_meaning(qtbot):
    table = LineTable()
    qtbot.addWidget(table)
    table.show_lines(LINES)
    assert texts(table) == [*HEAD, *(text for line in LINES for text in line)]
    assert table.lines == LINES


def test_other_lines_take_the_place_of_the_ones_before(qtbot):
    table = LineTable()
    qtbot.addWidget(table)
    table.show_lines(LINES)
    table.show_lines(LINES[:1])
    assert texts(table) == [*HEAD, *LINES[0]]
