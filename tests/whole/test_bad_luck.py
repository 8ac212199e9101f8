"""Log folders as bad as they come: a clear sentence, nothing lost, and the rest goes on."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.host import settings_file
from ledger.host.settings import DEFAULTS, changed
from tests.making import append, claude_lines, claude_log
from tests.whole.running import (
    WITHOUT_POWERS,
    command_output,
    content,
    doctor_is_content,
    ledger_file,
    query_ledger,
    run,
    start,
)
from tests.whole.screen import wait_for

MIB = 1 << 20
MANY = 6_000  # files: an import of seconds, stored in several commits


def projects(home: Path) -> Path:
    return home / ".claude" / "projects"


def imported(**more) -> tuple[str, str]:
    """Import, which must succeed, and return what was printed and what was complained about."""
    result = run("import", **more)
    assert result.returncode == 0, result.stderr
    assert "bug" not in result.stderr
    return result.stdout, result.stderr


def counted() -> int:
    return len(command_output("list"))


@contextmanager
def closed(path: Path) -> Iterator[None]:
    """Take every permission away for a while."""
    before = path.stat().st_mode
    path.chmod(0)
    try:
        yield
    finally:
        path.chmod(before)


def test_a_log_folder_that_vanishes_mid_import(scratch_home):
    for number in range(MANY):
        claude_log(scratch_home, f"s{number}", 1)
    running = start("import")
    wait_for(lambda: ledger_file().exists() and files_read(), every_s=0.01)
    running.send_signal(signal.SIGSTOP)
    read = files_read()
    projects(scratch_home).rename(scratch_home / "elsewhere")
    running.send_signal(signal.SIGCONT)
    _, complaints = running.communicate(timeout=60)
    assert running.returncode == 0
    assert 0 < read < MANY, "it was not caught in the middle"
    assert "No such file" in complaints
    assert doctor_is_content()
    (scratch_home / "elsewhere").rename(projects(scratch_home))
    _, complaints = imported()
    assert complaints == ""
    assert counted() == MANY


def files_read() -> int:
    try:
        return query_ledger("SELECT count(*) FROM file WHERE problem = ''")[0][0]
    except Exception as problem:
        if "no such table" in str(problem):  # the ledger is being made
            return 0
        raise


def test_a_file_that_may_not_be_read(scratch_home):
    shut = claude_log(scratch_home, "shut", 2)
    claude_log(scratch_home, "open", 3)
    with closed(shut):
        _, complaints = imported(before=WITHOUT_POWERS)
    assert f"{shut}: Permission denied" in complaints
    assert counted() == 3
    [value] = command_output("sources")
    assert [str(shut)] == [p["path"] for row in value["sources"] for p in row["problems"]]
    assert imported()[1] == ""
    assert counted() == 5


@pytest.mark.parametrize("name", [".claude", ".claude/projects"])
def test_a_folder_that_may_not_be_read(scratch_home, name):
    claude_log(scratch_home, "s1", 2)
    (scratch_home / ".codex" / "sessions").mkdir(parents=True)
    with closed(scratch_home / name):
        imported(before=WITHOUT_POWERS)
        result = run("sources", "--json", before=WITHOUT_POWERS)
    reasons = {row["folder"]: row["reason"] for row in json.loads(result.stdout)["sources"]}
    assert reasons[str(projects(scratch_home))] == "the folder may not be read by this user"
    assert reasons[str(scratch_home / ".codex/sessions")] == "the folder holds no logs of this tool"
    imported()
    assert counted() == 2


def test_one_closed_folder_among_others_is_named(scratch_home):
    claude_log(scratch_home, "s1", 2)
    shut = projects(scratch_home) / "-home-ada-secret"
    shut.mkdir()
    (shut / "s2.jsonl").write_text("".join(f"{line}\n" for line in claude_lines("s2", 3)))
    with closed(shut):
        _, complaints = imported(before=WITHOUT_POWERS)
    assert counted() == 2
    assert str(shut) in complaints
    imported()
    assert counted() == 5


def test_pipes_devices_sockets_and_loops_among_the_logs(scratch_home):
    claude_log(scratch_home, "s1", 2)
    folder = projects(scratch_home)
    os.mkfifo(folder / "pipe.jsonl")
    os.mkfifo(folder / "-home-ada-atlas" / "pipe.jsonl")
    (folder / "zero.jsonl").symlink_to("/dev/zero")
    (folder / "devices").symlink_to("/dev")
    (folder / "processes").symlink_to("/proc/self")
    (folder / "round").symlink_to(folder)
    (folder / "up").symlink_to(scratch_home)
    (folder / "itself.jsonl").symlink_to(folder / "itself.jsonl")
    (folder / "nowhere.jsonl").symlink_to(folder / "no-such-file")
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    (folder / "folder.jsonl").mkdir()
    assert imported()[0] == "2 new interactions from 1 changed files; 2 in the ledger.\n"
    assert command_output("import")[0]["files"] == 0


def test_a_link_to_the_root_of_the_disk_is_not_followed_round_the_disk(scratch_home):
    claude_log(scratch_home, "s1", 2)
    (projects(scratch_home) / "all").symlink_to("/")
    assert command_output("import")[0]["interactions"] == 2


def test_a_file_that_becomes_a_pipe_between_two_imports(scratch_home):
    log = claude_log(scratch_home, "s1", 2)
    imported()
    log.unlink()
    os.mkfifo(log)
    imported()
    assert counted() == 2


def test_a_line_of_200_mb(scratch_home):
    log = claude_log(scratch_home, "s1", 2)
    with log.open("a") as out:
        out.write('{"type":"user","text":"')
        for _ in range(200):
            out.write("x" * MIB)
        out.write('"}\n')
        out.writelines(f"{line}\n" for line in claude_lines("s1", 1, first=2))
    assert "1 lines could not be read" in imported()[0]
    assert counted() == 3
    [value] = command_output("sources", "--rejected")
    [line] = value["rejected"]
    assert line["reason"] == "line longer than 128 MiB"
    assert line["length"] == 200 * MIB + 25


def test_binary_garbage_between_good_lines(scratch_home):
    log = claude_log(scratch_home, "s1", 2)
    garbage = bytes(range(256)).replace(b"\n", b"") * 64
    deep = b"[" * 100_000 + b"]" * 100_000
    odd = [garbage, b"\x00" * 4096, b"\xff\xfe{\x00}\x00", b'{"a":1e400}', b"null", b"[]", deep]
    half = b'{"type":"user","uuid":"half","message":{"content":"half a character: \\ud800"}}'
    odd += [half, b'{"type":' + b"9" * 5_000 + b"}"]
    with log.open("ab") as out:
        out.writelines(line + b"\n" for line in odd)
    append(log, *claude_lines("s1", 1, first=2))
    imported()
    assert doctor_is_content()
    rows = command_output("list")
    assert len(rows) == 4  # three good ones, and the half
    for row in rows:
        for more in ((), ("--json",)):
            shown = run("show", row["id"], "--transcript", *more)
            assert (shown.returncode, shown.stderr) == (0, "")


@pytest.mark.parametrize("name", ["garbage.jsonl", "packed.jsonl.zst"])
@pytest.mark.parametrize("where", [".claude/projects", ".codex/sessions", ".gemini/tmp/a/chats"])
def test_a_file_of_nothing_but_garbage(scratch_home, name, where):
    claude_log(scratch_home, "s1", 2)
    path = scratch_home / where / f"rollout-2026-11-22T11-02-38-{name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(100_000))
    imported()
    assert counted() == 2
    assert doctor_is_content()


@pytest.mark.parametrize("size", [0, 1, 700, 1_500])
def test_a_file_cut_short_between_two_imports_takes_nothing_back(scratch_home, size):
    log = claude_log(scratch_home, "s1", 4)
    imported()
    before = content()
    all_bytes = log.read_bytes()
    log.write_bytes(all_bytes[:size])
    imported()
    assert content() == before
    log.write_bytes(all_bytes)
    imported()
    assert content() == before


def test_a_file_written_anew_keeps_the_old_and_adds_the_new(scratch_home):
    log = claude_log(scratch_home, "s1", 3)
    imported()
    log.write_text("".join(f"{line}\n" for line in claude_lines("s1", 3, first=10)))
    imported()
    assert counted() == 6
    log.write_text("".join(f"{line}\n" for line in claude_lines("s1", 13)))
    imported()
    assert counted() == 13


def test_the_same_logs_through_a_linked_place(scratch_home, monkeypatch, tmp_path):
    claude_log(scratch_home, "s1", 3)
    imported()
    before = content()
    other = tmp_path / "link"
    other.symlink_to(scratch_home / ".claude")
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", f"{other},{scratch_home / '.claude'}")
    imported()
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(other))
    imported()
    assert content() == before


def test_logs_kept_elsewhere_and_linked_to_are_found(scratch_home):
    claude_log(scratch_home, "s1", 3)
    (scratch_home / ".claude").rename(scratch_home / "dotfiles")
    (scratch_home / ".claude").symlink_to(scratch_home / "dotfiles")
    imported()
    assert counted() == 3


def test_a_copy_of_the_folder_doubles_nothing(scratch_home):
    claude_log(scratch_home, "s1", 3)
    imported()
    before = content()
    shutil.copytree(scratch_home / ".claude", scratch_home / ".config" / "claude")
    assert "0 new interactions from 1" in imported()[0]
    assert content() == before


def choose_folders(*folders: Path | str) -> None:
    settings_file.save(changed(DEFAULTS, "log_folders", [str(folder) for folder in folders]))


def looked_at() -> set[tuple[str, str, bool]]:
    """Where the program looked: the folder, why there, and whether it found logs."""
    sources = command_output("sources")[0]["sources"]
    return {(row["folder"], row["why"], row["found"]) for row in sources}


def test_a_folder_that_was_added_in_the_settings_is_read(scratch_home, tmp_path):
    claude_log(tmp_path / "backup", "s1", 3)
    claude_log(scratch_home, "s2", 2)
    imported()
    assert counted() == 2
    choose_folders(tmp_path / "backup", scratch_home, "~/gone")
    imported()
    assert counted() == 5
    before = content()
    assert "0 new interactions from 0" in imported()[0]
    found = {(folder, why) for folder, why, was_found in looked_at() if was_found}
    assert found == {
        (str(scratch_home / ".claude" / "projects"), "default"),
        (str(tmp_path / "backup" / ".claude" / "projects"), "settings"),
    }
    assert (str(scratch_home / "gone"), "settings", False) in looked_at()
    assert "settings" in run("sources").stdout
    choose_folders()
    imported()
    assert content() == before  # what was read stays
    assert "settings" not in {why for _, why, _ in looked_at()}


def test_the_sessions_of_cowork_are_read(scratch_home):
    base = scratch_home / ".config" / "Claude" / "local-agent-mode-sessions" / "a" / "b"
    log = claude_log(base / "local_1", "s1", 3)
    (base / "local_1" / "audit.jsonl").write_text(log.read_text().replace("s1", "s2"))
    imported()
    assert counted() == 3


def test_a_home_that_is_no_word(tmp_path, monkeypatch):
    home = tmp_path / os.fsdecode(b"h\xff\xe9")
    claude_log(home, "s1", 3)
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    imported()
    assert [row["interactions"] for row in command_output("import")] == [3]
    (found,) = [row for row in command_output("sources")[0]["sources"] if row["found"]]
    assert os.fsencode(found["folder"]) == os.fsencode(home / ".claude" / "projects")
    for words in (["sources"], ["doctor"], ["list"], ["stats"], ["evidence"]):
        assert run(*words).returncode == 0, words


def test_names_that_are_no_words(scratch_home):
    log = claude_log(scratch_home, "s1", 1)
    for name in (b"\xff\xfe.jsonl", b"new\nline.jsonl", b"\x1b[31mred.jsonl", b"%s{0}.jsonl"):
        session = f"s-{name.hex()}"
        lines = "".join(f"{line}\n" for line in claude_lines(session, 1))
        (Path(os.fsdecode(os.fsencode(log.parent) + b"/" + name))).write_text(lines)
    imported()
    assert counted() == 5
    assert run("sources", "--json").returncode == 0
    assert run("sources").returncode == 0
