"""An interaction as it happened: headings, words, and diffs in two inks; plain text throughout."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from ledger.flows.transcript import GuardedStep
from ledger.importers.base import StepKind
from ledger.ui import theme
from ledger.ui.theme import Type
from ledger.ui.widgets.masked_view import ActiveView

HEADING = "▍ "
MORE = "▸ "
OPEN = "  ▾"
TITLES = {
    StepKind.PROMPT: "You",
    StepKind.ANSWER: "Answer",
    StepKind.THINKING: "Thinking",
    StepKind.EDIT: "Edit",
    StepKind.CALL: "Call",
    StepKind.RESULT: "Result",
    StepKind.NOTICE: "Notice",
}
# Lines that are shown of a step until the person wants more: what was said and changed comes first.
FOLDED_LINES = {StepKind.CALL: 3, StepKind.RESULT: 3, StepKind.THINKING: 3, StepKind.EDIT: 120}
QUIET = frozenset((StepKind.CALL, StepKind.RESULT, StepKind.THINKING))
MASK = re.compile(r"\[secret: [^\]\n]{1,40}\]")


class _Line(NamedTuple):
    """What a line of the view belongs to."""

    step: int = -1  # -1: between two steps
    toggles: bool = False
    offset: int = 0  # where the line begins in the step's masked text


class TranscriptView(ActiveView):
    """Shows steps one below the other; calls, results and long diffs are folded.

    Enter or a click on a heading, or on the line that counts what is folded, unfolds it; on a
    masked secret it shows it, until another interaction is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Type.MONO, parent)
        self.setAccessibleName("What happened in this interaction")
        self.setAccessibleDescription("Enter on a heading unfolds or folds what stands below it")
        self._steps: Sequence[GuardedStep] = ()
        self._whole = False
        self._opened: set[int] = set()
        self._shown: dict[int, set[int]] = {}  # secrets uncovered, by step
        self._map: list[_Line] = []
        self._inks = _Inks(self.document())
        self.pressed.connect(self._on_pressed)
        theme.changed.connect(self._inks.restyle)

    def forget(self) -> None:
        """Fold everything and cover every secret again: another interaction comes."""
        self._opened.clear()
        self._shown.clear()
        self._steps = ()

    def show_steps(self, steps: Sequence[GuardedStep], *, whole: bool) -> None:
        """Show these steps: all, or what was produced, with what is open staying open.

        What was produced is the diffs, and the words the answer ended with. Where nothing was,
        it is what the tool said instead: that it was interrupted, say.
        """
        before = self._steps
        is_same = bool(before) and whole == self._whole and steps[: len(before)] == before
        self._steps, self._whole = steps, whole
        text = "\n".join(self._written())
        if is_same:
            self.replace_text(text)
        else:
            self.set_text(text)

    def say(self, sentence: str) -> None:
        """Show words of our own instead."""
        self._steps, self._map = (), []
        self.set_text(sentence)

    def unfold(self) -> None:
        """Unfold everything, or fold it again where everything is open."""
        every = {index for index, step in self._shown_steps() if _is_foldable(step)}
        self._opened = set() if every <= self._opened else every
        self.replace_text("\n".join(self._written()))

    def _shown_steps(self) -> Iterable[tuple[int, GuardedStep]]:
        numbered = list(enumerate(self._steps))
        if self._whole:
            return numbered
        edits = [pair for pair in numbered if pair[1].kind is StepKind.EDIT]
        answers = [pair for pair in numbered if pair[1].kind is StepKind.ANSWER]
        notices = [pair for pair in numbered if pair[1].kind is StepKind.NOTICE]
        return [*edits, *answers[-1:]] or notices

    def _written(self) -> Iterator[str]:
        self._map = []
        for place, (index, step) in enumerate(self._shown_steps()):
            if place:
                self._map.append(_Line())
                yield ""
            yield from self._of_step(index, step)

    def _of_step(self, index: int, step: GuardedStep) -> Iterator[str]:
        text, _ = step.body.masked(self._shown.get(index, ()))
        rows = text.split("\n") if text else []
        limit = FOLDED_LINES.get(step.kind, len(rows))
        is_open = index in self._opened and len(rows) > limit
        title = f"{HEADING}{TITLES[step.kind]}  {step.title}".rstrip()
        self._map.append(_Line(index, toggles=True))
        yield title + (OPEN if is_open else "")
        offset = 0
        for row in rows if is_open else rows[:limit]:
            self._map.append(_Line(index, offset=offset))
            offset += len(row) + 1
            yield row
        if len(rows) > limit and not is_open:
            left = len(rows) - limit
            self._map.append(_Line(index, toggles=True))
            yield f"{MORE}{left} more line{'s' if left != 1 else ''}"

    def _on_pressed(self, line: int, column: int) -> None:
        if line >= len(self._map):
            if self.left_out:  # the last line says how much is not laid out yet
                self.show_more()
            return
        if self.left_out and line == self.document().blockCount() - 1:
            self.show_more()
            return
        pressed_line = self._map[line]
        if pressed_line.toggles and _is_foldable(self._steps[pressed_line.step]):
            self._opened ^= {pressed_line.step}
        elif pressed_line.toggles or not self._uncover(pressed_line, pressed_line.offset + column):
            return
        self.replace_text("\n".join(self._written()))

    def _uncover(self, line: _Line, place: int) -> bool:
        """Show the secret at this place, and say whether there is one."""
        if line.step < 0:
            return False
        shown = self._shown.setdefault(line.step, set())
        _, masks = self._steps[line.step].body.masked(shown)
        numbers = {mask.number for mask in masks if mask.start <= place <= mask.end}
        shown.update(numbers)
        return bool(numbers)


def _is_foldable(step: GuardedStep) -> bool:
    limit = FOLDED_LINES.get(step.kind)
    return limit is not None and step.body.text.count("\n") >= limit


class _Inks(QSyntaxHighlighter):
    """Colours headings, and the added and removed lines below the heading of an edit."""

    PLAIN, EDIT, SOFT = 0, 1, 2

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.restyle()

    def restyle(self) -> None:
        """Take the inks of the theme in use."""
        colours = theme.colours()
        inks = {
            "heading": colours.text_soft,
            "added": colours.kept_ink,
            "removed": colours.thrown_away_ink,
            "hunk": colours.text_faint,
            "quiet": colours.text_faint,
            "more": colours.accent,
            "mask": colours.warning,
        }
        for name, ink in inks.items():
            style = QTextCharFormat()
            style.setForeground(QColor(ink))
            self._formats[name] = style
        self._formats["heading"].setFontWeight(QFont.Weight.DemiBold)
        self._formats["added"].setBackground(QColor(colours.added))
        self._formats["removed"].setBackground(QColor(colours.removed))
        self._formats["mask"].setBackground(QColor(colours.warning_soft))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if text.startswith(HEADING):
            self._begin(text)
            return
        state = self.previousBlockState()
        self.setCurrentBlockState(state)
        name = _diff_ink(text) if state == self.EDIT else "quiet" if state == self.SOFT else ""
        if text.startswith(MORE):
            name = "more"
        if name:
            self.setFormat(0, len(text), self._formats[name])
        for mask in MASK.finditer(text):
            self.setFormat(mask.start(), mask.end() - mask.start(), self._formats["mask"])

    def _begin(self, text: str) -> None:
        self.setFormat(0, len(text), self._formats["heading"])
        title = text.removeprefix(HEADING)
        if title.startswith(TITLES[StepKind.EDIT]):
            self.setCurrentBlockState(self.EDIT)
        elif any(title.startswith(TITLES[kind]) for kind in QUIET):
            self.setCurrentBlockState(self.SOFT)
        else:
            self.setCurrentBlockState(self.PLAIN)


def _diff_ink(text: str) -> str:
    if text.startswith(("+++", "---", "@@")):
        return "hunk"
    return {"+": "added", "-": "removed"}.get(text[:1], "")
