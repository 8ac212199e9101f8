import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from ledger.ui.tray import REASON, Tray

# Qt's own complaint where a desktop is only pretended.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


@pytest.fixture
def tray(qapp, monkeypatch):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    return Tray()


def test_its_menu_opens_logs_and_quits(qtbot, tray):
    for place, signal in enumerate((tray.open_wanted, tray.quick_log_wanted, tray.quit_wanted)):
        with qtbot.waitSignal(signal):
            tray._menu.actions()[place].trigger()


def test_a_click_opens_the_window(qtbot, tray):
    assert tray.show(True)
    with qtbot.waitSignal(tray.open_wanted):
        tray._icon.activated.emit(REASON.Trigger)


def test_it_shows_no_figures_and_no_texts(tray):
    tray.show(True)
    assert tray._icon.toolTip() == ""


def test_it_can_be_switched_off(tray):
    tray.show(True)
    assert not tray.show(False)
    assert not tray._icon.isVisible()


def test_a_desktop_without_a_place_for_it_has_none(qapp, monkeypatch):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    tray = Tray()
    assert not tray.show(True)
    assert tray._icon is None
