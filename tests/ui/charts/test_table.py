"""The table twin and its CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from ledger.ui.charts.table import Column, Kind, Table, TableModel, as_csv, cell_text
from tests.ui.charts.figures import plain

TABLE = Table(
    (Column("Tool", Kind.TEXT), Column("STR", Kind.RATIO), Column("Tagged", Kind.SHARE)),
    (("Codex CLI", 2.512, 0.8), ("Other", None, None)),
)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, Kind.RATIO, "–"),
        ("x", Kind.TEXT, "x"),
        (2.512, Kind.RATIO, "2.5"),
        (0.8, Kind.SHARE, "80 %"),
        (4.21, Kind.MTE, "4.2 M"),
        (12345, Kind.COUNT, "12 345"),
    ],
)
def test_values_are_shown_by_their_kind(value, kind, text):
    assert plain(cell_text(value, kind)) == text


def test_csv_holds_raw_numbers_and_leaves_the_unknown_empty():
    assert as_csv(TABLE) == "Tool,STR,Tagged\r\nCodex CLI,2.512,0.8\r\nOther,,\r\n"


@given(st.text(alphabet='=+-@\t\ra1,"', min_size=1))
def test_no_name_becomes_a_formula(name):
    table = Table((Column("Model", Kind.TEXT),), ((name,),))
    cell = list(csv.reader(io.StringIO(as_csv(table), newline="")))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == name.removeprefix("'")


def test_the_model_shows_words_and_sets_numbers_to_the_right():
    model = TableModel(TABLE)
    assert model.rowCount() == 2
    assert model.columnCount() == 3
    assert plain(model.data(model.index(0, 2))) == "80 %"
    right = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    left = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert left & Qt.AlignmentFlag.AlignLeft
    assert model.headerData(1, Qt.Orientation.Horizontal) == "STR"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None


def test_the_model_shows_other_figures_at_once(qtmodeltester):
    model = TableModel(TABLE)
    model.show(Table(TABLE.columns, TABLE.rows[:1]))
    assert model.rowCount() == 1
    qtmodeltester.check(model)
