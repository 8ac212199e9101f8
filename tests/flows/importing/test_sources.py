import os

import pytest

from ledger.core.parts import Batch, Cursor, Reading, Rejected
from ledger.core.rows import FileRow
from ledger.core.vocabulary import Tool
from ledger.flows.importing import discovery
from ledger.flows.importing.sources import DAY_S, rejected, sources
from ledger.importers.base import Home
from ledger.importers.registry import IMPORTERS
from tests.making import claude_log

NOW_S = 1_800_000_000


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, {})


def known(path, /, **values):
    """Return what the ledger says of a log that it has read to its end."""
    size = path.stat().st_size
    usual = {
        "path": str(path), "tool": "claude-code", "size": size, "offset": size, "lines": 6,
        "rejected": 0, "problem": "", "seen_ms": 0, "first_ms": None, "last_ms": None,
    }  # fmt: skip
    return FileRow(**(usual | values))


def claude(home, *rows):
    """Return what the Sources page says of Claude Code's default folder."""
    looks = [look for look in discovery.scan_places(home) if look.tool is Tool.CLAUDE_CODE]
    return sources(looks, rows, NOW_S)[0]


def test_every_place_that_was_looked_at_has_a_row_in_the_same_order(home):
    looks = discovery.scan_places(home)
    rows = sources(looks, [], NOW_S)
    assert [(row.tool, row.folder) for row in rows] == [
        (look.tool, str(look.place.path)) for look in looks
    ]
    assert all(row.reason == "there is no such folder" for row in rows)


def test_what_lies_on_disk_is_joined_with_what_was_read(home):
    one, two = claude_log(home.path, "s1"), claude_log(home.path, "s2", 1)
    row = claude(
        home,
        known(one, lines=6, rejected=2, first_ms=500, last_ms=900),
        known(two, offset=10, lines=1, first_ms=100, last_ms=300),
        known(one, path="/gone.jsonl", lines=1_000),  # its figures stay, but it is not here
    )
    assert (row.files, row.lines, row.rejected) == (2, 7, 2)
    assert row.size_bytes == one.stat().st_size + two.stat().st_size
    assert row.read_bytes == one.stat().st_size + 10
    assert (row.first_ms, row.last_ms) == (100, 900)
    assert row.reason == ""


def test_a_packed_log_is_not_read_further_than_it_reaches(home):
    log = claude_log(home.path, "s1")
    assert claude(home, known(log, offset=10**9)).read_bytes == log.stat().st_size


def test_nothing_read_yet_claims_no_span(home):
    claude_log(home.path, "s1")
    row = claude(home)
    assert (row.files, row.read_bytes, row.first_ms, row.last_ms) == (1, 0, None, None)


def test_what_could_not_be_read_is_named(home, monkeypatch):
    log = claude_log(home.path, "s1")
    shut, scan = log.parent.parent / "shut", os.scandir
    shut.mkdir()

    def scandir(folder):
        if folder == str(shut):
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    row = claude(home, known(log, problem="Input/output error"))
    assert row.problems == (
        (str(shut), "Permission denied"),
        (str(log), "Input/output error"),
    )


def test_the_days_left_are_those_of_the_oldest_log(home):
    old, new = claude_log(home.path, "old"), claude_log(home.path, "new")
    keeps = IMPORTERS[Tool.CLAUDE_CODE].keeps_days(claude_place(home))
    assert keeps is not None
    os.utime(new, (NOW_S, NOW_S))
    os.utime(old, (NOW_S - 3 * DAY_S - 60, NOW_S - 3 * DAY_S - 60))
    row = claude(home)
    assert (row.keeps_days, row.days_left) == (keeps, keeps - 3)
    os.utime(old, (0, 0))
    assert claude(home).days_left == 0


def claude_place(home):
    return next(look.place for look in discovery.scan_places(home) if look.tool is Tool.CLAUDE_CODE)


def test_a_tool_that_never_deletes_has_no_days_left(home):
    folder = home.path / ".codex" / "sessions"
    folder.mkdir(parents=True)
    (folder / "rollout-2026-11-22T11-02-38-x.jsonl").write_text("{}\n")
    looks = [look for look in discovery.scan_places(home) if look.tool is Tool.CODEX and look.files]
    [row] = sources(looks, [], NOW_S)
    assert (row.keeps_days, row.days_left) == (None, None)


def test_rejected_lines_are_those_of_the_folder_and_no_neighbour(workspace):
    for path, count in (("/logs/a.jsonl", 3), ("/logs2/b.jsonl", 2)):
        lines = [Rejected(offset, 1, 0, "why") for offset in range(count)]
        workspace.store.add([Reading("codex", Cursor(path), Batch(rejected=lines))])
    assert {row.path for row in rejected(workspace.store, "/logs")} == {"/logs/a.jsonl"}
    assert len(rejected(workspace.store, "/logs", 2)) == 2
    assert len(rejected(workspace.store)) == 5
