from PySide6.QtGui import QGuiApplication

from ledger.ui.dialogs.crash_dialog import show_crash


def test_the_report_can_be_read_and_copied(qtbot):
    dialog = show_crash("ValueError\n  ledger/ui/x.py:1 f", None)
    qtbot.addWidget(dialog)
    assert dialog.text.toPlainText().startswith("ValueError")
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "ValueError\n  ledger/ui/x.py:1 f"
    assert dialog.copy_button.text() == "Copied"
