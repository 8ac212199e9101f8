from ledger.core.rows import RejectedRow
from ledger.ui.dialogs.rejected import RejectedLines


def test_it_shows_where_and_why_and_nothing_else(qtbot):
    rows = [RejectedRow("/logs/a.jsonl", 1200, 80, "the line is no JSON")]
    dialog = RejectedLines(rows)
    qtbot.addWidget(dialog)
    cells = [dialog.table.item(0, column).text() for column in range(4)]
    assert cells == ["the line is no JSON", "1,200", "80", "/logs/a.jsonl"]


def test_a_name_that_turns_the_line_around_is_shown_as_what_it_is(qtbot):
    dialog = RejectedLines([RejectedRow("/logs/\u202egpj.exe", 0, 1, "why")])
    qtbot.addWidget(dialog)
    assert dialog.table.item(0, 3).text() == "/logs/\ufffdgpj.exe"
