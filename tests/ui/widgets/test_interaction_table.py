from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from ledger.app.interactions_model import PAGE, Column, InteractionsModel
from ledger.core.filters import ANY
from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import Intent, Tag
from ledger.flows.insights import charts
from ledger.flows.transcript import Prompt
from ledger.ui import theme
from ledger.ui.colours import DARK, LIGHT
from ledger.ui.widgets import interaction_table
from ledger.ui.widgets.interaction_table import InteractionTable, _Painter, _text_and_ink
from tests.making import claude_log

COUNT = 5


@pytest.fixture
def client(qtbot, client):
    claude_log(client.home.path, "s1", COUNT)
    client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == COUNT)
    return client


@pytest.fixture
def table(qtbot, client):
    model = InteractionsModel(client)
    model.show(charts.ordered(client.frame, ANY, "time", falling=True))
    widget = InteractionTable(model)
    qtbot.addWidget(widget)
    widget.resize(1100, 400)
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.waitUntil(lambda: model.index(0, 0).data(interaction_table.PromptRole) is not None)
    return widget


@pytest.fixture
def empty(qtbot, client):
    widget = InteractionTable(InteractionsModel(client))
    qtbot.addWidget(widget)
    widget.show()
    return widget


def cell(table, column, **values):
    """Return what is painted in a column for the first row, had it other values."""
    row = replace(table.model().fetched(0), **values)
    return table.itemDelegate()._cell(row, column, Prompt("asked\nfor"))


def test_chosen_rows_are_told_from_the_top(table, client):
    choose = QItemSelectionModel.SelectionFlag
    for row in (3, 1):
        index = table.model().index(row, 0)
        table.selectionModel().select(index, choose.Select | choose.Rows)
    newest_first = client.frame.id[::-1].tolist()
    assert table.selected_ids() == [newest_first[1], newest_first[3]]


def test_a_held_key_does_not_make_the_next_row_one_of_several(table, client, qtbot):
    newest_first = client.frame.id[::-1].tolist()
    table.selectRow(0)
    qtbot.keyPress(table, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    table.go(1)
    qtbot.keyRelease(table, Qt.Key.Key_Shift)
    assert table.selected_ids() == [newest_first[1]]


def test_next_and_previous_stop_at_the_ends(table, client):
    newest_first = client.frame.id[::-1].tolist()
    table.selectRow(0)
    table.go(1)
    assert table.selected_ids() == [newest_first[1]]
    table.go(-5)
    assert table.selected_ids() == [newest_first[0]]
    table.go(50)
    assert table.selected_ids() == [newest_first[-1]]


def test_an_empty_table_has_nowhere_to_go(empty):
    empty.go(1)
    assert empty.selected_ids() == []


def test_only_the_rows_in_sight_are_asked_for(qtbot, client, monkeypatch):
    answers = []
    monkeypatch.setattr(client, "ask", lambda question, answer: answers.append(answer))
    model = InteractionsModel(client)
    ids = charts.ordered(client.frame, ANY, "time", falling=True).repeat(PAGE * 100)
    model.show(ids)
    widget = InteractionTable(model)
    qtbot.addWidget(widget)
    widget.resize(1100, 400)
    widget.show()
    qtbot.waitUntil(lambda: bool(answers))
    widget.grab()
    qtbot.wait(50)
    assert len(answers) == 1


def test_each_column_says_its_own(table):
    row = table.model().fetched(0)
    assert cell(table, Column.TOOL) == ("Claude Code", "text_soft")
    assert cell(table, Column.PROJECT) == ("atlas", "text")
    assert cell(table, Column.MODEL) == ("claude-opus-4-5", "text_soft")
    assert cell(table, Column.MODEL, models=()) == ("–", "text_soft")
    assert cell(table, Column.PROMPT) == ("asked for", "text")
    assert cell(table, Column.COST, te=3_000 * TWENTIETHS) == ("3.00 k", "text")
    assert cell(table, Column.LINES, added=4, removed=1) == ("+4 −1", "text_soft")
    assert cell(table, Column.TIME)[0] == interaction_table.formatting.short_moment(
        row.time_ms, interaction_table.time.time()
    )


def test_yesterday_is_no_longer_today_in_a_window_that_stays_open(table, monkeypatch):
    began_s = table.model().fetched(0).time_ms / 1000
    monkeypatch.setattr(interaction_table.time, "time", lambda: began_s + 60)
    assert len(cell(table, Column.TIME)[0]) == len("10:39")
    monkeypatch.setattr(interaction_table.time, "time", lambda: began_s + 2 * 86_400)
    assert len(cell(table, Column.TIME)[0]) > len("10:39")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (None, ("", "text_faint")),
        (Prompt("two\nlines \u202e"), ("two lines \ufffd", "text")),
        (Prompt("", "The log is gone."), ("The log is gone.", "text_faint")),
        (Prompt(""), ("(no words)", "text_faint")),
    ],
)
def test_a_prompt_is_one_line_or_says_why_there_is_none(prompt, expected):
    assert _text_and_ink(prompt) == expected


def colours(table, row, column):
    """Return all colours painted in a cell."""
    index = table.model().index(row, column)
    picture = table.viewport().grab(table.visualRect(index)).toImage()
    size = picture.size()
    return {
        picture.pixelColor(x, y).name() for x in range(size.width()) for y in range(size.height())
    }


def tagged(table, **values):
    """Show the first row with other values, as if the store had said so."""
    model = table.model()
    row = model.fetched(0)
    model._rows[row.id] = replace(row, **values)
    table.viewport().update()


@pytest.mark.parametrize("tag", Tag)
def test_a_tag_is_painted_in_its_colours_and_no_tag_in_none(table, tag):
    assert LIGHT.tag_soft(tag) not in colours(table, 0, Column.TAG)
    tagged(table, tag=tag)
    assert LIGHT.tag_soft(tag) in colours(table, 0, Column.TAG)


def test_labels_and_experiments_take_room_from_the_prompt(table):
    plain = colours(table, 0, Column.PROMPT)
    assert LIGHT.text_faint not in plain
    tagged(table, labels=("refactor",), intent=Intent.EXPERIMENT)
    assert LIGHT.text_faint in colours(table, 0, Column.PROMPT)


def test_a_chosen_row_and_the_dark_theme_have_grounds_of_their_own(table, light):
    table.selectRow(1)
    assert LIGHT.accent_soft in colours(table, 1, Column.MODEL)
    assert LIGHT.accent_soft not in colours(table, 0, Column.MODEL)
    theme.apply(light, "dark")
    assert DARK.surface in colours(table, 0, Column.MODEL)


def test_rows_grow_with_the_text(table, light):
    before = table.rowHeight(0)
    theme.apply(light, "light", 1.5)
    assert table.rowHeight(0) > before


def test_the_prompt_takes_what_the_other_columns_leave(table):
    total = sum(table.columnWidth(column) for column in Column)
    assert total == table.viewport().width()
    table.resize(400, 300)
    assert table.columnWidth(Column.PROMPT) == interaction_table.NARROWEST_PROMPT


def test_whole_rows_are_chosen_and_nothing_is_edited_in_place(table):
    assert table.selectionBehavior() is table.SelectionBehavior.SelectRows
    assert not table.editTriggers() & table.EditTrigger.AllEditTriggers
    assert table.accessibleName() == "Interactions"
    assert isinstance(table.itemDelegate(), _Painter)
    assert table.horizontalHeader().sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot, table):
    table.selectRow(2)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == COUNT - 1
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_columns_are_wider_in_larger_text(table, qapp):
    theme.apply(qapp, "light", 1.5)
    try:
        assert table.columnWidth(Column.TOOL) == interaction_table.WIDTHS[Column.TOOL] * 1.5
    finally:
        theme.apply(qapp, "light", 1.0)
    assert table.columnWidth(Column.TOOL) == interaction_table.WIDTHS[Column.TOOL]


def test_a_narrow_table_spares_columns_and_never_the_tag(table):
    table.resize(560, 400)
    assert table.isColumnHidden(Column.MODEL)
    assert not table.isColumnHidden(Column.TAG)
    assert table.columnWidth(Column.PROMPT) >= interaction_table.NARROWEST_PROMPT
    table.resize(1100, 400)
    assert not any(table.isColumnHidden(column) for column in interaction_table.SPARED)
