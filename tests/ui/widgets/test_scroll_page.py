from PySide6.QtWidgets import QPushButton

from ledger.ui.widgets.scroll_page import WIDEST, Card, ScrollPage, rule


def test_it_scrolls_and_is_never_wider_than_is_pleasant_to_read(qtbot):
    page = ScrollPage("Things")
    qtbot.addWidget(page)
    card = Card()
    for _ in range(60):
        card.column.addWidget(QPushButton("x"))
    page.column.addWidget(card)
    page.resize(1400, 300)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert card.width() <= WIDEST


def test_a_rule_is_thin():
    assert rule().height() == 1 or rule().maximumHeight() == 1
