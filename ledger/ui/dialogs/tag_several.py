"""Shows every interaction that is about to be tagged, before any of them is."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.edits import SetValues, set_tags
from ledger.core.evidence import Suggestion
from ledger.core.formatting import count
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Tag
from ledger.ui import formatting
from ledger.ui.dialogs.tick_list import TickList
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.segments import Segments

WIDTH = 620
TAGS = tuple((tag, tag.title.capitalize(), tag.key) for tag in Tag)
AS_SUGGESTED = (None, "As suggested", "")


class TagSeveral(QDialog):
    """A list with ticks, the tag for what is ticked, and one edit when it is saved."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        rows: Sequence[InteractionRow],
        suggestions: Mapping[int, Suggestion],
        tag: Tag | None,
    ) -> None:
        """Begin with `tag` for all; None begins with what is suggested, where anything is."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._rows, self._suggestions = rows, suggestions
        self.list = TickList("Interactions to tag")
        self.list.show_lines([self._line(row, "") for row in rows])
        has_any = any(row.id in suggestions for row in rows)
        choices = (AS_SUGGESTED, *TAGS) if has_any and tag is None else TAGS
        self.choice = Segments(choices, "Tag")
        if tag is not None:
            self.choice.take(tag)
        self.save, cancel = Button("", "primary"), Button("Cancel", "quiet")
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(title, Type.HEADING, wrap=True))
        layout.addWidget(self.list)
        layout.addWidget(self.choice)
        layout.addLayout(buttons)
        self.list.ticked.connect(self._count)
        self.choice.chosen.connect(lambda _tag: self._count())
        self.list.setFocus()
        self._count()

    def show_prompts(self, prompts: Mapping[int, str]) -> None:
        """Fill in what was asked, once it was read from the logs."""
        for number, row in enumerate(self._rows):
            if row.id in prompts:
                self.list.reword(number, self._line(row, prompts[row.id]))

    def edit(self) -> SetValues:
        """Return the one edit that this would be."""
        chosen_tag: Tag | None = self.choice.value()
        values = []
        for number in self.list.ticked_numbers():
            row = self._rows[number]
            suggestion = self._suggestions.get(row.id)
            tag = chosen_tag or (suggestion.tag if suggestion else None)
            if tag is not None:
                values.append((row.id, tag))
        return set_tags(values)

    def _line(self, row: InteractionRow, prompt: str) -> str:
        suggestion = self._suggestions.get(row.id)
        sure = (
            f"{suggestion.tag.title}, {100 * suggestion.confidence:.0f} %"
            if suggestion
            else "no suggestion"
        )
        return "  ·  ".join(filter(None, (formatting.moment(row.time_ms), sure, prompt)))

    def _count(self) -> None:
        number = len(self.edit().values)
        chosen_tag: Tag | None = self.choice.value()
        tag = f"as {chosen_tag.title}" if chosen_tag else "as suggested"
        self.save.set_label(f"Tag {count(number, 'interaction')} {tag}")
        self.save.setEnabled(bool(number))
