"""The saved views in the sidebar: choose, save, rename, move and delete them, also by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from ledger.core.saved_view import SavedView
from ledger.core.text_safety import one_line
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import IconButton
from ledger.ui.widgets.plain import PlainLabel, tip
from ledger.ui.window.nav_item import NavItem

EMPTY = "Filters you come back to. Narrow something, then press +."


class ViewList(QWidget):
    """A heading with a button that saves the view, and the views.

    Signals:
        chosen(int): the person wants this view, by its place.
        save_wanted(): the person wants to keep the filter under a name.
        rename_wanted(int): the person wants another name for this one.
        moved(int, int): this one goes up (-1) or down (1).
        delete_wanted(int): this one goes away.
    """

    chosen = Signal(int)
    save_wanted = Signal()
    rename_wanted = Signal(int)
    moved = Signal(int, int)
    delete_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Saved views")
        self.items: list[ViewItem] = []
        self.save_button = IconButton("plus", "Save this filter as a view")
        self.save_button.clicked.connect(self.save_wanted)
        self._empty = PlainLabel(EMPTY, Type.CAPTION, "text_faint", wrap=True)
        self._empty.setContentsMargins(10, 0, 6, 0)
        self._inside = QWidget()
        self._inside.setObjectName("canvas")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 0, 0)
        head.addWidget(PlainLabel("Views", Type.CAPTION, "text_faint"), 1)
        head.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(area, 1)

    def show_views(self, views: Sequence[SavedView], filter_text: str) -> None:
        """Show views in their order; the one of these words is marked."""
        focused = next((at for at, item in enumerate(self.items) if item.hasFocus()), None)
        for item in self.items:
            self._column.removeWidget(item)
            item.deleteLater()
        self.items = [ViewItem(view, self) for view in views]
        for place, item in enumerate(self.items):
            self._column.insertWidget(place, item)
            item.clicked.connect(lambda _checked=False, at=place: self.chosen.emit(at))
        self.mark(filter_text)
        self._empty.setVisible(not views)
        if focused is not None and self.items:
            self.focus_item(min(focused, len(self.items) - 1))

    def mark(self, filter_text: str) -> None:
        """Mark the view that is shown, by its words."""
        for item in self.items:
            item.setChecked(bool(filter_text) and item.view.words.split() == filter_text.split())

    def focus_item(self, place: int) -> None:
        """Put the focus on a view."""
        self.items[place].setFocus(Qt.FocusReason.TabFocusReason)

    def ask(self, item: "ViewItem", action: str) -> None:
        """Ask for something to be done with a view: rename, delete, up or down."""
        place = self.items.index(item)
        match action:
            case "rename":
                self.rename_wanted.emit(place)
            case "delete":
                self.delete_wanted.emit(place)
            case "up" | "down":
                self.moved.emit(place, -1 if action == "up" else 1)


class ViewItem(NavItem):
    """One saved view; F2 renames it, Delete removes it, Alt with an arrow key moves it."""

    room = 14

    def __init__(self, view: SavedView, parent: ViewList) -> None:
        super().__init__("view", one_line(view.name), parent)
        self.view, self._list = view, parent
        self.setAutoExclusive(False)
        filter_text = one_line(view.words, 200) or "Everything"
        tip(self, f"{filter_text}\nF2 renames, Delete removes, Alt+Up and Alt+Down move.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here; others go on."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        does = {
            (Qt.Key.Key_F2, False): "rename",
            (Qt.Key.Key_Delete, False): "delete",
            (Qt.Key.Key_Up, True): "up",
            (Qt.Key.Key_Down, True): "down",
        }.get((Qt.Key(event.key()), alt))
        if does:
            self._list.ask(self, does)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with it."""
        menu = QMenu(self)
        for label, request in (
            ("Rename …", "rename"),
            ("Move up", "up"),
            ("Move down", "down"),
            ("Delete", "delete"),
        ):
            action = menu.addAction(label)
            action.triggered.connect(lambda _on=False, what=request: self._list.ask(self, what))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def nextCheckState(self) -> None:
        """Stay as it is: the words of the filter say which view is marked."""
