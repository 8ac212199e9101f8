"""Day, week or month."""

from PySide6.QtCore import Qt

from ledger.ui.charts.step_choice import StepChoice


def test_a_click_asks_for_a_step(qtbot):
    choice = StepChoice()
    qtbot.addWidget(choice)
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.mouseClick(choice._buttons["month"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["month"]


def test_the_step_drawn_is_marked(qtbot):
    choice = StepChoice()
    qtbot.addWidget(choice)
    choice.show_step("week")
    marked = [step for step, button in choice._buttons.items() if button.property("set") == "true"]
    assert marked == ["week"]
