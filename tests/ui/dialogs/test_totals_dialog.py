from dataclasses import replace

from PySide6.QtCore import Qt

from ledger.core.rows import Stretch
from ledger.flows.importing import reconcile
from ledger.flows.importing.reconcile import reconciled
from ledger.ui.dialogs.totals_dialog import ToolTotals, told
from tests.flows.importing.test_reconcile import TOTAL

MORE = replace(
    TOTAL, said=TOTAL.said._replace(output=1041), counted_in=(Stretch(11, "/a", 100, 1500),)
)
LESS = replace(TOTAL, said=TOTAL.said._replace(output=0), model="")


def test_each_total_has_a_row_and_the_arrow_keys_tell_each(qtbot):
    dialog = ToolTotals(reconciled([MORE, LESS]))
    qtbot.addWidget(dialog)
    dialog.show()
    cells = [dialog.table.item(0, column).text() for column in range(dialog.table.columnCount())]
    assert cells == [
        *("Claude Code", "k", "m", "10", "20", "30", "1,041 (+1,001)"),
        *("the tool says more", "1", "/a"),
    ]  # fmt: skip
    assert dialog.table.item(1, 2).text() == "all"
    assert dialog.words.full_text().startswith(reconcile.MORE)
    assert dialog.words.full_text().endswith("Counted from /a, bytes 100 to 1,500.")
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.words.full_text().startswith(reconcile.LESS)


def test_a_total_of_nothing_that_was_counted_says_so():
    (row,) = reconciled([TOTAL])
    assert told(row) == "Nothing of it was counted."


def test_without_totals_the_table_is_empty(qtbot):
    dialog = ToolTotals([])
    qtbot.addWidget(dialog)
    assert dialog.table.rowCount() == 0
