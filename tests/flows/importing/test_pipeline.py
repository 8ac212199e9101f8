import os

import pytest

from ledger.flows.importing import pipeline
from ledger.flows.importing.discovery import jobs, scan_places
from ledger.importers.base import Home
from tests.making import claude_lines, claude_log


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, {})


def read(home, readers=None, **more):
    steps = pipeline.read(jobs(scan_places(home), {}), readers, **more)
    return [(readings, progress) for readings, progress in steps]


def requests(steps):
    return sum(len(r.batch.requests) for readings, _ in steps for r in readings)


def test_everything_that_was_found_is_read(home):
    claude_log(home.path, "s1", 3)
    claude_log(home.path, "s2", 2)
    steps = read(home)
    assert requests(steps) == 5
    assert steps[-1][1].share == 1


def test_cancelling_stops_between_two_chunks(home, monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK_FILES", 1)
    for number in range(4):
        claude_log(home.path, f"s{number}", 1)
    seen = []
    steps = pipeline.read(jobs(scan_places(home), {}), None, cancelled=lambda: len(seen) == 2)
    seen.extend(steps)  # one by one: the generator asks after each
    assert len(seen) == 2


def test_the_estimate_waits_until_it_is_more_than_a_guess():
    early = pipeline.Progress(1, 10, 10, 100, 0.1)
    later = pipeline.Progress(1, 10, 25, 100, 2.0)
    assert early.left_s is None
    assert later.left_s == 6.0


def test_a_file_that_vanishes_is_a_problem_and_the_rest_goes_on(home):
    gone, kept = claude_log(home.path, "gone"), claude_log(home.path, "kept")
    todo = jobs(scan_places(home), {})
    gone.unlink()
    [(readings, _)] = list(pipeline.read(todo, None))
    problems = {os.path.basename(r.cursor.path): r.problem for r in readings}
    assert problems == {kept.name: "", gone.name: "No such file or directory"}


def test_lines_of_a_live_log_are_read_from_where_it_was_left(home):
    log = claude_log(home.path, "s1", 2)
    [(readings, _)] = read(home)
    cursor = readings[0].cursor
    with log.open("a") as out:
        out.write("".join(line + "\n" for line in claude_lines("s1", 1, first=2)))
    [job] = jobs(scan_places(home), {str(log): cursor})
    [reading] = pipeline.read_all([job])
    assert [len(reading.batch.prompts), len(reading.batch.requests)] == [1, 1]
