"""What every question is."""

from collections.abc import Iterator

import pytest

from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.hours_chart import HoursChart
from ledger.ui.pages.charts.question import (
    WIDEST,
    ChartRow,
    DrawContext,
    Empty,
    Question,
    TableOfCharts,
    lacking_blocks,
)
from tests.ui.charts.figures import week_hours
from tests.ui.pages.fakes import frame


class BareQuestion(Question):
    def draw(self, context: DrawContext) -> Iterator[None]:
        yield


def test_panels_stand_below_each_other_and_no_wider_than_is_pleasant(qtbot):
    panels = tuple(ChartPanel(HoursChart(), title, "Words.", "kept-share") for title in "ab")
    question = BareQuestion(panels)
    qtbot.addWidget(question)
    question.resize(3000, 900)
    question.show()
    assert panels[0].y() < panels[1].y()
    assert panels[0].width() <= WIDEST


def test_a_question_that_does_not_say_how_it_is_drawn_is_refused_where_it_is_written():
    with pytest.raises(TypeError, match=r"^Undrawn lacks draw$"):
        type("Undrawn", (Question,), {"panels": ()})


class Weekdays(TableOfCharts):
    rows = (
        ChartRow(HoursChart, "All", "Words.", "a", lambda _context: week_hours()),
        ChartRow(
            *(HoursChart, "Noted", "Words.", "b", lambda _context: week_hours()),
            lambda _context, hours: f"{len(hours.blocks)} days",
        ),
        ChartRow(
            *(HoursChart, "Lacking", "Words.", "c", lambda _context: week_hours()),
            lambda _context, _hours: Empty("None.", "Work."),
        ),
    )


def test_each_chart_of_a_table_is_computed_shown_and_noted(draw, context):
    question = draw(Weekdays(), context())
    bare, noted, lacking = question.panels
    assert [panel.chart.points() for panel in question.panels] == [168, 168, 168]
    assert (bare.note.full_text(), noted.note.full_text()) == ("", "7 days")
    assert lacking.empty.isVisible()
    assert (lacking.empty.cause.full_text(), lacking.empty.way_out.full_text()) == (
        "None.",
        "Work.",
    )


def test_a_panel_is_found_by_its_anchor(qtbot):
    question = Weekdays()
    qtbot.addWidget(question)
    assert question.panel("b") is question.panels[1]
    with pytest.raises(KeyError):
        question.panel("d")


@pytest.mark.parametrize(
    ("count", "blocks", "tags"), [(30, 0, 24), (30, 20, 15), (90, 0, 45), (9, 8, 16)]
)
def test_what_is_lacking_is_said_in_work_and_in_tags(context, count, blocks, tags):
    cause, way_out = lacking_blocks(context(frame(count, tag=0)), blocks, 24)
    assert cause == "Too little to say yet."
    assert way_out == (
        f"It needs 24 completely tagged half-hours of work, {blocks} so far. "
        f"That takes at least {tags} more tags."
    )


def test_only_what_is_lacking_is_said(context):
    assert lacking_blocks(context(frame(9)), 9, 24)[1] == (
        "It needs 24 completely tagged half-hours of work, 9 so far."
    )
    assert lacking_blocks(context(frame(90, tag=0)), 30, 24)[1] == (
        "That takes at least 45 more tags."
    )
