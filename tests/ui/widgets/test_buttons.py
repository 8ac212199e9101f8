from ledger.ui.widgets.buttons import Button, IconButton


def test_an_ampersand_in_a_button_is_no_shortcut(qtbot):
    button = Button("Fish & chips")
    qtbot.addWidget(button)
    assert button.text() == "Fish && chips"
    assert button.accessibleName() == "Fish & chips"


def test_a_key_stands_beside_the_words_and_not_in_the_name(qtbot):
    button = Button("Find", key="Ctrl+K")
    qtbot.addWidget(button)
    assert button.text().endswith("Ctrl+K")
    assert button.accessibleName() == "Find"


def test_a_hint_is_heard(qtbot):
    button = Button("Import", hint="Look for new logs")
    qtbot.addWidget(button)
    assert button.accessibleDescription() == "Look for new logs"


def test_an_icon_alone_still_has_a_name(qtbot):
    button = IconButton("undo", "Undo", "Ctrl+Z")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Undo"
    assert not button.icon().isNull()
