"""The daily questions while the window is open: drawn when due, one asked after the other."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import Aspect, Changes, set_tags, title_of
from ledger.core.vocabulary import Tag
from ledger.flows.tagging import questions
from ledger.flows.tagging.questions import BlockQuestion
from ledger.host.clock import now_ms
from ledger.host.settings import DEFAULTS

LOOK_MS = 600_000  # how often to see whether the hour of the questions has come


class Questions(QObject):
    """What is asked, in order; answers are counted as given only when they are on disk.

    Signals:
        moved(object): the `BlockQuestion` that is asked now; None when there is no more.
    """

    moved = Signal(object)

    def __init__(self, client: LedgerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._a_day, self._hour = DEFAULTS.questions_a_day, DEFAULTS.questions_hour
        self._open: list[BlockQuestion] = []
        self._later: set[tuple[str, int]] = set()  # not now; they are there at the next start
        self._done: set[tuple[str, int]] = set()  # answers on their way to the disk
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.draw)
        self._clock.start()
        client.frame_changed.connect(self._on_frame)
        client.changed.connect(self._on_changed)
        client.failed.connect(self._on_failed)
        client.closed.connect(self._clock.stop)
        self._begun = False
        self._on_frame()

    @property
    def current(self) -> BlockQuestion | None:
        """The question that is asked now."""
        return next(iter(self.waiting), None)

    @property
    def waiting(self) -> list[BlockQuestion]:
        """The questions that are still to be asked, the current one first."""
        left_out = self._later | self._done
        return [question for question in self._open if _key(question) not in left_out]

    @property
    def may_begin(self) -> bool:
        """Whether to offer a first round of questions about the last months."""
        return not self._open and questions.may_begin(self._client.frame, now_ms())

    def choose(self, a_day: int, hour: int) -> None:
        """Ask so many a day from this hour on."""
        if (a_day, hour) != (self._a_day, self._hour):
            self._a_day, self._hour = a_day, hour
            self.draw()

    def draw(self) -> None:
        """Draw today's questions when they are due."""
        if self._client.ready:
            self._client.act(lambda workspace: workspace.draw(self._a_day, self._hour))

    def begin(self) -> None:
        """Draw the first round, because the person asked for it."""
        self._later.clear()
        self._client.act(lambda workspace: workspace.draw_first())

    def answer(self, tag: Tag) -> None:
        """Say what became of the half-hour that is asked about, and go on."""
        block = self.current
        if block is not None:
            self._done.add(_key(block))
            title = title_of(set_tags((identity, tag) for identity in block.untagged))
            self._client.act(lambda workspace: workspace.answer(block, tag), title)
            self.moved.emit(self.current)

    def skip(self) -> None:
        """Leave the question unanswered for good, and go on."""
        block = self.current
        if block is not None:
            self._done.add(_key(block))
            self._client.act(lambda workspace: workspace.skip(block))
            self.moved.emit(self.current)

    def leave(self) -> None:
        """Leave the question for another day, and go on."""
        block = self.current
        if block is not None:
            self._later.add(_key(block))
            self.moved.emit(self.current)

    def leave_all(self) -> None:
        """Ask nothing more for now."""
        self._later.update(_key(question) for question in self._open)
        self.moved.emit(None)

    def come_back(self) -> None:
        """Ask again what was left for another day."""
        self._later.clear()
        self.moved.emit(self.current)

    def _on_frame(self) -> None:
        if self._client.ready and not self._begun:
            self._begun = True
            self.draw()
            self._look()

    def _on_changed(self, changes: Changes) -> None:
        if changes.any_of(Aspect.TAGS | Aspect.INTENTS | Aspect.EVIDENCE | Aspect.INTERACTIONS):
            self._look()

    def _on_failed(self, _error: object) -> None:
        """Ask again what did not reach the disk."""
        if self._done:
            self._done.clear()
            self._look()

    def _look(self) -> None:
        frame, now = self._client.frame, now_ms()
        self._client.ask(partial(questions.open_questions, frame=frame, now_ms=now), self._on_open)

    def _on_open(self, questions: list[BlockQuestion]) -> None:
        before = self.current
        self._open = questions
        self._done &= {_key(question) for question in questions}
        if before != self.current:
            self.moved.emit(self.current)


def _key(block: BlockQuestion) -> tuple[str, int]:
    return block.question.project, block.question.half_hour
