import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from ledger.export import sealing
from ledger.ui.pages.compare.key_rows import KeyRows
from ledger.ui.widgets.plain import PlainLabel
from tests.teaming import secrets_of

KEYS = tuple(sealing.member_key(secrets_of(number)) for number in range(3))


@pytest.fixture
def rows(qtbot):
    widget = KeyRows()
    qtbot.addWidget(widget)
    widget.show_keys(KEYS[:2])
    widget.show()
    return widget


def test_the_words_are_to_be_heard_and_not_shown(rows):
    texts = [label.full_text() for label in rows.findChildren(PlainLabel)]
    texts += [field.text() + field.placeholderText() for field in rows.findChildren(QLineEdit)]
    assert not any(word in text for key in KEYS for word in key.words for text in texts)


def test_enter_confirms(qtbot, rows):
    rows.fields[KEYS[1]].setText("one two")
    with qtbot.waitSignal(rows.confirm_wanted) as blocker:
        QTest.keyClick(rows.fields[KEYS[1]], Qt.Key.Key_Return)
    assert blocker.args == [KEYS[1], "one two"]


def test_what_was_typed_stays_when_another_key_comes(rows):
    rows.fields[KEYS[0]].setText("half of it")
    rows.show_keys(KEYS)
    assert rows.fields[KEYS[0]].text() == "half of it"
    assert list(rows.fields) == list(KEYS)


def test_a_key_can_be_forgotten(qtbot, rows):
    forget = [
        button
        for button in rows.findChildren(QAbstractButton)
        if button.accessibleName() == "Forget key 2"
    ]
    with qtbot.waitSignal(rows.drop_wanted) as blocker:
        forget[0].click()
    assert blocker.args == [KEYS[1]]
