"""The pages, one below the other, each with its icon, its words and what waits there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ledger.ui import theme
from ledger.ui.icons import app_icon
from ledger.ui.keymap import PageName, key_of
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, tip
from ledger.ui.window.nav_item import WIDTH, NavItem
from ledger.ui.window.view_list import ViewList


class Sidebar(QFrame):
    """Chooses the page.

    Signals:
        page_chosen(PageName): the person wants this page.
        quick_log_wanted(): the person wants to log something by hand.
        keys_wanted(): the person wants to see the keys.
    """

    page_chosen = Signal(object)
    quick_log_wanted = Signal()
    keys_wanted = Signal()

    def __init__(
        self, pages: Sequence[tuple[PageName, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self.items: dict[PageName, NavItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(2)
        column.addLayout(self._sign())
        column.addSpacing(16)
        for name, title in pages:
            item = NavItem(name, title, self)
            item.clicked.connect(lambda _checked=False, page=name: self.page_chosen.emit(page))
            self._group.addButton(item)
            self.items[name] = item
            if name is PageName.SOURCES:
                column.addSpacing(14)
            column.addWidget(item)
        column.addSpacing(14)
        self.views = ViewList()
        column.addWidget(self.views, 1)
        column.addLayout(self._foot())
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFixedWidth(round(WIDTH * max(1, (1 + theme.current().text_size) / 2)))

    def show_page(self, name: PageName) -> None:
        """Mark the page that is shown."""
        self.items[name].setChecked(True)

    def show_count(self, name: PageName, count: int, spoken: str = "") -> None:
        """Show how much waits on a page; 0 shows nothing."""
        self.items[name].show_count(count, spoken)

    def _sign(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(9)
        sign = PlainLabel()
        sign.setPixmap(app_icon().pixmap(22, 22))
        row.addWidget(sign)
        row.addWidget(PlainLabel("Signal Ledger", Type.STRONG), 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        log = Button("Quick log", "quiet", "quick-log", f"Log by hand  {key_of('quick_log')}")
        log.clicked.connect(self.quick_log_wanted)
        keys = Button("", "quiet", "keyboard")
        keys.setAccessibleName("Keys")
        tip(keys, f"Keys  {key_of('keys')}")
        keys.clicked.connect(self.keys_wanted)
        row.addWidget(log)
        row.addStretch(1)
        row.addWidget(keys)
        return row
