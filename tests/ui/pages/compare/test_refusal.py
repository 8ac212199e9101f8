from ledger.core.errors import LedgerError
from ledger.ui.pages.compare.refusal import Refusal


def test_it_is_there_only_with_a_reason(qtbot):
    refusal = Refusal()
    qtbot.addWidget(refusal)
    assert refusal.isHidden()
    assert refusal.reason() == ""
    refusal.show_reason(LedgerError("There are 4 cards.", "Five are the least."))
    assert not refusal.isHidden()
    assert refusal.reason() == "There are 4 cards. Five are the least."
    assert refusal.accessibleName() == refusal.reason()
