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
