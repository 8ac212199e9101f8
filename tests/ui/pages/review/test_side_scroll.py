from ledger.ui.pages.review.side_scroll import SideScroll
from ledger.ui.widgets.plain import PlainLabel


def test_headings_stand_over_what_is_added(qtbot):
    side = SideScroll("Write")
    qtbot.addWidget(side)
    side.heading("Parts", "What always goes in.")
    side.heading("Labels")
    texts = [label.full_text() for label in side.widget().findChildren(PlainLabel)]
    assert texts == ["Parts", "What always goes in.", "Labels"]
    assert side.accessibleName() == "Write"


def test_there_is_more_room_above_a_heading_than_below_it(qtbot):
    side = SideScroll("Write")
    qtbot.addWidget(side)
    side.heading("Parts", "What always goes in.")
    side.heading("Labels")
    side.column.activate()
    first, words, second = (label.geometry() for label in side.widget().findChildren(PlainLabel))
    assert second.top() - words.bottom() > words.top() - first.bottom()
