"""Which two are compared."""

import pytest

from ledger.ui.pages.charts.side_picker import SidePicker


@pytest.fixture
def picker(qtbot):
    widget = SidePicker()
    qtbot.addWidget(widget)
    widget.show_keys(["a", "b", "c"], str.upper)
    return widget


def test_the_two_largest_are_compared_first(picker):
    assert picker.pair() == ("a", "b")
    assert picker.first.currentText() == "A"
    assert picker.second.currentText() == "B"


def test_another_can_be_picked(picker, qtbot):
    with qtbot.waitSignal(picker.picked):
        picker.second.setCurrentIndex(2)
    assert picker.pair() == ("a", "c")


@pytest.mark.parametrize("side", ["first", "second"])
def test_picking_the_other_one_turns_them_round(picker, side):
    combo = getattr(picker, side)
    combo.setCurrentIndex(1 if side == "first" else 0)
    picker.show_keys(["a", "b", "c"], str.upper)
    assert picker.pair() == ("b", "a")
    assert picker.first.currentText() == "B"


def test_what_was_picked_stays_while_it_is_there(picker):
    picker.second.setCurrentIndex(2)
    picker.show_keys(["b", "c", "a"], str.upper)
    assert picker.pair() == ("a", "c")
    picker.show_keys(["b", "a"], str.upper)
    assert picker.pair() == ("a", "b")


def test_each_side_remembers_its_own_two(picker, qtbot):
    with qtbot.waitSignal(picker.picked):
        picker.options.chosen.emit("model")
    picker.show_keys(["m"], str)
    assert picker.pair() == ("m", "")
    picker.options.chosen.emit("tool")
    picker.show_keys(["a", "b"], str)
    assert picker.pair() == ("a", "b")


def test_nothing_to_pick_is_no_pair(qtbot):
    picker = SidePicker()
    qtbot.addWidget(picker)
    assert picker.pair() == ("", "")
    picker.show_keys([], str)
    assert picker.pair() == ("", "")


def test_offering_is_no_picking(picker, qtbot):
    with qtbot.assertNotEmitted(picker.picked):
        picker.show_keys(["c", "b"], str)
