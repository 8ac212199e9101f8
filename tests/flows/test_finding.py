import errno
import os

import pytest

from ledger.core.parts import Cursor
from ledger.core.words import Tool
from ledger.flows.finding import jobs, look_around
from ledger.importers.base import Home
from ledger.importers.registry import IMPORTERS
from tests.making import claude_log


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, {})


def found(looks, tool=Tool.CLAUDE_CODE):
    return [os.path.basename(f.path) for look in looks if look.tool == tool for f in look.files]


def test_logs_are_found_and_other_files_are_not(home):
    log = claude_log(home.path)
    (log.parent / "notes.txt").write_text("no log")
    assert found(look_around(home)) == ["s1.jsonl"]


def test_every_place_says_why_nothing_was_found(home):
    claude_log(home.path).unlink()
    reasons = {(look.tool, look.reason) for look in look_around(home) if not look.files}
    assert (Tool.CLAUDE_CODE, "the folder holds no logs of this tool") in reasons
    assert (Tool.CODEX, "there is no such folder") in reasons


def test_a_tool_that_is_switched_off_is_not_looked_at(home):
    claude_log(home.path)
    looks = look_around(home, {Tool.CLAUDE_CODE})
    assert found(looks) == []
    assert any(look.reason == "switched off in the settings" for look in looks)


def test_a_place_that_is_no_folder_has_none(home):
    home.path.joinpath(".claude").write_text("")
    reasons = {look.reason for look in look_around(home) if look.tool is Tool.CLAUDE_CODE}
    assert reasons == {"there is no such folder"}


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not be read by this user"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
    ],
)
def test_a_place_that_cannot_be_read_says_why(home, monkeypatch, problem, reason):
    claude_log(home.path)

    def refuse(_folder):
        raise problem

    monkeypatch.setattr(os, "scandir", refuse)
    looks = [look for look in look_around(home) if look.tool is Tool.CLAUDE_CODE]
    assert {look.reason for look in looks} == {f"the folder {reason}"}
    assert found(looks) == []


def test_a_log_that_two_places_lead_to_is_one_log(home):
    log = claude_log(home.path)
    other = home.path / "other"
    other.mkdir()
    (other / "projects").symlink_to(log.parent.parent)
    both = Home(home.path, {"CLAUDE_CONFIG_DIR": f"{other},{home.path / '.claude'}"})
    assert found(look_around(both)) == ["s1.jsonl"]


def test_only_named_paths_are_looked_at_when_a_watcher_says_so(home):
    one, two = claude_log(home.path, "s1"), claude_log(home.path, "s2")
    looks = look_around(home, (), [str(two), "/elsewhere/x.jsonl", str(one.parent / "gone.jsonl")])
    assert found(looks) == ["s2.jsonl"]


def test_a_file_that_did_not_change_is_no_job_and_a_grown_one_is(home):
    log = claude_log(home.path)
    status = log.stat()
    version = IMPORTERS[Tool.CLAUDE_CODE].version
    cursor = Cursor(
        str(log), status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns,
        offset=status.st_size, parser=version,
    )  # fmt: skip
    looks = look_around(home)
    assert jobs(looks, {str(log): cursor}) == []
    assert len(jobs(looks, {})) == 1
    assert len(jobs(looks, {str(log): cursor._replace(parser=version - 1)})) == 1
    [grown] = jobs(looks, {str(log): cursor._replace(size=10, offset=10)})
    assert grown.size == status.st_size - 10


def test_the_newest_file_is_read_first(home):
    old, new = claude_log(home.path, "old"), claude_log(home.path, "new")
    os.utime(old, (1, 1))
    assert [os.path.basename(job.path) for job in jobs(look_around(home), {})] == [
        new.name,
        old.name,
    ]
