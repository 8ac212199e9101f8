"""An interaction as it happened: headings, words, and diffs in two inks; plain text throughout."""

from collections.abc import Iterable

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ledger.importers.base import Step, StepKind
from ledger.ui import theme
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainView

HEADING = "▍ "
TITLES = {
    StepKind.PROMPT: "You",
    StepKind.ANSWER: "Answer",
    StepKind.THINKING: "Thinking",
    StepKind.EDIT: "Edit",
    StepKind.CALL: "Call",
    StepKind.RESULT: "Result",
    StepKind.NOTICE: "Notice",
}
FOLDED_LINES = 8  # of a tool's call or result: what was said and changed comes first
FOLDED = frozenset((StepKind.CALL, StepKind.RESULT, StepKind.THINKING))


class TranscriptView(PlainView):
    """Shows steps one below the other; calls and results are cut to their first lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Type.MONO, parent)
        self.setProperty("kind", "bare")
        self.document().setDocumentMargin(0)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setAccessibleName("What happened in this interaction")
        self._inks = _Inks(self.document())
        theme.changed.connect(self._inks.restyle)

    def show_steps(self, steps: Iterable[Step]) -> None:
        """Show these steps from the first."""
        self.set_text("\n\n".join(_written(step) for step in steps))

    def show_edits(self, steps: Iterable[Step]) -> None:
        """Show what was produced: the diffs, and the words the answer ended with.

        Where nothing was, show what the tool said instead: that it was interrupted, say.
        """
        found = list(steps)
        edits = [step for step in found if step.kind is StepKind.EDIT]
        answers = [step for step in found if step.kind is StepKind.ANSWER]
        notices = [step for step in found if step.kind is StepKind.NOTICE]
        self.show_steps([*edits, *answers[-1:]] or notices)


def _written(step: Step) -> str:
    body = step.text.rstrip("\n")
    if step.kind in FOLDED:
        rows = body.split("\n")
        if len(rows) > FOLDED_LINES:
            body = "\n".join(rows[:FOLDED_LINES]) + f"\n… {len(rows) - FOLDED_LINES} more lines"
    title = f"{TITLES[step.kind]}  {step.title}".rstrip()
    return f"{HEADING}{title}\n{body}" if body else f"{HEADING}{title}"


class _Inks(QSyntaxHighlighter):
    """Colours headings, and the added and removed lines below the heading of an edit."""

    PLAIN, EDIT, QUIET = 0, 1, 2

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
        }
        for name, ink in inks.items():
            style = QTextCharFormat()
            style.setForeground(QColor(ink))
            self._formats[name] = style
        self._formats["heading"].setFontWeight(QFont.Weight.DemiBold)
        self._formats["added"].setBackground(QColor(colours.added))
        self._formats["removed"].setBackground(QColor(colours.removed))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if text.startswith(HEADING):
            self._begin(text)
            return
        state = self.previousBlockState()
        self.setCurrentBlockState(state)
        name = _diff_ink(text) if state == self.EDIT else "quiet" if state == self.QUIET else ""
        if name:
            self.setFormat(0, len(text), self._formats[name])

    def _begin(self, text: str) -> None:
        self.setFormat(0, len(text), self._formats["heading"])
        title = text.removeprefix(HEADING)
        if title.startswith(TITLES[StepKind.EDIT]):
            self.setCurrentBlockState(self.EDIT)
        elif any(title.startswith(TITLES[kind]) for kind in FOLDED):
            self.setCurrentBlockState(self.QUIET)
        else:
            self.setCurrentBlockState(self.PLAIN)


def _diff_ink(text: str) -> str:
    if text.startswith(("+++", "---", "@@")):
        return "hunk"
    return {"+": "added", "-": "removed"}.get(text[:1], "")
