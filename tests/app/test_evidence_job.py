import threading

import pytest

from ledger.app import evidence_job
from ledger.app.evidence_job import EvidenceJob
from ledger.app.store_thread import StoreThread
from ledger.core.edits import Aspect, Changes
from ledger.core.errors import StoreFullError
from ledger.flows.evidence.run import EvidenceOptions, EvidenceProgress
from ledger.flows.workspace import Workspace
from ledger.store.store import Store
from tests.flows.claude_work import rows_of, work_log


@pytest.fixture
def store(qtbot, tmp_path):
    thread = StoreThread(lambda: Workspace(Store.open(tmp_path / "data" / "ledger.db"), lambda: 1))
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def job(store):
    job = EvidenceJob(store)
    job.start()
    yield job
    job.stop()


class Looking:
    """Stands in for the flow: hands out steps as the test allows."""

    def __init__(self, monkeypatch):
        self.choices, self.begun, self.may_go = [], threading.Event(), threading.Semaphore(0)
        self.problem = None
        monkeypatch.setattr(evidence_job, "run_evidence", self)

    def __call__(self, ask, choice, now_ms, rest):
        self.choices.append(choice)
        self.begun.set()
        if self.problem:
            raise self.problem
        for number in range(1, 4):
            while not self.may_go.acquire(timeout=0.01):
                rest()
            yield EvidenceProgress(
                number, 3 - number, Changes(Aspect.EVIDENCE, ids=frozenset({number}))
            )


@pytest.fixture
def looking(monkeypatch):
    return Looking(monkeypatch)


def test_a_look_stores_what_it_finds_and_says_so(qtbot, tmp_path, store, job):
    work_log(tmp_path)
    first = store.call(lambda workspace: rows_of(workspace, tmp_path)[0].id).result(5)
    with qtbot.waitSignal(job.stored) as stored:
        job.look()
    assert first in stored.args[0].ids
    assert store.call(lambda workspace: workspace.store.evidence.observations([first])).result(5)


def test_progress_is_told_and_its_end(qtbot, job, looking):
    progress = []
    job.progressed.connect(lambda done, left: progress.append((done, left)))
    looking.may_go.release(3)
    with qtbot.waitSignal(job.stored) as stored:
        job.look()
    assert stored.args[0].ids == {1, 2, 3}
    qtbot.waitUntil(lambda: progress[-1:] == [(0, 0)])
    assert progress == [(1, 2), (2, 1), (3, 0), (0, 0)]


def test_it_waits_while_an_import_runs(qtbot, job, looking):
    job.hold(True)
    job.look()
    assert looking.begun.wait(5)
    looking.may_go.release(3)
    with qtbot.assertNotEmitted(job.stored, wait=150):
        pass
    with qtbot.waitSignal(job.stored):
        job.hold(False)


def test_a_look_that_was_cancelled_keeps_what_it_found_and_the_next_goes_on(qtbot, job, looking):
    looking.may_go.release(1)
    with qtbot.waitSignal(job.progressed):
        job.look()
    with qtbot.waitSignal(job.stored) as stored:
        job.choose("", False)  # which cancels the running one
    assert stored.args[0].ids == {1}
    with qtbot.waitSignal(job.stored):
        looking.may_go.release(3)
    assert len(looking.choices) == 2


def test_another_choice_begins_anew_and_the_same_does_not(qtbot, job, looking):
    job.choose("", True)
    job.look()
    assert looking.begun.wait(5)
    looking.may_go.release(6)
    with qtbot.waitSignal(job.stored, check_params_cb=lambda changes: 3 in changes.ids):
        job.choose("*.tf: data", False)
    assert [choice.with_git for choice in looking.choices][-1:] == [False]
    assert looking.choices[0] == EvidenceOptions()
    assert [rule.pattern for rule in looking.choices[-1].own] == ["*.tf"]


def test_a_full_disk_is_told_and_a_bug_is_reported(qtbot, job, looking):
    looking.problem = StoreFullError("The disk is full.", "Make room.")
    with qtbot.waitSignal(job.failed) as failed:
        job.look()
    assert failed.args == [looking.problem]
    looking.problem = ZeroDivisionError()
    with qtbot.waitSignal(job.crashed) as crashed:
        job.look()
    assert crashed.args == [looking.problem]


def test_it_ends_in_the_middle_of_a_look(job, looking):
    job.hold(True)
    job.look()
    assert looking.begun.wait(5)
    job.stop()
    assert "evidence" not in {thread.name for thread in threading.enumerate()}


def test_it_yields_to_the_user_for_a_while(job, monkeypatch):
    monkeypatch.setattr(evidence_job, "YIELD_S", 60)
    assert not job.is_held_back
    job.yield_to_user()
    assert job.is_held_back
