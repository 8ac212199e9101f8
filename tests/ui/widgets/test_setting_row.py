import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QSpinBox

from ledger.host.settings import Settings, described
from ledger.ui.widgets.setting_row import SettingRow

ITEMS = {item.name: item for item in described()}


def make_row(qtbot, name: str) -> SettingRow:
    row = SettingRow(ITEMS[name], getattr(Settings(), name))
    qtbot.addWidget(row)
    row.show()
    return row


@pytest.mark.parametrize("name", ITEMS)
def test_every_setting_has_a_control_that_says_what_it_is(qtbot, name):
    row = make_row(qtbot, name)
    assert row.control.accessibleName() == ITEMS[name].about.label
    assert row.control.accessibleDescription() == ITEMS[name].about.help


def test_a_switch(qtbot):
    row = make_row(qtbot, "watch")
    assert isinstance(row.control, QCheckBox)
    with qtbot.waitSignal(row.chosen) as blocker:
        row.control.click()
    assert blocker.args == ["watch", False]


def test_a_number_stays_in_its_range(qtbot):
    row = make_row(qtbot, "edited_worth")
    assert isinstance(row.control, QSpinBox)
    with qtbot.waitSignal(row.chosen) as blocker:
        row.control.setValue(500)
    assert blocker.args == ["edited_worth", 100]


def test_a_choice(qtbot):
    row = make_row(qtbot, "theme")
    assert isinstance(row.control, QComboBox)
    with qtbot.waitSignal(row.chosen) as blocker:
        row.control.setCurrentIndex(row.control.findData("dark"))
    assert blocker.args == ["theme", "dark"]


def test_words_of_the_persons_own_are_told_when_they_are_done(qtbot):
    row = make_row(qtbot, "kind_rules")
    assert isinstance(row.control, QLineEdit)
    row.control.setText(" *.tf: data ")
    with qtbot.waitSignal(row.chosen) as blocker:
        row.control.editingFinished.emit()
    assert blocker.args == ["kind_rules", "*.tf: data"]


def test_several_of_a_list_and_what_this_version_does_not_know_stays(qtbot):
    row = SettingRow(ITEMS["sources_off"], ("codex", "a-later-tool"))
    qtbot.addWidget(row)
    boxes = {box.text(): box for box in row.control.findChildren(QCheckBox)}
    assert boxes["Codex CLI"].isChecked()
    with qtbot.waitSignal(row.chosen) as blocker:
        boxes["Gemini CLI"].click()
    assert set(blocker.args[1]) == {"codex", "gemini-cli", "a-later-tool"}


def test_folders_that_are_typed_one_by_one(qtbot):
    row = make_row(qtbot, "log_folders")
    row.control.field.setText("/backup")
    with qtbot.waitSignal(row.chosen) as blocker:
        qtbot.keyClick(row.control.field, Qt.Key.Key_Return)
    assert blocker.args == ["log_folders", ("/backup",)]


@pytest.mark.parametrize("name", ["theme", "text_size"])
def test_scrolling_over_a_control_changes_nothing(qtbot, name):
    row = make_row(qtbot, name)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.assertNotEmitted(row.chosen):
        QApplication.sendEvent(row.control, event)
