import pytest
from PySide6.QtCore import Qt

from ledger.app import disagreements_model
from ledger.app.disagreements_model import DisagreementsModel, Witness
from ledger.app.filter_model import FilterModel
from ledger.core.vocabulary import Tag
from ledger.evidence.witnesses import Witnesses
from ledger.flows.evidence.disagreements import Disagreement
from ledger.flows.transcript import Prompt
from ledger.ui import theme
from ledger.ui.colours import LIGHT
from ledger.ui.pages.ledger.disagreement_table import ROW, DisagreementTable
from tests.ui.pages import fakes


@pytest.fixture
def table(qtbot, monkeypatch):
    outputs = [
        Disagreement(fakes.row(n), Witnesses(Tag.KEPT, Tag.THROWN_AWAY, None), ("why",))
        for n in (5, 7, 9)
    ]
    monkeypatch.setattr(disagreements_model, "disagreements", lambda _s, frame, filter_: outputs)
    texts = {n: Prompt(f"prompt {n}") for n in (5, 7, 9)}
    monkeypatch.setattr(disagreements_model.transcript, "masked_prompts", lambda _rows: texts)
    model = DisagreementsModel(fakes.FakeClient(fakes.frame(3)), FilterModel())
    widget = DisagreementTable(model)
    qtbot.addWidget(widget)
    widget.resize(800, 300)
    widget.show()
    widget.outputs = outputs
    model.look()
    return widget


def test_rows_are_chosen_whole_and_from_the_top(table):
    table.selectAll()
    assert table.selected_ids() == [5, 7, 9]
    table.selectRow(1)
    assert table.selected_ids() == [7]


def test_going_stops_at_both_ends(table):
    table.selectRow(0)
    table.go(-1)
    assert table.selected_ids() == [5]
    table.go(1)
    table.go(1)
    table.go(1)
    assert table.selected_ids() == [9]


def test_the_output_takes_the_room_that_the_witnesses_leave(table):
    width = table.viewport().width()
    assert sum(table.columnWidth(column) for column in Witness) == width
    table.resize(600, 300)
    assert table.columnWidth(Witness.OUTPUT) < width - 3 * table.columnWidth(Witness.GIT)


def test_each_witness_has_the_colour_of_what_it_says(qtbot, table):
    picture = table.viewport().grab().toImage()

    def colours(column):
        left = table.columnViewportPosition(column)
        span = range(left, left + table.columnWidth(column))
        return {picture.pixelColor(x, ROW // 2).name() for x in span}

    assert LIGHT.kept_soft in colours(Witness.YOU)
    assert LIGHT.thrown_away_soft in colours(Witness.GIT)
    assert not {LIGHT.kept_soft, LIGHT.thrown_away_soft} & colours(Witness.TOOL)


def test_it_grows_with_the_text(table, light):
    theme.apply(light, "light", 1.5)
    assert table.verticalHeader().defaultSectionSize() == round(1.5 * ROW)
    assert table.sizeHintForRow(0) == round(1.5 * ROW)


def test_a_double_click_opens(qtbot, table):
    place = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.doubleClicked):
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_where_an_output_is_agreed_on_the_next_one_moves_up(table):
    table.selectRow(1)
    del table.outputs[1]
    table.model().look()
    assert table.selected_ids() == [9]
    del table.outputs[1]
    table.model().look()
    assert table.selected_ids() == [5]
    table.outputs.clear()
    table.model().look()
    assert table.selected_ids() == []
