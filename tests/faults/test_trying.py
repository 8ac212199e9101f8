"""A planted fault is caught or missed as it should be, and the project itself stays untouched."""

import os
from itertools import islice
from pathlib import Path

import pytest

from tests.faults import trying
from tests.faults.__main__ import EQUIVALENT, ROOT
from tests.faults.planting import faults

MADE = {
    "pack/__init__.py": '"""Made up."""\n',
    "pack/room/__init__.py": "",
    "pack/room/sums.py": (
        "def total(a, b):\n    return a + b\n\n\ndef unseen(a):\n    return a > 3\n"
    ),
    "pack/room/inner/__init__.py": "",
    "pack/room/inner/sums.py": "def twice(a):\n    return 2 * a\n",
    "pack/other/__init__.py": "",
    "tests/room/test_sums.py": (
        "from pack.room import sums\n\n\n"
        "def test_two_and_three_are_five():\n    assert sums.total(2, 3) == 5\n"
    ),
    "tests/room/inner/test_sums.py": "def test_nothing():\n    pass\n",
    "tests/room/test_rest.py": "import pack.room.inner.sums\n",
    "tests/other/test_far.py": "from pack.room.sums import total\n",
}


@pytest.fixture
def project(tmp_path):
    for name, text in MADE.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "project" / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\naddopts = "--import-mode=importlib"\nmarkers = ["long"]\n'
    )
    return tmp_path / "project"


@pytest.fixture
def copy(project, tmp_path):
    return trying.Copy(project, tmp_path / "scratch", package="pack")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_fault_that_a_test_sees_is_caught_and_another_missed(project, copy):
    before, here = contents(project), contents(copy.root)
    module = "pack/room/sums.py"
    verdicts = {}
    for fault in faults(copy.source(module)):
        if fault.after in ("return a - b", "return a >= 3"):
            trial = trying.attempt(copy, module, fault, check_types=False)
            verdicts[fault.inside] = (trial.verdict, trial.by)
    assert verdicts == {
        "total": ("caught", "tests/room/test_sums.py::test_two_and_three_are_five"),
        "unseen": ("missed", ""),
    }
    assert contents(project) == before
    assert contents(copy.root).items() >= here.items()


def test_a_test_that_fails_without_the_fault_has_caught_nothing(copy):
    (copy.root / "tests/room/test_sums.py").write_text("def test_it():\n    assert False\n")
    fault = faults(copy.source("pack/room/sums.py"))[0]
    trial = trying.attempt(copy, "pack/room/sums.py", fault, check_types=False)
    assert trial.verdict == "unsound"


def test_a_files_own_tests_are_asked_first_then_those_that_import_it_then_its_room(copy):
    assert list(copy.stages("pack/room/sums.py")) == [
        ["tests/room/test_sums.py"],
        ["tests/other/test_far.py"],
        ["tests/room/inner/test_sums.py", "tests/room/test_rest.py"],
    ]
    assert list(copy.stages("pack/room/inner/sums.py"))[:2] == [
        ["tests/room/inner/test_sums.py"],
        ["tests/room/test_rest.py"],
    ]


def test_the_same_seed_draws_the_same_faults_and_none_that_was_judged_equal(copy):
    first, again = (list(trying.lots(copy, 7, "room")) for _ in range(2))
    assert first == again
    assert first != list(trying.lots(copy, 8, "room"))
    skipped = first[0][1].key
    left = list(trying.lots(copy, 7, "room", skip={skipped: "it is the same"}))
    assert {fault.key for _, fault in left} == {fault.key for _, fault in first} - {skipped}


def test_every_room_has_its_turn(tmp_path):
    copy = trying.Copy(ROOT, tmp_path)
    drawn = list(islice(trying.lots(copy, 1), len(copy.modules)))
    assert {Path(module).parts[1] for module, _ in drawn} == set(copy.modules)


def test_every_fault_judged_equal_has_a_reason():
    listed = EQUIVALENT.read_text("utf-8")
    assert all(len(key) == 12 for key in trying.equivalent(listed))
    assert all(len(reason) > 20 for reason in trying.equivalent(listed).values())
    assert trying.equivalent("# a\n\nabc  Why so.\n") == {"abc": "Why so."}


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_most_faults_that_are_planted_are_caught(tmp_path):
    """SIGNAL_LEDGER_FAULT_MINUTES (10), _TRIALS (30) and _SEED (1) say how long and which."""
    seed = int(os.environ.get("SIGNAL_LEDGER_FAULT_SEED", "1"))
    trials = int(os.environ.get("SIGNAL_LEDGER_FAULT_TRIALS", "30"))
    seconds = float(os.environ.get("SIGNAL_LEDGER_FAULT_MINUTES", "10")) * 60
    copy = trying.Copy(ROOT, tmp_path)
    skip = trying.equivalent(EQUIVALENT.read_text("utf-8"))
    made = trying.run(copy, trying.lots(copy, seed, skip=skip), trials, seconds, lambda _: None)
    missed = [trial for trial in made if trial.verdict == "missed"]
    print("", *(trial.shown() for trial in missed), trying.summary(made, seed), sep="\n")
    assert made
    assert not any(trial.verdict == "unsound" for trial in made)
    assert len(missed) <= max(1, len(made) // 4)  # some are equal in behaviour: a person judges
