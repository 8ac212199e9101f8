"""The bar of everything that was spent."""

from ledger.core.vocabulary import Tag
from ledger.ui.charts.share_bar import ShareBar
from tests.ui.charts.figures import plain

PARTS = ((int(Tag.KEPT), 6.0), (int(Tag.EDITED), 0.0), (int(Tag.THROWN_AWAY), 1.0), (0, 3.0))


def test_every_part_says_its_share(qtbot):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.show_parts(PARTS)
    assert [plain(label) for label in bar.labels()] == [
        "kept 60 %", "thrown away 10 %", "untagged 30 %",
    ]  # fmt: skip
    assert plain(bar.accessibleDescription()) == "kept 60 %, thrown away 10 %, untagged 30 %"


def test_parts_are_as_wide_as_their_share(qtbot):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.resize(500, 40)
    bar.show_parts(PARTS)
    row = bar.grab().toImage()
    kept_colour = row.pixelColor(20, 7)
    width = sum(row.pixelColor(x, 7) == kept_colour for x in range(500))
    assert 295 <= width <= 300


def test_a_last_part_too_narrow_for_its_words_lends_room_from_those_before(qtbot):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.resize(400, 40)
    bar.show_parts(((int(Tag.KEPT), 8.0), (int(Tag.EDITED), 1.5), (0, 0.5)))
    begins = bar.begins(["kept 80 %", "edited 15 %", "untagged 5 %"], [0.8, 0.15, 0.05])
    assert begins[0] == 0
    assert begins[1] < 320
    assert begins[1] + 50 < begins[2] < 380


def test_nothing_spent_draws_nothing(qtbot):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.show_parts(((1, 0.0), (0, 0.0)))
    assert bar.labels() == []
    assert not bar.grab().isNull()
