import errno
import os

import pytest

from ledger.core.parts import Cursor
from ledger.core.vocabulary import Tool
from ledger.flows.importing import discovery
from ledger.flows.importing.discovery import DEEPEST, LogWalker, jobs, scan_places
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
    assert found(scan_places(home)) == ["s1.jsonl"]


def test_every_place_says_why_nothing_was_found(home):
    claude_log(home.path).unlink()
    reasons = {(look.tool, look.reason) for look in scan_places(home) if not look.files}
    assert (Tool.CLAUDE_CODE, "the folder holds no logs of this tool") in reasons
    assert (Tool.CODEX, "there is no such folder") in reasons


def test_a_tool_that_is_switched_off_is_not_looked_at(home):
    claude_log(home.path)
    looks = scan_places(home, {Tool.CLAUDE_CODE})
    assert found(looks) == []
    assert any(look.reason == "switched off in the settings" for look in looks)


def test_a_place_that_is_no_folder_has_none(home):
    home.path.joinpath(".claude").write_text("")
    reasons = {look.reason for look in scan_places(home) if look.tool is Tool.CLAUDE_CODE}
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
    looks = [look for look in scan_places(home) if look.tool is Tool.CLAUDE_CODE]
    assert {look.reason for look in looks} == {f"the folder {reason}"}
    assert found(looks) == []


def test_a_log_that_two_places_lead_to_is_one_log(home):
    log = claude_log(home.path)
    other = home.path / "other"
    other.mkdir()
    (other / "projects").symlink_to(log.parent.parent)
    both = Home(home.path, {"CLAUDE_CONFIG_DIR": f"{other},{home.path / '.claude'}"})
    assert found(scan_places(both)) == ["s1.jsonl"]


def test_only_named_paths_are_looked_at_when_a_watcher_says_so(home):
    one, two = claude_log(home.path, "s1"), claude_log(home.path, "s2")
    looks = scan_places(home, (), [str(two), "/elsewhere/x.jsonl", str(one.parent / "gone.jsonl")])
    assert found(looks) == ["s2.jsonl"]


def test_a_file_that_did_not_change_is_no_job_and_a_grown_one_is(home):
    log = claude_log(home.path)
    status = log.stat()
    version = IMPORTERS[Tool.CLAUDE_CODE].version
    cursor = Cursor(
        str(log), status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns,
        offset=status.st_size, parser=version,
    )  # fmt: skip
    looks = scan_places(home)
    assert jobs(looks, {str(log): cursor}) == []
    assert len(jobs(looks, {})) == 1
    assert len(jobs(looks, {str(log): cursor._replace(parser=version - 1)})) == 1
    [grown] = jobs(looks, {str(log): cursor._replace(size=10, offset=10)})
    assert grown.size == status.st_size - 10


def test_the_newest_file_is_read_first(home):
    old, new = claude_log(home.path, "old"), claude_log(home.path, "new")
    os.utime(old, (1, 1))
    assert [os.path.basename(job.path) for job in jobs(scan_places(home), {})] == [
        new.name,
        old.name,
    ]


@pytest.fixture
def place(tmp_path):
    """A Claude Code place with one log in it."""
    made = tmp_path / "home" / "projects"
    log(made / "atlas", "s1")
    return made


def log(folder, name):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.write_text("{}\n")
    return path


def walk(place, seen=None):
    return LogWalker(
        Tool.CLAUDE_CODE, IMPORTERS[Tool.CLAUDE_CODE], str(place), set() if seen is None else seen
    )


def names(place):
    return sorted(os.path.basename(found.path) for found in walk(place).files())


def test_a_log_comes_with_what_the_system_says_of_it(place):
    [found] = walk(place).files()
    status = (place / "atlas" / "s1.jsonl").stat()
    assert (found.tool, found.path) == (Tool.CLAUDE_CODE, str(place / "atlas" / "s1.jsonl"))
    assert (found.device, found.inode) == (status.st_dev, status.st_ino)
    assert (found.size, found.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_files_of_other_names_and_folders_named_like_logs_are_no_logs(place):
    (place / "atlas" / "notes.txt").write_text("")
    (place / "atlas" / "folder.jsonl").mkdir()
    assert names(place) == ["s1.jsonl"]


def test_a_linked_folder_and_a_linked_log_are_found(place, tmp_path):
    elsewhere = log(tmp_path / "elsewhere", "s2").parent
    (place / "elsewhere").symlink_to(elsewhere)
    (place / "atlas" / "s3.jsonl").symlink_to(log(tmp_path / "third", "target"))
    assert names(place) == ["s1.jsonl", "s2.jsonl", "s3.jsonl"]


def test_links_inside_a_linked_folder_are_not_followed(place, tmp_path):
    log(tmp_path / "far", "s3")
    elsewhere = log(tmp_path / "elsewhere", "s2").parent
    (elsewhere / "far").symlink_to(tmp_path / "far")
    (place / "elsewhere").symlink_to(elsewhere)
    assert names(place) == ["s1.jsonl", "s2.jsonl"]


@pytest.mark.parametrize("linked", [True, False])
def test_another_disk_is_entered_from_the_place_but_not_from_a_linked_folder(
    place, tmp_path, monkeypatch, linked
):
    """A link to /dev leads to /dev/shm, which is another disk and another program's business."""
    if linked:
        elsewhere = log(tmp_path / "elsewhere", "s2").parent
        (place / "elsewhere").symlink_to(elsewhere)
    else:
        elsewhere = place
    log(elsewhere / "mounted", "s3")
    ask = discovery._status

    def status(entry):
        known = ask(entry)
        if entry.name != "mounted":
            return known
        fields = list(known)
        fields[2] = known.st_dev + 1
        return os.stat_result(fields)

    monkeypatch.setattr(discovery, "_status", status)
    assert ("s3.jsonl" in names(place)) is not linked


@pytest.mark.parametrize("up", ["atlas", ".", "..", "../..", "/"])
def test_a_link_to_where_we_are_or_above_goes_round_no_circle(place, up):
    (place / "atlas" / "up").symlink_to(os.path.normpath(place / up))
    assert names(place) == ["s1.jsonl"]


def test_a_loop_of_links_ends_and_each_file_counts_once(place):
    (place / "other").symlink_to(place / "atlas")
    (place / "one").symlink_to(place / "two")
    (place / "two").symlink_to(place / "one")
    (place / "atlas" / "again.jsonl").symlink_to(place / "atlas" / "s1.jsonl")
    assert len(list(walk(place).files())) == 1


def test_what_another_walk_has_met_is_not_met_again(place):
    seen = set()
    assert len(list(walk(place, seen).files())) == 1
    assert list(walk(place, seen).files()) == []


def test_a_pipe_and_a_dangling_link_are_passed_over(place):
    os.mkfifo(place / "atlas" / "pipe.jsonl")
    (place / "atlas" / "dangling.jsonl").symlink_to(place / "nowhere")
    (place / "atlas" / "device.jsonl").symlink_to("/dev/null")
    assert names(place) == ["s1.jsonl"]


def test_a_tree_deeper_than_any_tool_writes_is_not_followed_for_ever(place):
    deepest = place.joinpath(*(["d"] * DEEPEST))
    log(deepest, "deep")
    log(deepest / "d", "deeper")
    assert names(place) == ["deep.jsonl", "s1.jsonl"]


def test_more_logs_than_anybody_has_are_not_listed_for_ever(place, monkeypatch):
    monkeypatch.setattr(discovery, "MOST_FILES", 3)
    for number in range(3):
        log(place / f"p{number}", "a")
    assert len(names(place)) == 3


def test_a_folder_that_stays_closed_is_named_and_the_rest_is_found(place, monkeypatch):
    scan, shut, gone = os.scandir, str(place / "shut"), str(place / "gone")
    for folder in (shut, gone):
        os.mkdir(folder)

    def scandir(folder):
        if folder == shut:
            raise PermissionError(13, "Permission denied", folder)
        if folder == gone:
            raise FileNotFoundError(2, "No such file or directory", folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    walked = walk(place)
    assert [os.path.basename(found.path) for found in walked.files()] == ["s1.jsonl"]
    assert walked.shut == [(shut, "Permission denied")]  # what vanished needs no word


def test_a_place_that_is_not_there_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(walk(tmp_path / "nowhere").files())
