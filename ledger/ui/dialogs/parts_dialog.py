"""Asks file by file what was kept of an interaction: all, some or nothing of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.formatting import count
from ledger.core.vocabulary import Tag
from ledger.flows.evidence.details import FileShare
from ledger.ui import formatting
from ledger.ui.dialogs.tick_list import TickList
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.tag_pill import TagPill

WIDTH = 520
KEPT = "Kept "  # how a note about files begins


class PartsDialog(QDialog):
    """Ticks say which files were kept; the tag follows from them."""

    def __init__(self, parent: QWidget | None, files: Sequence[FileShare], note: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("File by file")
        self.setMinimumWidth(WIDTH)
        self._files, self._before = files, note
        self.list = TickList("Files that were kept")
        self.list.show_lines(
            [
                "  ·  ".join((file.path, formatting.lines(file.added, file.removed)))
                for file in files
            ]
        )
        self._pill = TagPill()
        self._share_label = PlainLabel(ink="text_soft", wrap=True)
        self.save, cancel = Button("Save", "primary"), Button("Cancel", "quiet")
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._share_label, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel("Which files did you keep?", Type.HEADING))
        layout.addWidget(self.list)
        layout.addLayout(foot)
        self.list.ticked.connect(self._tell)
        self.list.setFocus()
        self._tell()

    @property
    def tag(self) -> Tag:
        """What the ticks mean: all is kept, nothing is thrown away, some is edited."""
        ticked = len(self.list.ticked_numbers())
        if ticked == len(self._files):
            return Tag.KEPT
        return Tag.EDITED if ticked else Tag.THROWN_AWAY

    @property
    def note(self) -> str:
        """The note with the share that was kept; an older one about files gives way to it."""
        lines = [line for line in self._before.split("\n") if not _is_ours(line)]
        if self.tag is Tag.EDITED:
            lines.append(f"{KEPT}{self._share()}.")
        return "\n".join(line for line in lines if line)

    def _share(self) -> str:
        ticked = [self._files[number] for number in self.list.ticked_numbers()]
        added, total = sum(file.added for file in ticked), sum(file.added for file in self._files)
        files = f"{len(ticked)} of {count(len(self._files), 'file')}"
        return f"{files}, {added} of {count(total, 'added line')}" if total else files

    def _tell(self) -> None:
        self._pill.show_tag(self.tag)
        self._share_label.setText(self._share())


def _is_ours(line: str) -> bool:
    return line.startswith(KEPT) and " of " in line and " file" in line
