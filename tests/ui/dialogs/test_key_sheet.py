from ledger.ui import theme
from ledger.ui.dialogs.key_sheet import KeySheet
from ledger.ui.keymap import KEYMAP, Where, key_label
from ledger.ui.widgets.plain import PlainLabel


def texts(sheet: KeySheet) -> list[str]:
    return [label.full_text() for label in sheet.findChildren(PlainLabel)]


def test_every_row_of_the_keymap_stands_on_the_sheet(qtbot):
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    labels = texts(sheet)
    for row in KEYMAP:
        assert row.label in labels
        assert set(key_label(row.keys[0]).split("+")) <= set(labels)
    for where in Where:
        assert where.value in labels


def test_a_key_of_ones_own_stands_there_too(qtbot):
    sheet = KeySheet({"tag.kept": "H"})
    qtbot.addWidget(sheet)
    assert "H" in texts(sheet)


def test_no_key_is_cut(qtbot):
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    sheet.show()
    for cap in sheet.findChildren(PlainLabel, "cap"):
        assert cap.width() >= cap.fontMetrics().horizontalAdvance(cap.text())


def test_a_command_whose_key_was_taken_says_that_it_has_none(qtbot):
    sheet = KeySheet({"tag.kept": "G"})
    qtbot.addWidget(sheet)
    assert "–" in texts(sheet)


def test_the_sheet_is_no_higher_than_the_screen(qtbot, light):
    theme.apply(light, "light", 1.5)
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.height() <= sheet.screen().availableGeometry().height()
