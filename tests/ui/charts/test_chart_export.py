"""Charts as files."""

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from ledger.core.errors import LedgerError
from ledger.ui.charts import chart_export
from ledger.ui.charts.chart_export import FILTERS, Format
from ledger.ui.charts.export_buttons import with_ending
from ledger.ui.charts.group_chart import GroupChart
from ledger.ui.charts.stack_chart import StackChart
from tests.ui.charts.figures import shrunken, stack


@pytest.fixture
def chart(qtbot):
    widget = StackChart()
    qtbot.addWidget(widget)
    widget.resize(600, 270)
    widget.show_figures(stack())
    widget.show()
    return widget


def test_a_png_is_twice_as_dense_and_holds_title_and_chart(chart, tmp_path):
    path = tmp_path / "chart.png"
    chart_export.save(chart, "Where", "A sentence.", path)
    image = QImage(str(path))
    assert image.width() == (600 + 2 * chart_export.MARGIN) * 2
    assert image.height() > 270 * 2
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert len(colours) > 3


def test_an_svg_is_well_formed_and_holds_the_words(chart, tmp_path):
    path = tmp_path / "chart.svg"
    chart_export.save(chart, "Where & why <now>", "A sentence.", path)
    texts = " ".join(ET.parse(path).getroot().itertext())
    assert "Where & why <now>" in texts
    assert "Oct" in texts


def test_a_csv_is_the_table(chart, tmp_path):
    path = tmp_path / "chart.CSV"
    chart_export.save(chart, "Where", "A sentence.", path)
    assert path.read_text().splitlines()[1] == "2026-10-05,2026-10-11,1.0,1.0,0.5,2.0"


def test_a_painted_chart_can_be_saved_too(qtbot, tmp_path):
    chart = GroupChart()
    qtbot.addWidget(chart)
    chart.resize(600, 120)
    chart.show_figures([shrunken("codex")], [], None)
    assert b"2.5 (1.8" in chart_export.encode(chart, "By tool", "S.", Format.SVG)


def test_a_picture_has_nobody_pointing_at_it(chart):
    untouched = chart_export.image(chart, "T", "S")
    chart.point_to(1)
    assert chart_export.image(chart, "T", "S") == untouched
    assert chart.position == 1


def test_copying_puts_picture_or_table_on_the_clipboard(chart):
    chart_export.copy(chart, "T", "S")
    assert not QGuiApplication.clipboard().image().isNull()
    chart_export.copy_table(chart)
    assert QGuiApplication.clipboard().text().startswith("From,To,Kept")


def test_a_place_that_can_not_be_written_is_a_clear_sentence(chart, tmp_path):
    with pytest.raises(LedgerError, match="not saved"):
        chart_export.save(chart, "T", "S", tmp_path / "missing" / "chart.png")


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("a", FILTERS[Format.SVG], "a.svg"),
        ("a.png", FILTERS[Format.SVG], "a.png"),
        ("v1.2", FILTERS[Format.CSV], "v1.2.csv"),
        ("a", "", "a.png"),
    ],
)
def test_a_name_without_ending_gets_the_one_of_its_kind(tmp_path, name, kind, expected):
    assert with_ending(tmp_path / name, kind).name == expected
