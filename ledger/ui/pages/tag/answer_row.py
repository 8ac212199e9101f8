"""What can be said of the card, a button for each key; the rest behind one more button."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ledger.core.vocabulary import Tag
from ledger.ui.keymap import Where, key_of
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.layouts import FlowLayout

ANSWERS = (
    ("tag.kept", Tag.KEPT.title.capitalize(), "kept"),
    ("tag.edited", Tag.EDITED.title.capitalize(), "edited"),
    ("tag.thrown_away", Tag.THROWN_AWAY.title.capitalize(), "thrown-away"),
)
QUIET = (
    ("intent.toggle", "Experiment"),
    ("label.edit", "Label"),
    ("item.skip", "Later"),
)
MORE = (
    ("note.edit", "Write a note …"),
    ("tag.session", "Tag the rest of its session …"),
    ("tag.alike", "The same for others like it …"),
    ("tag.parts", "File by file …"),
    ("item.open", "Everything that happened"),
    ("item.unfold", "Unfold all of it"),
    ("commit.find", "Find the commit it landed in"),
)
ACCEPT = "suggestion.accept"


class AnswerRow(QWidget):
    """Buttons that do what their keys do.

    Signals:
        acted(str): the command of the button that was pressed.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: Mapping[str, str] = {}
        self._labels: dict[str, str] = {}
        self.buttons: dict[str, Button] = {}
        row = FlowLayout(self)
        self.accept = self._button(row, Button("", "primary"), ACCEPT, "Accept")
        for command, label, icon in ANSWERS:
            self._button(row, Button("", "plain", icon), command, label)
        for command, label in QUIET:
            self._button(row, Button("", "quiet"), command, label)
        self.more = Button("More", "quiet", "more")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self._open_menu)
        row.addWidget(self.more)
        self.use({})
        self.show_suggestion(None)

    def use(self, own: Mapping[str, str]) -> None:
        """Name these keys."""
        self._own = own
        for command in self.buttons:
            self._name(command)

    def show_suggestion(self, tag: Tag | None) -> None:
        """Offer to accept a suggestion; None offers nothing."""
        self.accept.setVisible(tag is not None)
        if tag is not None:
            self._labels[ACCEPT] = f"Accept {tag.title}"
            self._name(ACCEPT)

    def show_question(self, *, is_asked: bool) -> None:
        """Use the words for a question drawn by lot, or for a card of the queue."""
        self._labels["item.skip"] = "Skip" if is_asked else "Later"
        self._name("item.skip")

    def menu(self) -> QMenu:
        """Return what stands behind the last button."""
        menu = QMenu(self)
        for command, label in MORE:
            key = key_of(command, Where.CARD, self._own)
            action = menu.addAction(f"{label}\t{key}" if key else label)
            action.triggered.connect(lambda _on=False, act=command: self.acted.emit(act))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _button(self, row: FlowLayout, button: Button, command: str, label: str) -> Button:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on=False: self.acted.emit(command))
        self.buttons[command], self._labels[command] = button, label
        row.addWidget(button)
        return button

    def _name(self, command: str) -> None:
        key = key_of(command, Where.CARD, self._own)
        self.buttons[command].set_label(f"{self._labels[command]} ({key})")

    def _open_menu(self) -> None:
        menu = self.menu()
        height = menu.sizeHint().height()
        menu.popup(self.more.mapToGlobal(QPoint(0, -height)))
