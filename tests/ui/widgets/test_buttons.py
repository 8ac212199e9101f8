import pytest
from PySide6.QtCore import Qt

from ledger.ui import theme
from ledger.ui.widgets.buttons import Button, IconButton, repolish


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


@pytest.mark.parametrize("make", [lambda: Button("Go"), lambda: IconButton("undo", "Undo")])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_as_space_does(qtbot, make, key):
    button = make()
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_a_new_text_size_survives_a_new_mark(qtbot, qapp):
    button = Button("Day", "facet")
    qtbot.addWidget(button)
    button.show()
    repolish(button)
    theme.apply(qapp, "light", 1.5)
    try:
        repolish(button)
        assert button.font().pixelSize() == theme.current().pixels() == 20
    finally:
        theme.apply(qapp, "light", 1.0)
