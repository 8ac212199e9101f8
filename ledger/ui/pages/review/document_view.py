"""Shows a document as a page of plain widgets; sections that stay the same are not made again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ledger.core.document import Document, Section
from ledger.ui import theme
from ledger.ui.pages.review.document_blocks import block_widget
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel

WIDEST = 760


class DocumentView(QScrollArea):
    """A page that scrolls with the arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The document")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.document: Document | None = None
        self._sections: dict[Section, QWidget] = {}
        self._title = PlainLabel("", Type.TITLE, wrap=True)
        self._subtitle = PlainLabel("", ink="text_soft", wrap=True)
        self._column = QVBoxLayout()
        self._ground = self._made_ground()
        self.setWidget(self._ground)

    def _made_ground(self) -> QWidget:
        space = theme.current().space
        paper = QFrame()
        paper.setObjectName("card")
        paper.setMaximumWidth(WIDEST)
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(32, 28, 32, 32)
        inside.setSpacing(space.xs)
        inside.addWidget(self._title)
        inside.addWidget(self._subtitle)
        self._column.setSpacing(space.xl)
        self._column.setContentsMargins(0, space.xl, 0, 0)
        inside.addLayout(self._column)
        ground = QWidget()
        ground.setObjectName("canvas")
        row = QHBoxLayout(ground)
        row.setContentsMargins(24, 0, 12, 16)
        row.addWidget(paper, 100, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return ground

    def show_document(self, document: Document) -> None:
        """Show a document where the one before was scrolled to."""
        place = self.verticalScrollBar().value()
        self.document = document
        self._title.setText(document.title)
        self._subtitle.setText(document.subtitle)
        before, self._sections = self._sections, {}
        for section in [old for old in before if old not in document.sections]:
            widget = before.pop(section)
            widget.setParent(None)
            widget.deleteLater()
        for at, section in enumerate(document.sections):
            widget = before.get(section) or _section(section)
            self._sections[section] = widget
            if self._column.indexOf(widget) != at:
                self._column.insertWidget(at, widget)
        self.verticalScrollBar().setValue(place)

    def full_text(self) -> str:
        """Return everything that is written on the page."""
        labels: list[PlainLabel] = self._ground.findChildren(PlainLabel)
        return "\n".join(label.full_text() for label in labels)


def _section(section: Section) -> QWidget:
    widget = QWidget()
    widget.setAccessibleName(section.title)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().space.s)
    column.addWidget(PlainLabel(section.title, Type.HEADING, wrap=True))
    for block in section.blocks:
        column.addWidget(block_widget(block))
    return widget
