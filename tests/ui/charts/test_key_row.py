"""The key above a chart."""

from ledger.ui.charts.key_row import KeyRow
from ledger.ui.charts.ratio_chart import KEY


def test_the_key_can_be_heard(qtbot):
    row = KeyRow(KEY)
    qtbot.addWidget(row)
    assert row.accessibleName().startswith("Key: rolling, ")


def test_entries_without_room_are_left_out_whole(qtbot):
    row = KeyRow(KEY)
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
