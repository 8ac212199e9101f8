from PySide6.QtWidgets import QToolButton

from ledger.core.filters import ANY
from ledger.flows.insights import changes
from ledger.ui.pages.today.compare_table import CompareTable
from tests.ui.pages.fakes import NOW, frame


def test_two_periods_stand_side_by_side_and_lead_to_their_formulas(qtbot):
    table = CompareTable()
    qtbot.addWidget(table)
    change = changes.change(frame(60), ANY, NOW)
    table.show_change(change)
    table.show_change(change)
    texts = table.cell_texts()
    assert texts[1:3] == [change.now, change.before]
    assert change.pairs[0].now in texts
    assert len(texts) == 3 + 3 * len(change.pairs)
    buttons = [b for b in table.findChildren(QToolButton) if "Kept share" in b.accessibleName()]
    with qtbot.waitSignal(table.formula_asked) as blocker:
        buttons[-1].click()
    assert blocker.args == ["kept-share"]
