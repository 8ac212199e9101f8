"""Where did the tokens go?"""

from ledger.ui.pages.charts.spending import Spending


def test_both_charts_are_drawn(draw, context):
    question = draw(Spending(), context())
    assert question.stack_chart.points() == 60
    assert [node.name for node in question.flow_chart.placed.nodes] == [
        "claude-code", "codex", "m-1", "kept",
    ]  # fmt: skip


def test_the_chosen_step_stays(draw, context, qtbot):
    question = draw(Spending(), context())
    with qtbot.waitSignal(question.asked_anew):
        question.steps.chosen.emit("month")
    draw(question, context())
    assert question.stack_chart.stack.step == "month"
