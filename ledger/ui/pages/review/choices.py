"""What goes into the file: its parts, what is let in for once, what is left out and what stays."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.app.review_draft import ReviewDraft
from ledger.core.formatting import count
from ledger.core.report import Include, Part
from ledger.flows.review import file_preview
from ledger.flows.review.file_preview import ROW_FORMS, Preview
from ledger.ui.pages.review.side_scroll import SideScroll
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.layouts import empty, in_order
from ledger.ui.widgets.plain import PlainLabel

PARTS = {
    Part.DELIVERED: "What I delivered with AI",
    Part.TREND: "Over time",
    Part.LEARNED: "What I learned",
    Part.CHANGED: "What I changed",
}
ALWAYS = (
    "Scope, what became of it (with all that was thrown away), what it does not say, and how it "
    "was computed are always in."
)
ONCE = "For the next file only; the export log keeps which. Everything here is off by itself."
NEVER = (
    "Prompts and answers, code and diffs, file paths, branches, commits and sessions, hours of the "
    "day, notes, and the names of you, your computer and other people never go in."
)
ALIASES = "In the file and here; this list never leaves"
MOST_ALIASES = 12


class Choices(SideScroll):
    """Ticks, and lists of what was kept back."""

    def __init__(
        self, client: LedgerClient, draft: ReviewDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__("What goes in", parent)
        self._client, self._draft = client, draft
        self.parts: dict[Part, QCheckBox] = {}
        self.includes: dict[Include, QCheckBox] = {}
        self.labels: dict[str, QCheckBox] = {}
        self._label_box, self._word_box, self._alias_box = (QVBoxLayout() for _ in range(3))
        self._rows_only = PlainLabel("", Type.CAPTION, "text_faint", wrap=True)
        self._hidden = PlainLabel(wrap=True)
        self._out = PlainLabel("", ink="text_soft", wrap=True)
        self._build()
        draft.begun.connect(self._show)
        draft.changed.connect(self._show)
        draft.previewed.connect(self._on_previewed)

    def _build(self) -> None:
        self.heading("Parts", ALWAYS)
        for part, label in PARTS.items():
            box = QCheckBox(label)
            box.toggled.connect(lambda _on: self._tell_parts())
            self.parts[part] = box
            self.column.addWidget(box)
        self.heading("Let in for once", ONCE)
        for include in Include:
            box = QCheckBox(include.words.capitalize())
            box.toggled.connect(lambda on, kind=include: self._draft.tick(kind, on))
            self.includes[include] = box
            self.column.addWidget(box)
        self.column.addWidget(self._rows_only)
        self.heading("Leave work out by label", "How much was left out is always told.")
        self.column.addWidget(_held(self._label_box))
        self.column.addWidget(self._out)
        self.heading("Stays here", NEVER)
        self.column.addWidget(self._hidden)
        self.column.addWidget(_held(self._alias_box))
        self.column.addWidget(_held(self._word_box))
        self.column.addStretch(1)

    def _tell_parts(self) -> None:
        ticked = frozenset(part for part, box in self.parts.items() if box.isChecked())
        if ticked != self._draft.recipe.parts:
            self._draft.change(parts=ticked)

    def _show(self) -> None:
        recipe, form = self._draft.recipe, self._draft.form
        allowed = file_preview.allowed_in(form)
        for part, box in self.parts.items():
            _check(box, part in recipe.parts)
            box.setEnabled(form not in ROW_FORMS)
        for include, box in self.includes.items():
            _check(box, include in recipe.include)
            box.setVisible(include in allowed)
        kind = "rows" if form in ROW_FORMS else "a review"
        none = [include.words for include in Include if include not in allowed]
        self._rows_only.setText(f"Never in {kind}: {', '.join(none)}.")
        stays = [include.words for include in allowed if include not in recipe.include]
        self._hidden.setText(f"Kept back now: {', '.join(stays)}." if stays else "")
        self._hidden.setVisible(bool(stays))
        self._show_labels()
        self._show_passing()

    def _show_labels(self) -> None:
        without = self._draft.recipe.without
        names = sorted({*self._client.frame.labels, *without})
        if list(self.labels) != names:
            empty(self._label_box)
            self.labels = {}
            for name in names:
                box = QCheckBox(f"Leave out “{name}”".replace("&", "&&"))
                box.toggled.connect(lambda on, label=name: self._tell_label(label, on))
                self.labels[name] = box
                self._label_box.addWidget(box)
            in_order(list(self.includes.values())[-1], self.labels.values())
            if not names:
                none = PlainLabel("You have no labels.", ink="text_faint")
                self._label_box.addWidget(none)
        for name, box in self.labels.items():
            _check(box, name in without)

    def _tell_label(self, label: str, out: bool) -> None:
        without = self._draft.recipe.without
        self._draft.change(without=without | {label} if out else without - {label})

    def _show_passing(self) -> None:
        empty(self._word_box)
        allowed = self._draft.recipe.allowed
        for word in sorted(allowed):
            button = Button(f"“{word}” may pass: stop it again", "link")
            button.clicked.connect(
                lambda _checked=False, passed=word: self._draft.change(allowed=allowed - {passed})
            )
            self._word_box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_previewed(self, preview: Preview) -> None:
        out = len(preview.outside)
        self._out.setText(f"{count(out, 'interaction')} of the period left out." if out else "")
        self._out.setVisible(bool(out))
        empty(self._alias_box)
        shown = preview.aliases
        if shown and Include.PROJECT_NAMES not in preview.request.recipe.include:
            lines = [f"{alias.shown} is {alias.real}" for alias in shown[:MOST_ALIASES]]
            if len(shown) > MOST_ALIASES:
                lines.append(f"and {len(shown) - MOST_ALIASES} more")
            self._alias_box.addWidget(PlainLabel(ALIASES, Type.CAPTION, "text_faint"))
            text = PlainLabel("\n".join(lines), ink="text_soft", wrap=True)
            self._alias_box.addWidget(text)


def _held(column: QVBoxLayout) -> QWidget:
    """Return a widget around a column, which may be empty."""
    widget = QWidget()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    widget.setLayout(column)
    return widget


def _check(box: QCheckBox, on: bool) -> None:
    if box.isChecked() != on:
        blocked = box.blockSignals(True)
        box.setChecked(on)
        box.blockSignals(blocked)
