"""A client without threads, and a ledger of a few interactions."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from ledger.core.columns import Columns
from ledger.core.rows import FileRow, InteractionRow
from ledger.core.usage import Usage
from ledger.core.vocabulary import TOOLS, Intent, Origin, Tag
from ledger.host import paths
from ledger.metrics.frame import Frame

DAY = 86_400
NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
MTE = 20_000_000


def frame(count, tag=Tag.KEPT, te=MTE):
    """Return a ledger of `count` interactions, one a day, the newest now."""
    columns = Columns(projects=("/home/ada/atlas",), models=("m-1",))
    for n in range(count):
        time_s = NOW - (count - 1 - n) * DAY
        values = {
            "id": n + 1, "time_s": time_s, "session": 1, "project": 0, "tool": n % 2, "origin": 0,
            "tag": int(tag), "intent": 0, "owner": n, "model": 0, "quarter": time_s // 900,
            "requests": 1, "unknown": 0, "input": 1, "cache_read": 0, "cache_write": 0,
            "output": 0, "reasoning": 0, "te_low": te, "te": te, "te_high": te,
        }  # fmt: skip
        for name, value in values.items():
            getattr(columns, name).append(value)
    return Frame.of(columns)


def row(identity, tag=None, project="/home/ada/atlas"):
    """Return what the store says of an interaction."""
    return InteractionRow(
        id=identity, time_ms=NOW * 1000, tool=str(TOOLS[0]), session=1, session_key="s",
        project=project, branch="", origin=Origin.TYPED, tag=tag, tagged_ms=None,
        intent=Intent.DELIVERY, labels=(), note="", models=("m-1",), requests=1, unknown=0,
        usage=Usage(), te=MTE, added=0, removed=0, edits=(), pointers=(),
    )  # fmt: skip


def file(**values):
    """Return what the store says of a log."""
    defaults = {
        "path": "/log", "tool": "codex", "size": 1, "offset": 1, "lines": 1, "rejected": 0,
        "problem": "", "seen_ms": NOW * 1000, "first_ms": None, "last_ms": None,
    }  # fmt: skip
    return FileRow(**(defaults | values))


class FakeStore:
    """Answers for the rows of a frame."""

    def rows(self, ids):
        return [row(identity) for identity in ids]

    def files(self):
        return [file()]


class FakeClient(QObject):
    """Has the signals of a client and answers at once."""

    changed = Signal(object)
    frame_changed = Signal()
    failed = Signal(object)

    def __init__(self, shown):
        super().__init__()
        self.frame = shown
        self.ready = True
        self.path = paths.ledger_path()
        self.store = FakeStore()

    def ask(self, question, answer):
        answer(question(self.store))

    def read(self, work, answer):
        answer(work())

    def show(self, shown):
        """Have another frame."""
        self.frame = shown
        self.frame_changed.emit()
