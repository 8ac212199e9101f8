"""Compare two."""

from ledger.core.filters import Filter
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.pages.charts import two
from ledger.ui.pages.charts.two import Two
from tests.ui.charts.figures import comparison


def test_the_two_largest_are_compared(draw, context):
    question = draw(Two(), context())
    assert {question.chart.first, question.chart.second} == {"Claude Code", "Codex CLI"}
    assert question.chart.points() >= 1
    assert "You chose which work each one got." in question.panel.sentence


def test_a_row_narrows_to_the_side_that_did_better(draw, context, monkeypatch):
    monkeypatch.setattr(two, "compare", lambda *_, **__: comparison())
    question = draw(Two(), context())
    first = question.picker.pair()[0]
    assert question.chart.choice(0) == DrillDown(tool=first)


def test_shared_work_is_called_as_people_call_it(draw, context, monkeypatch):
    strata = tuple(
        (f"/home/ada/atlas · {kind}", a, b)
        for (_, a, b), kind in zip(comparison().strata, ("fix", "draft"), strict=True)
    )
    monkeypatch.setattr(two, "compare", lambda *_, **__: comparison(strata=strata))
    question = draw(Two(), context())
    assert [row.name for row in question.chart.rows][2:] == ["atlas · fix", "atlas · draft"]


def test_one_alone_can_not_be_compared(draw, context):
    question = draw(Two(), context(filter_=Filter(tools=frozenset({"codex"}))))
    assert question.panel.empty.cause.full_text() == "There is only one tool here."


def test_another_pair_is_drawn_anew(draw, context, qtbot):
    question = draw(Two(), context())
    with qtbot.waitSignal(question.asked_anew):
        question.picker.first.setCurrentIndex(1)
