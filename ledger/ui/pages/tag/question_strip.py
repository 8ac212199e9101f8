"""Above a card: why this half-hour is asked about, or the offer to begin with some questions."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.formatting import count
from ledger.flows.tagging.questions import FIRST_DAYS, FIRST_QUESTIONS, BlockQuestion
from ledger.metrics.blocks import BLOCK_S
from ledger.ui import formatting
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel

WHY = (
    "Drawn by lot from your recent half-hours: a few answers, and your figure rests on a fair "
    "sample. What you leave goes away by itself."
)
OFFER = f"Begin with {FIRST_QUESTIONS} questions"
OFFER_WHY = (
    f"Half-hours drawn by lot from your last {FIRST_DAYS} days. With the answers your figure rests "
    "on a fair sample of all of it, not on what you happened to tag."
)


class QuestionStrip(QFrame):
    """Two calm lines and what can be done beside them.

    Signals:
        begun(): the person wants the first questions.
        left(): the person wants no questions now.
    """

    begun = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.title = PlainLabel(step=Type.STRONG, wrap=True)
        self.reason = PlainLabel(step=Type.CAPTION, ink="text_soft", wrap=True)
        self.begin = Button(f"Ask me {FIRST_QUESTIONS}")
        self.leave = Button("Not now", "quiet")
        self.begin.clicked.connect(self.begun)
        self.leave.clicked.connect(self.left)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.title)
        text.addWidget(self.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addLayout(text, 1)
        row.addWidget(self.begin)
        row.addWidget(self.leave)

    def ask(self, block_question: BlockQuestion, number: int, project: str) -> None:
        """Show what is asked; `number` questions are open, this one included."""
        start_ms = block_question.question.half_hour * BLOCK_S * 1000
        until = formatting.clock(start_ms + BLOCK_S * 1000)
        place = f"{project} on " if project else "the work of "
        self.title.setText(f"What became of {place}{formatting.moment(start_ms)} to {until}?")
        tags = count(len(block_question.untagged), "interaction")
        many = f"{count(number, 'question')} today. " if number > 1 else "The last question. "
        self.reason.setText(f"{many}{WHY} Your answer tags {tags}.")
        self._name()
        self.begin.setVisible(False)
        self.leave.setVisible(True)

    def use_little(self, little: bool) -> None:
        """Leave the second line out where the page is low; it is heard all the same."""
        self.reason.setVisible(not little)

    def offer(self) -> None:
        """Offer the first questions."""
        self.title.setText(OFFER)
        self.reason.setText(OFFER_WHY)
        self._name()
        self.begin.setVisible(True)
        self.leave.setVisible(True)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.title.full_text()} {self.reason.full_text()}")
