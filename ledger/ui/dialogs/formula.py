"""How a figure is computed: the part of the pages on the measure that its anchor names."""

import re
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.errors import LedgerError
from ledger.host.paths import PACKAGE, resource
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, PlainView

PAGES = "measure"  # a folder of one page for each figure
INDEX = "README.md"
MISSING = "This version came without its pages on the measure."
_HEADING = re.compile(r"(#{1,4}) +(.+?)(?: *\{#([\w-]+)\})? *")


class Passage(NamedTuple):
    """One heading of the page with what stands below it."""

    title: str
    text: str


def show_formula(anchor: str, parent: QWidget | None = None) -> "FormulaDialog":
    """Open the passage an anchor names, beside the window."""
    dialog = FormulaDialog(passage(page_text(anchor), anchor), parent)
    dialog.show()
    return dialog


def page_text(anchor: str) -> str:
    """Return the page that holds an anchor, the list of all pages where none does.

    The pages come from the program's resources or from a checkout.
    """
    try:
        folder = resource(PAGES)
    except LedgerError:
        folder = PACKAGE.parent / "docs" / PAGES
    for path in sorted(folder.glob("*.md")):
        text = _read(path)
        if f"{{#{anchor}}}" in text:
            return text
    return _read(folder / INDEX)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return MISSING


def slug(heading: str) -> str:
    """Return the anchor of a heading, as documents on the web make it."""
    return re.sub(r"[^\w]+", "-", heading.lower()).strip("-")


def passage(page: str, anchor: str) -> Passage:
    """Return the part of the page under the heading with this anchor; the whole page if none."""
    lines = page.splitlines()
    begin, level, title = -1, 0, ""
    for number, line in enumerate(lines):
        match = _HEADING.fullmatch(line)
        if match is None:
            continue
        if begin >= 0 and len(match[1]) <= level:
            return Passage(title, _plain(lines[begin:number]))
        if begin < 0 and anchor in (match[3], slug(match[2])):
            begin, level, title = number + 1, len(match[1]), match[2]
    if begin < 0:
        return Passage("How figures are computed", _plain(lines))
    return Passage(title, _plain(lines[begin:]))


def _plain(lines: list[str]) -> str:
    """Return Markdown as plain text: it is written to read well as it stands."""
    text = "\n".join(line for line in lines if not line.lstrip().startswith(("<a ", "```", "![")))
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?m)^#{1,4} +(.+?)(?: *\{#[\w-]+\})?$", lambda m: m[1].upper(), text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    joined = re.sub(r"(?<=[^\n|])\n(?=[^\n\-*|\d #>])", " ", text)
    return joined.strip()


class FormulaDialog(QDialog):
    """A heading and its text, to read and to copy."""

    def __init__(self, shown: Passage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("How it is computed")
        self.resize(600, 480)
        self.text = PlainView(Type.BODY)
        self.text.setProperty("kind", "bare")
        self.text.setAccessibleName(shown.title)
        self.text.set_text(shown.text)
        close = Button("Close")
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(shown.title, Type.TITLE, wrap=True))
        column.addWidget(self.text, 1)
        column.addLayout(foot)
