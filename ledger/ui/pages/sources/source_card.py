"""One tool on the Sources page: what was found where, how far it was read, why not elsewhere."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.formatting import count, percent
from ledger.core.text_safety import one_line
from ledger.core.vocabulary import TOOL_TITLES, Tool
from ledger.flows.importing.sources import SourceRow
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import Card, rule

SOON_DAYS = 7
MOST_PROBLEMS = 5
UNITS = ("B", "kB", "MB", "GB", "TB")


class SourceCard(Card):
    """All places of one tool.

    Signals:
        rejected_wanted(str): the folder whose unreadable lines the person wants to see.
    """

    rejected_wanted = Signal(str)

    def __init__(self, tool: str, rows: Sequence[SourceRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = TOOL_TITLES[Tool(tool)]
        self.setAccessibleName(title)
        with_logs = [row for row in rows if row.files]
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, Type.HEADING), 1)
        ink = "kept_ink" if with_logs else "text_faint"
        head.addWidget(PlainLabel(verdict(rows), Type.BODY, ink))
        self.column.addLayout(head)
        for row in with_logs:
            self.column.addWidget(rule())
            self.column.addLayout(self._source_rows(row))
        missing = [row for row in rows if not row.files]
        if missing:
            self.column.addWidget(rule())
        for row in missing:
            sentence = f"{at_home(row.folder)}: {row.reason} ({because(row.why)})."
            self.column.addWidget(PlainLabel(sentence, Type.CAPTION, "text_faint", wrap=True))

    def _source_rows(self, row: SourceRow) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        folder = PlainLabel(at_home(row.folder), Type.STRONG, wrap=True).selectable()
        column.addWidget(folder)
        column.addWidget(PlainLabel(facts(row), ink="text_soft", wrap=True))
        deletion = deletion_words(row)
        if deletion:
            soon = row.days_left is not None and row.days_left <= SOON_DAYS
            ink = "warning" if soon else "text_faint"
            column.addWidget(PlainLabel(deletion, Type.CAPTION, ink, wrap=True))
        for path, sentence in row.problems[:MOST_PROBLEMS]:
            text = f"{Path(path).name}: {sentence}."
            column.addWidget(PlainLabel(text, Type.CAPTION, "danger", wrap=True))
        if len(row.problems) > MOST_PROBLEMS:
            more = f"{len(row.problems) - MOST_PROBLEMS} more files could not be read."
            column.addWidget(PlainLabel(more, Type.CAPTION, "danger"))
        if row.rejected:
            text = f"Show {count(row.rejected, 'rejected line')}"
            button = Button(text, "link", hint="Lines that are not as this tool writes them")
            button.clicked.connect(lambda: self.rejected_wanted.emit(row.folder))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return column


def verdict(rows: Sequence[SourceRow]) -> str:
    """Say in a word or two whether the tool's logs were found."""
    files = sum(row.files for row in rows)
    if files:
        return f"{count(files, 'log file')} found"
    reasons = {row.reason for row in rows}
    return "Switched off" if reasons == {"switched off in the settings"} else "Not found"


def facts(row: SourceRow) -> str:
    """Say how much lies in a place and how far it was read."""
    parts = [
        because(row.why).capitalize(),
        count(row.files, "file"),
        size_words(row.size_bytes),
    ]
    if row.first_ms is not None and row.last_ms is not None:
        first, last = _day(row.first_ms), _day(row.last_ms)
        parts.append(first if first == last else f"{first} – {last}")
    parts.append(read_words(row))
    return "  ·  ".join(parts)


def read_words(row: SourceRow) -> str:
    """Say how far a place was read."""
    if not row.read_bytes:
        return "not read yet"
    if row.read_bytes >= row.size_bytes:
        return f"all read, {count(row.lines, 'line')}"
    return f"{percent(row.read_bytes / row.size_bytes)} read"


def deletion_words(row: SourceRow) -> str:
    """Say when the tool deletes its oldest log, "" when it never does."""
    if row.days_left is None or row.keeps_days is None:
        return ""
    when = "today" if not row.days_left else f"in {count(row.days_left, 'day')}"
    return (
        f"The tool keeps logs for {count(row.keeps_days, 'day')}; the oldest goes {when}. "
        "The ledger keeps its figures and your tags."
    )


def because(why: str) -> str:
    """Say what made us look in a place."""
    known = {"default": "the usual place", "settings": "added in the settings"}
    return known.get(why, f"set by {one_line(why)}")


def at_home(folder: str) -> str:
    """Return a folder with the person's home shortened to ~."""
    try:
        return f"~/{Path(folder).relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return folder


def size_words(size_bytes: int) -> str:
    """Return a size in three figures."""
    size, unit = float(size_bytes), 0
    while size >= 999.5 and unit < len(UNITS) - 1:
        size, unit = size / 1000, unit + 1
    digits = 0 if unit == 0 or size >= 99.5 else 1
    return f"{size:.{digits}f} {UNITS[unit]}"


def _day(time_ms: int) -> str:
    day = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone()
    return f"{day.day} {day:%b %Y}"
