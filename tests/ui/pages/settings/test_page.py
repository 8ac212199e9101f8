import pytest
from PySide6.QtCore import Qt

from ledger.host import settings_file
from ledger.host.settings import described
from ledger.ui.pages.settings.page import SettingsPage


@pytest.fixture
def page(qtbot, client, choices):
    widget = SettingsPage(client, choices)
    qtbot.addWidget(widget)
    widget.show()
    widget.activate()
    return widget


def test_every_setting_has_its_row(page):
    assert set(page.rows) == {item.name for item in described()}


def test_a_choice_is_saved_at_once(page, choices, tmp_path):
    page.rows["watch"].control.click()
    assert choices.value.watch is False
    assert settings_file.load(tmp_path / "settings.json").settings.watch is False


def test_what_the_file_holds_is_shown(qtbot, client, choices):
    choices.set("edited_worth", 30)
    page = SettingsPage(client, choices)
    qtbot.addWidget(page)
    assert page.rows["edited_worth"].control.value() == 30


def test_a_price_of_ones_own_is_typed_and_taken_by_the_keyboard(qtbot, page, choices):
    field = page.rows["own_prices"].control
    field.setFocus()
    qtbot.keyClicks(field, "acme/large = 3 / 15 / 0.3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert choices.value.own_prices == "acme/large = 3 / 15 / 0.3"
