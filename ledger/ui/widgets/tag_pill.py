"""The tag of an interaction as a small coloured word."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.ui import theme
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel


class TagPill(PlainLabel):
    """Kept, edited, thrown away, or untagged: word and colour say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(step=Type.CAPTION, parent=parent)
        self._tag = UNTAGGED
        self.setContentsMargins(8, 2, 8, 2)
        theme.changed.connect(self._take_ink)
        self.show_tag(None)

    def show_tag(self, tag: Tag | None) -> None:
        """Show this tag."""
        self._tag = int(tag or UNTAGGED)
        self.setText(tag.title if tag else "untagged")
        self._take_ink()

    def _take_ink(self) -> None:
        self.set_ink(theme.colours().tag_ink(self._tag))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qcolour(theme.colours().tag_soft(self._tag)))
        painter.setBrush(qcolour(theme.colours().tag_soft(self._tag)))
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.end()
        super().paintEvent(event)
