import threading
from concurrent.futures import Future

import pytest

from ledger.app.import_job import ImportJob, ImportRequest
from ledger.app.store_thread import StoreThread
from ledger.core.errors import LedgerError, StoreBusyError, StoreFullError
from ledger.flows.importing import discovery, pipeline
from ledger.flows.workspace import EVERYTHING, Workspace
from ledger.store.store import Store
from tests.making import claude_log

OFF = frozenset()


class Here:
    """Stands in for the reader processes: reads at once, and can be held up."""

    ahead = 1

    def __init__(self):
        self.may_read = threading.Event()
        self.may_read.set()
        self.reading = threading.Event()
        self.closed = False

    def submit(self, jobs):
        self.reading.set()
        self.may_read.wait(10)
        future = Future()
        future.set_result(pipeline.read_all(jobs))
        return future

    def close(self):
        self.closed = True


@pytest.fixture
def store(qtbot, tmp_path):
    thread = StoreThread(lambda: Workspace(Store.open(tmp_path / "ledger.db"), lambda: 1))
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK_FILES", 1)
    return Here()


@pytest.fixture
def job(store, here):
    job = ImportJob(store)
    job._readers = here
    job.start()
    yield job
    here.may_read.set()
    job.stop()


@pytest.fixture
def looked(monkeypatch):
    """Every look at the log folders, as (switched off, paths)."""
    scans, scan_places = [], discovery.scan_places

    def look_around(home, off, only):
        scans.append((off, only))
        return scan_places(home, off, only)

    monkeypatch.setattr(discovery, "scan_places", look_around)
    return scans


def count(store):
    return store.call(lambda workspace: len(workspace.load().frame)).result(5)


def logs(home, number):
    return [str(claude_log(home.path, f"s{n}", 1)) for n in range(number)]


def held_up(job, here, home, number=3):
    """Begin an import of so many files that waits in its first one."""
    paths = logs(home, number)
    here.may_read.clear()
    job.import_logs(ImportRequest(home, OFF))
    assert here.reading.wait(5)
    return paths


def test_what_is_stored_is_told_with_how_far_it_is(qtbot, job, store, home):
    logs(home, 2)
    changes, progress = [], []
    job.stored.connect(changes.append)
    job.progressed.connect(progress.append)
    with qtbot.waitSignal(job.finished) as finished:
        job.import_logs(ImportRequest(home, OFF))
    qtbot.waitUntil(lambda: progress[-1:] == [None])
    assert finished.args == [2, 0]
    assert [step.files for step in progress[:-1]] == [1, 2]
    assert sum(len(changes.ids) for changes in changes) == 2
    assert count(store) == 2


def test_files_with_a_problem_are_counted(qtbot, job, home, monkeypatch):
    logs(home, 2)
    problem = pipeline.Reading("claude-code", pipeline.Cursor("x"), pipeline.Batch(), "broken")
    monkeypatch.setattr(pipeline, "read_all", lambda jobs: [problem for _ in jobs])
    with qtbot.waitSignal(job.finished) as finished:
        job.import_logs(ImportRequest(home, OFF))
    assert finished.args == [2, 2]


def test_two_wishes_make_one(home):
    request, other = (
        ImportRequest(home, frozenset("a"), frozenset("p")),
        ImportRequest(home, OFF, frozenset("q")),
    )
    assert request.and_then(other) == ImportRequest(home, OFF, frozenset("pq"))
    assert request.and_then(ImportRequest(home, OFF)) == ImportRequest(home, OFF)
    assert ImportRequest(home, OFF).and_then(request) == ImportRequest(home, request.off)


def test_wishes_during_an_import_become_one_after_it(qtbot, job, here, home, looked):
    paths = held_up(job, here, home)
    for path in paths:
        job.import_logs(ImportRequest(home, OFF, frozenset((path,))))
    ended = []
    job.finished.connect(lambda *counts: ended.append(counts))
    here.may_read.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    qtbot.wait(20)
    assert ended == [(3, 0), (0, 0)]
    assert looked == [(OFF, None), (OFF, frozenset(paths))]


def test_a_text_is_read_between_two_chunks_of_an_import(qtbot, job, here, home):
    held_up(job, here, home)
    order = []
    job.finished.connect(lambda *_: order.append("import"))
    job.read(lambda: threading.current_thread().name, order.append)
    here.may_read.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["reader", "import"]


def test_cancelling_keeps_what_is_read_and_the_next_import_goes_on(qtbot, job, here, store, home):
    held_up(job, here, home)
    job.cancel()
    with qtbot.waitSignal(job.finished):
        here.may_read.set()
    assert count(store) == 1
    with qtbot.waitSignal(job.finished):
        job.import_logs(ImportRequest(home, OFF))
    assert count(store) == 3


def test_cancelling_forgets_the_wishes_before_and_keeps_the_one_after(
    qtbot, job, here, home, looked
):
    paths = frozenset(held_up(job, here, home)[:1])
    job.import_logs(ImportRequest(home, OFF))
    job.cancel()
    job.import_logs(ImportRequest(home, OFF, paths))
    ended = []
    job.finished.connect(lambda *counts: ended.append(counts))
    here.may_read.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert looked == [(OFF, None), (OFF, paths)]


def test_cancelling_when_nothing_runs_stops_nothing_later(qtbot, job, store, home):
    logs(home, 2)
    job.cancel()
    with qtbot.waitSignal(job.finished):
        job.import_logs(ImportRequest(home, OFF))
    assert count(store) == 2


def test_stopping_in_the_middle_ends_after_the_current_chunk(qtbot, job, here, store, home):
    held_up(job, here, home)
    closing = threading.Timer(0.05, here.may_read.set)
    closing.start()
    job.stop()
    closing.join()
    assert "reader" not in {thread.name for thread in threading.enumerate()}
    assert here.closed
    assert count(store) == 1


def test_nobody_is_answered_after_it_stopped(qtbot, job):
    answers = []
    has_begun = threading.Event()
    job.read(lambda: has_begun.set(), answers.append)
    assert has_begun.wait(5)
    job.stop()
    qtbot.wait(10)
    assert answers == []


def test_one_that_was_never_started_can_be_stopped(store):
    job = ImportJob(store)
    job.stop()
    assert "reader" not in {thread.name for thread in threading.enumerate()}


def test_a_read_that_fails_is_told_and_the_next_is_served(qtbot, job):
    def fail():
        raise LedgerError("No.")

    with qtbot.waitSignal(job.failed) as failed:
        job.read(fail, print)
    assert failed.args[0].title == "No."
    with qtbot.waitSignal(job.crashed) as crashed:
        job.read(lambda: 1 / 0, print)
    assert isinstance(crashed.args[0], ZeroDivisionError)
    answers = []
    job.read(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])


def test_a_full_disk_is_told_and_what_was_stored_before_is_shown(
    qtbot, job, home, store, monkeypatch
):
    logs(home, 4)
    add, times = Workspace.add, []

    def add_until_full(workspace, readings):
        times.append(1)
        if len(times) > 1:
            raise StoreFullError("The disk is full.")
        return add(workspace, readings)

    monkeypatch.setattr(Workspace, "add", add_until_full)
    changes = []
    job.stored.connect(changes.append)
    with qtbot.waitSignal(job.failed), qtbot.assertNotEmitted(job.finished):
        job.import_logs(ImportRequest(home, OFF))
    qtbot.waitUntil(lambda: bool(changes))
    assert changes[-1] == EVERYTHING
    assert count(store) == 1


def test_without_a_ledger_an_import_says_so_and_closing_does_not_wait(qtbot, home):
    def refuse():
        raise StoreBusyError("The ledger is busy.")

    store = StoreThread(refuse)
    job = ImportJob(store)
    store.start()
    job.start()
    with qtbot.waitSignal(job.failed):
        job.import_logs(ImportRequest(home, OFF))
    job.stop()
    store.stop()
