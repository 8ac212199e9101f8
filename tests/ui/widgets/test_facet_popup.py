import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ledger.ui.widgets.facet_popup import FacetPopup
from ledger.ui.widgets.facets import FACETS, Choice

FACET = FACETS[1]
MANY = [Choice(f"m{n}", f"model {n}", f"/path/{n}") for n in range(20)]


@pytest.fixture
def button(qtbot):
    widget = QPushButton("Model")
    qtbot.addWidget(widget)
    widget.show()
    return widget  # kept until the popup, its child, is gone


def test_ticks_apply_at_once(qtbot, button):
    popup = FacetPopup(button, FACET, MANY[:3], frozenset(("m1",)))
    popup.open_under()
    with qtbot.waitSignal(popup.chosen) as blocker:
        popup.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert blocker.args == [frozenset(("m0", "m1"))]


def test_typing_narrows_and_enter_ticks_what_is_left(qtbot, button):
    popup = FacetPopup(button, FACET, MANY, frozenset())
    popup.open_under()
    QTest.keyClicks(popup.search, "model 17")
    assert sum(not item.isHidden() for item in popup.items()) == 1
    with qtbot.waitSignal(popup.chosen) as blocker:
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert blocker.args == [frozenset(("m17",))]


def test_the_full_name_is_searched_too(button):
    popup = FacetPopup(button, FACET, MANY, frozenset())
    popup.search.setText("/path/3")
    assert [item.text() for item in popup.items() if not item.isHidden()] == ["model 3"]


def test_nothing_that_is_hidden_can_be_ticked(qtbot, button):
    popup = FacetPopup(button, FACET, MANY, frozenset())
    popup.open_under()
    popup.search.setText("nothing of the kind")
    with qtbot.assertNotEmitted(popup.chosen):
        QTest.keyClick(popup.search, Qt.Key.Key_Return)


def test_an_empty_ledger_offers_a_sentence(button):
    popup = FacetPopup(button, FACET, [], frozenset())
    popup.open_under()
    assert not popup.list.isVisible()
