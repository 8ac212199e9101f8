import pytest

from ledger.app.tag_queue import Standing
from ledger.flows.tagging.queue import Order
from ledger.ui.pages.tag.round_bar import MINUTES, RoundBar, left


@pytest.fixture
def bar(qtbot):
    widget = RoundBar()
    qtbot.addWidget(widget)
    widget.use(10)
    return widget


def test_a_set_of_cards_says_how_many_are_done_and_wait(bar):
    bar.show_standing(Standing(3, 10, 1234, 0), 0)
    assert bar.standing.full_text() == "3 of 10   1,234 wait"
    assert (bar.progress.value(), bar.progress.maximum()) == (3, 10)
    bar.show_standing(Standing(3, 10, 12, 1), 0)
    assert bar.standing.full_text().endswith("saving …")


def test_a_set_of_minutes_says_how_much_time_is_left(bar):
    bar.show_standing(Standing(7, 2000, 40, 0, 65), 5)
    assert bar.standing.full_text() == "7 tagged   1:05 left   40 wait"
    assert (bar.progress.value(), bar.progress.maximum()) == (235, 300)
    assert left(600) == "10:00"


def test_nothing_to_do_is_no_full_bar(bar):
    bar.show_standing(Standing(0, 0, 0, 0), 0)
    assert (bar.progress.value(), bar.progress.maximum()) == (0, 1)


def test_every_order_can_be_chosen(qtbot, bar):
    for place, order in enumerate(Order):
        with qtbot.waitSignal(bar.order_chosen) as blocker:
            bar.order.activated.emit(place)
        assert blocker.args[0] is order
        assert bar.order.itemText(place) == order.words


def test_a_length_is_cards_or_minutes(qtbot, bar):
    assert bar.length.itemText(0) == "10 cards"
    for place, minutes in enumerate((0, *MINUTES)):
        with qtbot.waitSignal(bar.minutes_chosen) as blocker:
            bar.length.activated.emit(place)
        assert blocker.args == [minutes]
