"""The key above a chart."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.ui.charts.legend import HEIGHT, Entry, Legend, Mark
from ledger.ui.charts.ratio_chart import LEGEND


def test_the_key_can_be_heard(qtbot):
    row = Legend(LEGEND)
    qtbot.addWidget(row)
    assert row.accessibleName().startswith("Key: rolling, ")


def test_entries_without_room_are_left_out_whole(qtbot):
    row = Legend(LEGEND)
    qtbot.addWidget(row)
    row.resize(700, 22)
    wide = row.grab().toImage()
    row.resize(40, 22)
    narrow = row.grab().toImage()
    ground = narrow.pixelColor(0, 0)
    assert all(
        narrow.pixelColor(x, y) == ground
        for x in range(narrow.width())
        for y in range(narrow.height())
    )
    assert any(wide.pixelColor(x, 11) != ground for x in range(100))


def test_entries_go_on_in_another_line_before_any_is_lost(qtbot):
    row = Legend(LEGEND)
    qtbot.addWidget(row)
    assert row.heightForWidth(2000) == HEIGHT
    assert row.heightForWidth(300) > HEIGHT
    assert [entry for entry, _, _ in row.places(300)] == list(LEGEND)
    places = [(line, x) for _, x, line in row.places(300)]
    assert places == sorted(places)
    assert len(set(places)) == len(LEGEND)


def test_a_layout_gives_it_all_its_lines(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    row = Legend(LEGEND)
    column.addWidget(row)
    column.addStretch(1)
    around.resize(300, 400)
    around.show()
    assert row.geometry().top() == 0
    assert row.height() == row.heightForWidth(300)


SIGNS = (Mark.POINT, Mark.RING, Mark.SQUARE, Mark.TRIANGLE, Mark.DIAMOND)


@pytest.fixture
def pictures(qtbot):
    """Return one picture of the swatch of each mark."""

    def of(mark):
        row = Legend((Entry(mark, "", "series"),))
        qtbot.addWidget(row)
        row.resize(60, 22)
        return row.grab().toImage()

    return of


def test_every_sign_looks_like_no_other(pictures):
    drawn = [
        pictures(mark)
        for mark in (*SIGNS, Mark.LINE, Mark.DOTS, Mark.DASHES, Mark.BAND, Mark.HATCH)
    ]
    assert all(a != b for n, a in enumerate(drawn) for b in drawn[n + 1 :])


def test_words_alone_have_no_swatch(pictures):
    blank = pictures(Mark.LABEL)
    assert all(blank.pixelColor(x, 11) == blank.pixelColor(0, 0) for x in range(60))
