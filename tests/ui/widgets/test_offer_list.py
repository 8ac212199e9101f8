import pytest
from PySide6.QtWidgets import QLineEdit

from ledger.flows.filters.completion import Offer
from ledger.ui.widgets.offer_list import OfferList

OFFERS = [
    Offer("codex", "Codex CLI", 1234, 0, 1, True),
    Offer("tool:", "Tool", None, 0, 1, False),
    Offer("28d", "Last 28 days", None, 0, 1, True),
]


@pytest.fixture
def offer_list(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    widget = OfferList(field)
    widget.show_offers(OFFERS, 10, marked=False)
    yield widget
    field.close()


def test_the_arrow_keys_go_round(offer_list):
    assert offer_list.marked() is None
    assert offer_list.step(1) == OFFERS[0]
    assert offer_list.step(-1) == OFFERS[2]
    assert offer_list.step(1) == OFFERS[0]


def test_from_nothing_up_is_the_last(offer_list):
    assert offer_list.step(-1) == OFFERS[2]


def test_a_click_takes(qtbot, offer_list):
    with qtbot.waitSignal(offer_list.taken) as blocker:
        offer_list.list.itemClicked.emit(offer_list.list.item(1))
    assert blocker.args == [OFFERS[1]]


def test_nothing_to_offer_hides_it(offer_list):
    assert not offer_list.grab().isNull()
    offer_list.show_offers([], 0, marked=True)
    assert offer_list.isHidden()
    assert offer_list.marked() is None
    assert offer_list.step(1) is None
