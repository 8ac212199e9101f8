"""Does size matter?"""

from ledger.ui.pages.charts import size
from ledger.ui.pages.charts.size import Size
from tests.ui.charts.figures import session_dots
from tests.ui.pages.fakes import frame


def test_every_chart_is_drawn(draw, context):
    question = draw(Size(), context())
    assert question.panel("worth-curve").chart.points() > 0
    assert question.panel("stop-loss").chart.points() > 0
    assert question.panel("sessions").chart.points() == 1
    assert question.panel("sizes").chart.points() > 0
    assert not any(panel.empty.isVisible() for panel in question.panels)


def test_what_curves_say_stands_above_them(draw, context):
    question = draw(Size(), context())
    assert question.panel("worth-curve").note.full_text().startswith("Flat:")
    assert "Half of the interactions" in question.panel("sizes").note.full_text()


def test_without_tags_curves_say_how_many_are_needed(draw, context):
    question = draw(Size(), context(frame(60, tag=0)))
    for panel in map(question.panel, ("worth-curve", "stop-loss")):
        assert panel.empty.isVisible()
        assert "at least 30 more tags" in panel.empty.way_out.full_text()
    assert question.panel("sizes").chart.isVisible()


def test_without_any_size_that_is_said(draw, context):
    question = draw(Size(), context(frame(9, te=0)))
    assert "No sizes" in question.panel("sizes").empty.cause.full_text()


def test_sessions_left_out_are_told(draw, context, monkeypatch):
    monkeypatch.setattr(size, "MOST_DOTS", 3)
    monkeypatch.setattr(size, "sessions", lambda *_, **__: session_dots(3))
    question = draw(Size(), context())
    assert question.panel("sessions").note.full_text().startswith("3 sessions are drawn")
