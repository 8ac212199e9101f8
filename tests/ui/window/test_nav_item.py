import pytest
from PySide6.QtWidgets import QWidget

from ledger.ui.window.nav_item import NavItem, short_count


def test_an_ampersand_is_a_letter_and_no_shortcut(qtbot):
    item = NavItem("today", "Q&A")
    qtbot.addWidget(item)
    assert item.shortcut().isEmpty()
    assert item.accessibleName() == "Q&A"


def test_a_long_name_is_cut_and_drawn(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    item = NavItem("today", "a very long name " * 9, ground)
    item.resize(180, 34)
    image = item.grab().toImage()
    edge = {image.pixelColor(177, y).name() for y in range(34)}
    assert len(edge) == 1


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1_000, "1.0k"), (9_949, "9.9k"), (12_345, "12k"), (2_100_000, "2M")],
)
def test_counts_are_short(count, text):
    assert short_count(count) == text
