"""One long-lived process answers for every object, and a broken one is noticed."""

from pathlib import Path

import pytest

from ledger.core.errors import GitError
from ledger.host import git
from ledger.host.git_objects import LONGEST_LINE, MOST_ENDS, Objects
from tests.git_worlds import World
from tests.host.test_git import stand_in


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool="one\n", empty="")


@pytest.mark.parametrize("knows_commands", [True, False])
def test_it_finds_and_reads(world: World, knows_commands: bool):
    with Objects(str(world.root)) as objects:
        objects._knows_commands = knows_commands
        header = objects.find("HEAD:tool.py")
        assert header is not None
        assert (header.kind, header.size) == ("blob", 4)
        assert objects.contents(header.oid, 100) == b"one\n"
        assert objects.find("HEAD:gone.py") is None
        assert objects.contents("0" * 40, 100) is None
        empty = objects.find("HEAD:empty.py")
        assert empty is not None
        assert objects.contents(empty.oid, 100) == b""
        assert objects.contents(header.oid, 3) is None
        tree = objects.find("HEAD^{tree}")
        assert tree is not None
        assert objects.contents(tree.oid, 100) is None
        assert objects.contents(header.oid, 100) == b"one\n"


def test_one_process_answers_everything_and_ends_with_it(world: World):
    with Objects(str(world.root)) as objects:
        objects.find("HEAD")
        process = objects._process
        objects.find("HEAD:tool.py")
        assert objects._process is process
    assert process is not None
    assert process.returncode is not None
    objects.close()


@pytest.mark.parametrize("name", ["", "HEAD\ninfo HEAD", "HEAD\0", "x" * (LONGEST_LINE + 1)])
def test_a_name_that_would_be_two_questions_is_nothing(world: World, name: str):
    with Objects(str(world.root)) as objects:
        assert objects.find(name) is None
        assert objects.find("HEAD") is not None


@pytest.mark.parametrize("name", ["HEAD:a blob 12", "HEAD: missing", "HEAD:é\udcff", "--help"])
def test_odd_names_are_only_names(world: World, name: str):
    with Objects(str(world.root)) as objects:
        assert objects.find(name) is None
        assert objects.find("HEAD") is not None


def test_a_git_without_commands_is_asked_the_old_way(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = git.program()
    old = f'case "$*" in *--batch-command*) exit 129;; esac; exec {real} "$@"'
    stand_in(monkeypatch, tmp_path, old)
    with Objects(str(world.root)) as objects:
        header = objects.find("HEAD:tool.py")
        assert header is not None
        assert objects.contents(header.oid, 100) == b"one\n"


def test_a_process_that_ends_is_started_anew_but_not_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    with Objects(str(world.root)) as objects:
        assert objects.find("HEAD") is not None
        assert objects._process is not None
        objects._process.kill()
        objects._process.wait()
        assert objects.find("HEAD") is None
        assert objects.find("HEAD") is not None
        objects._ends = MOST_ENDS
        objects._process.kill()
        objects._process.wait()
        with pytest.raises(GitError, match="again and again"):
            objects.find("HEAD")


@pytest.mark.parametrize(
    ("script", "sentence"),
    [("exec /bin/sleep 60", "did not answer"), ("exec /bin/cat /dev/zero", "too long")],
)
def test_a_git_that_does_not_answer_properly_is_given_up_on(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
):
    monkeypatch.setattr(git, "PATIENCE_S", 0.3)
    stand_in(monkeypatch, tmp_path, script)
    with Objects(str(world.root)) as objects, pytest.raises(GitError, match=sentence):
        objects.find("HEAD")


def test_a_folder_that_is_gone_raises(tmp_path: Path):
    with Objects(str(tmp_path / "gone")) as objects, pytest.raises(GitError):
        objects.find("HEAD")
