import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.flows.filters.completion import offers
from ledger.flows.filters.resolver import Names
from ledger.ui import theme
from ledger.ui.widgets.words_field import WordsField

NAMES = Names(models=("opus-4", "gpt-5"), labels=("client X",))


@pytest.fixture
def field(qtbot):
    widget = WordsField(lambda line, cursor: offers(line, cursor, NAMES, lambda _key: {"gpt-5": 2}))
    qtbot.addWidget(widget)
    widget.show()
    widget.setFocus()
    return widget


def press(field, key):
    QTest.keyClick(field, key)


def test_a_key_and_a_value_are_typed_by_arrow_and_enter(qtbot, field):
    QTest.keyClicks(field, "mo")
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Return)
    assert field.text() == "model:"
    with qtbot.waitSignal(field.meant) as blocker:
        press(field, Qt.Key.Key_Return)
    assert blocker.args == ["model:gpt-5 "]
    assert field.list.isHidden()


def test_tab_takes_the_marked_value_in_its_quotation_marks(field):
    QTest.keyClicks(field, "label:cl")
    press(field, Qt.Key.Key_Tab)
    assert field.text() == 'label:"client X" '
    assert field.hasFocus()


def test_enter_means_the_line_while_nothing_is_marked(qtbot, field):
    QTest.keyClicks(field, "to")
    with qtbot.waitSignal(field.meant) as blocker:
        press(field, Qt.Key.Key_Return)
    assert blocker.args == ["to"]


def test_escape_leaves_the_offers_and_keeps_the_words(field):
    QTest.keyClicks(field, "tool:")
    assert field.list.isVisible()
    press(field, Qt.Key.Key_Escape)
    assert not field.list.isVisible()
    assert field.text() == "tool:"


def test_a_line_shown_is_not_meant_but_heard_of(qtbot, field):
    field.setText("tool:claude")
    with qtbot.assertNotEmitted(field.meant), qtbot.waitSignal(field.textChanged):
        field.show_line("")  # the clear button listens


def test_escape_without_offers_goes_on_in_the_page(qtbot, field):
    QTest.keyClicks(field, "tool:")
    with qtbot.assertNotEmitted(field.left):
        press(field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(field.left):
        press(field, Qt.Key.Key_Escape)
    assert field.text() == "tool:"


def test_a_pause_in_a_key_says_nothing(qtbot, field):
    with qtbot.assertNotEmitted(field.paused, wait=450):
        QTest.keyClicks(field, "to")
    with qtbot.waitSignal(field.paused) as blocker:
        QTest.keyClicks(field, "p")
    assert blocker.args == ["top"]


def test_emptying_it_is_meant_at_once(qtbot, field):
    field.show_line("tag:kept")
    with qtbot.waitSignal(field.meant) as blocker:
        field.clear()
    assert blocker.args == [""]


def test_showing_a_line_does_not_mean_it(qtbot, field):
    with qtbot.assertNotEmitted(field.meant):
        field.show_line("tag:kept")
        field.show_line("")
    assert field.text() == ""


def test_a_finished_value_offers_nothing(field):
    QTest.keyClicks(field, "model:gpt-5")
    assert field.list.isHidden()


def test_the_offers_go_with_the_focus_and_the_field(field, light):
    QTest.keyClicks(field, "tool:")
    field.clearFocus()
    assert field.list.isHidden()
    theme.apply(light, "dark")
    assert not field.grab().isNull()
