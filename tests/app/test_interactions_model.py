import numpy as np
import pytest
from PySide6.QtCore import Qt

from ledger.app.interactions_model import (
    MOST_PAGES,
    PAGE,
    Column,
    InteractionsModel,
    PromptRole,
    RowRole,
    StartsSessionRole,
)
from ledger.core.edits import set_tags
from ledger.core.filters import ANY
from ledger.core.vocabulary import Tag
from ledger.flows.insights import charts
from tests.making import claude_log


@pytest.fixture
def model(qtbot, client, home, qtmodeltester):
    claude_log(home.path, "s1", 3)
    claude_log(home.path, "s2", 2)
    client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == 5)
    model = InteractionsModel(client)
    model.show(charts.ordered(client.frame, ANY, "time", falling=True))
    return model


def seen(qtbot, model, row):
    model.index(row, 0).data(RowRole)
    qtbot.waitUntil(lambda: model.index(row, 0).data(PromptRole) is not None)
    return model.index(row, 0).data(RowRole)


def test_qt_finds_no_fault_with_it(model, qtmodeltester):
    qtmodeltester.check(model)


def test_a_row_is_fetched_when_it_is_looked_at_and_its_words_after_it(qtbot, model):
    assert model.index(0, 0).data(RowRole) is None
    row = seen(qtbot, model, 0)
    assert row.id == model.id_at(0)
    assert model.index(0, 0).data(PromptRole).text.startswith("prompt number")
    assert model.index(0, Column.PROJECT).data() == "atlas"
    assert model.index(0, Column.TAG).data() == "untagged"
    assert model.row_of(row.id) == 0


def test_of_the_pages_a_flick_passes_the_last_are_fetched(qtbot, client, home):
    passed = MOST_PAGES + 2
    claude_log(home.path, "s1", passed * PAGE)
    client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == passed * PAGE)
    model = InteractionsModel(client)
    model.show(charts.ordered(client.frame, ANY, "time", falling=True))
    arrived = []
    model.dataChanged.connect(lambda first, _last: arrived.append(first.row() // PAGE))
    for page in range(passed):
        model.index(page * PAGE, 0).data(RowRole)
    qtbot.waitUntil(lambda: len(set(arrived)) == MOST_PAGES)
    assert sorted(set(arrived)) == list(range(passed - MOST_PAGES, passed))


def test_a_changed_row_is_shown_as_it_was_until_the_new_one_is_here(qtbot, model, client):
    row = seen(qtbot, model, 1)
    client.do(set_tags(((row.id, Tag.EDITED),)))
    blanks = []
    model.dataChanged.connect(lambda *_: blanks.append(model.index(1, 0).data(RowRole) is None))
    qtbot.waitUntil(lambda: model.index(1, 0).data(RowRole).tag is Tag.EDITED)
    assert not any(blanks)


def test_grouped_rows_mark_where_a_session_begins(model, client):
    ids, sessions = charts.by_session(client.frame, ANY)
    model.show(ids, sessions)
    starts = [model.index(row, 0).data(StartsSessionRole) for row in range(5)]
    assert starts.count(True) == 2
    assert starts[0]


def test_showing_the_same_order_again_keeps_the_selection(qtbot, model):
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(np.array([model.id_at(row) for row in range(5)], np.int64))


def test_headings_are_words_and_numbers_stand_right(model):
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(len(Column))]
    assert titles[0] == "Time"
    side = model.headerData(
        Column.COST, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    )
    assert side & Qt.AlignmentFlag.AlignRight
