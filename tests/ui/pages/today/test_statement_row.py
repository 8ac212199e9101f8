"""One sentence with the way to its formula."""

from PySide6.QtCore import Qt

from ledger.flows.insights.headline import Statement
from ledger.ui.pages.today.statement_row import StatementRow


def test_a_sentence_and_its_formula(qtbot):
    row = StatementRow()
    qtbot.addWidget(row)
    row.say(Statement("61 <b>%</b>", "kept-share"))
    row.show()
    assert row.label.text() == "61 <b>%</b>"
    assert row.label.textFormat() is Qt.TextFormat.PlainText
    with qtbot.waitSignal(row.formula_asked) as blocker:
        qtbot.mouseClick(row.formula_button, Qt.MouseButton.LeftButton)
    assert blocker.args == ["kept-share"]


def test_without_a_sentence_nothing_stands(qtbot):
    row = StatementRow()
    qtbot.addWidget(row)
    row.say(None)
    assert row.isHidden()


def test_a_sentence_with_something_behind_it_leads_there(qtbot):
    row = StatementRow()
    qtbot.addWidget(row)
    row.show()
    statement = Statement("17 of 77", "kept-share", words="tag:thrown-away")
    row.say(statement)
    with qtbot.waitSignal(row.shown) as blocker:
        row.show_button.click()
    assert blocker.args == [statement]
    row.say(Statement("x", "str"))
    assert not row.show_button.isVisible()
