"""Which gives more?"""

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.pages.charts.groups import Groups
from tests.ui.pages.fakes import frame


def test_tools_are_drawn_first_with_the_whole(draw, context):
    question = draw(Groups(), context())
    assert sorted(question.chart.name(n) for n in range(2)) == ["Claude Code", "Codex CLI"]
    assert question.chart.overall is not None
    assert question.chart.bounds(0) is not None


def test_other_groups_can_be_asked_for(draw, context, qtbot):
    question = draw(Groups(), context())
    with qtbot.waitSignal(question.asked_anew):
        question.options.chosen.emit("project")
    draw(question, context())
    assert question.chart.name(0) == "atlas"
    assert question.chart.choice(0) == DrillDown(project="/home/ada/atlas")
    assert "which project got which job" in question.panel.sentence


def test_kinds_of_work_are_named(draw, context):
    question = Groups()
    question.by = "kind"
    draw(question, context())
    assert question.chart.name(0) == "unsorted"


def test_without_tags_the_next_step_is_named(draw, context):
    question = draw(Groups(), context(frame(60, tag=0)))
    assert question.panel.empty.isVisible()
