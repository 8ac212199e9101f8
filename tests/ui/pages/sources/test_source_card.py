from pathlib import Path

import pytest

from ledger.flows.importing.sources import SourceRow
from ledger.ui.pages.sources.source_card import (
    SourceCard,
    at_home,
    deletion_words,
    read_words,
    size_words,
    verdict,
)
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel


def row(**other) -> SourceRow:
    values = {
        "tool": "claude-code",
        "folder": "/logs/claude",
        "why": "default",
        "reason": "",
        "files": 3,
        "size_bytes": 1000,
        "read_bytes": 1000,
        "lines": 42,
        "rejected": 0,
        "problems": (),
        "first_ms": 1_780_000_000_000,
        "last_ms": 1_790_000_000_000,
        "keeps_days": 30,
        "days_left": 3,
    }
    return SourceRow(**(values | other))


MISSING = row(
    files=0, size_bytes=0, read_bytes=0, reason="there is no such folder", why="CODEX_HOME"
)


def card_text(card: SourceCard) -> str:
    return "\n".join(label.full_text() for label in card.findChildren(PlainLabel))


def test_it_says_what_was_found_where_and_how_far_it_was_read(qtbot):
    card = SourceCard("claude-code", [row()])
    qtbot.addWidget(card)
    text = card_text(card)
    for part in ("Claude Code", "/logs/claude", "3 files", "1.0 kB", "all read, 42 lines"):
        assert part in text


def test_it_says_why_nothing_was_found(qtbot):
    card = SourceCard("codex", [MISSING])
    qtbot.addWidget(card)
    assert "there is no such folder (set by CODEX_HOME)" in card_text(card)
    assert "Not found" in card_text(card)


def test_rejected_lines_can_be_looked_at(qtbot):
    card = SourceCard("codex", [row(tool="codex", rejected=2)])
    qtbot.addWidget(card)
    button = card.findChild(Button)
    assert button.accessibleName() == "Show 2 rejected lines"
    with qtbot.waitSignal(card.rejected_wanted) as blocker:
        button.click()
    assert blocker.args == ["/logs/claude"]


def test_files_that_could_not_be_read_are_named_with_the_reason(qtbot):
    problems = tuple((f"/logs/{n}.jsonl", "it may not be read") for n in range(8))
    card = SourceCard("codex", [row(problems=problems)])
    qtbot.addWidget(card)
    assert "0.jsonl: it may not be read." in card_text(card)
    assert "3 more files could not be read." in card_text(card)


def test_when_the_tool_deletes_its_logs():
    assert "the oldest goes in 3 days" in deletion_words(row())
    assert "the oldest goes today" in deletion_words(row(days_left=0))
    assert deletion_words(row(keeps_days=None, days_left=None)) == ""


@pytest.mark.parametrize(
    ("read", "size", "text"),
    [(0, 10, "not read yet"), (5, 10, "50\u202f% read"), (10, 10, "all read, 42 lines")],
)
def test_how_far_a_place_was_read(read, size, text):
    assert read_words(row(read_bytes=read, size_bytes=size)) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (12_345_678, "12.3 MB"), (999_960, "1.0 MB")],
)
def test_sizes_have_three_figures(size, text):
    assert size_words(size) == text


def test_a_tool_switched_off_is_not_called_missing():
    assert verdict([row(files=0, reason="switched off in the settings")]) == "Switched off"


def test_the_home_folder_is_written_short():
    assert at_home(str(Path.home() / ".claude")) == "~/.claude"
    assert at_home("/srv/logs") == "/srv/logs"
