import threading

import pytest

from ledger.app.store_thread import Priority, StoreThread
from ledger.core.edits import set_tags
from ledger.core.errors import LedgerError, StoreBusyError
from ledger.core.vocabulary import Tag
from ledger.flows.workspace import Workspace
from ledger.store.store import Store
from tests.making import interaction_id, made_reading


@pytest.fixture
def thread(qtbot, tmp_path):
    """A store thread on an empty ledger that begins when its first request is there."""
    thread = StoreThread(lambda: Workspace(Store.open(tmp_path / "ledger.db"), lambda: 1))
    yield thread
    thread.stop()


@pytest.fixture
def shut(qtbot):
    """A store thread whose ledger cannot be opened."""

    def refuse():
        raise StoreBusyError("The ledger is busy.", "Try again.")

    thread = StoreThread(refuse)
    yield thread
    thread.stop()


def answered(qtbot, thread, work):
    """Have work done and return its result."""
    answers = []
    thread.submit(work, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_work_runs_on_another_thread_and_the_answer_comes_back_to_ours(qtbot, thread):
    thread.start()
    places = []
    thread.submit(lambda _workspace: places.append(threading.current_thread().name), places.append)
    qtbot.waitUntil(lambda: len(places) == 2)
    assert places == ["store", None]
    heard = []
    thread.submit(lambda _workspace: None, lambda _none: heard.append(threading.current_thread()))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [threading.current_thread()]


def test_people_are_served_before_imports_and_each_in_order(qtbot, thread):
    order = []
    for number in range(3):
        thread.call(lambda _workspace, n=number: order.append(f"import {n}"))
        thread.submit(lambda _workspace, n=number: order.append(f"person {n}"))
    thread.start()
    thread.stop()
    assert order == [f"{who} {n}" for who in ("person", "import") for n in range(3)]


def test_what_is_queued_when_it_stops_is_done_first(qtbot, thread, tmp_path):
    thread.start()
    thread.call(lambda workspace: workspace.add([made_reading(1)]))
    thread.submit(lambda workspace: workspace.load(), priority=Priority.IMPORT)
    thread.submit(
        lambda workspace: workspace.do(set_tags(((interaction_id(0), Tag.KEPT),))),
        priority=Priority.IMPORT,
    )
    thread.stop()
    with Store.open(tmp_path / "ledger.db", read_only=True) as store:
        assert store.rows([interaction_id(0)])[0].tag is Tag.KEPT
    thread.stop()  # twice is once


def test_nobody_is_answered_after_it_stopped(qtbot, thread):
    thread.start()
    answers = []
    thread.submit(lambda _workspace: 1, answers.append)
    thread.stop()
    qtbot.wait(10)
    assert answers == []


def test_one_that_was_never_started_can_be_stopped(qtbot, thread):
    thread.submit(lambda _workspace: None)
    thread.stop()
    assert "store" not in {running.name for running in threading.enumerate()}


def test_the_file_is_let_go_of_at_the_end(qtbot, thread):
    thread.start()
    workspace = answered(qtbot, thread, lambda workspace: workspace)
    thread.stop()
    with pytest.raises(Exception, match=r"(?i)closed|thread"):
        workspace.store.files()


def test_an_expected_error_is_told_and_the_next_request_is_served(qtbot, thread):
    def fail(_workspace):
        raise LedgerError("No.")

    thread.start()
    with qtbot.waitSignal(thread.failed) as failed:
        thread.submit(fail)
    assert failed.args[0].title == "No."
    assert answered(qtbot, thread, lambda _workspace: 7) == 7


def test_a_bug_is_reported_and_the_next_request_is_served(qtbot, thread):
    thread.start()
    with qtbot.waitSignal(thread.crashed) as crashed, qtbot.assertNotEmitted(thread.failed):
        thread.submit(lambda _workspace: 1 / 0)
    assert isinstance(crashed.args[0], ZeroDivisionError)
    assert answered(qtbot, thread, lambda _workspace: 7) == 7


def test_who_waits_for_a_result_gets_the_error_and_nobody_else(qtbot, thread):
    thread.start()
    with qtbot.assertNotEmitted(thread.crashed), qtbot.assertNotEmitted(thread.failed):
        future = thread.call(lambda _workspace: 1 / 0)
        assert isinstance(future.exception(5), ZeroDivisionError)
    assert thread.call(lambda _workspace: 3).result(5) == 3


def test_without_a_ledger_everybody_who_asks_hears_why(qtbot, shut):
    errors = []
    shut.failed.connect(errors.append)
    shut.start()
    before = shut.call(lambda workspace: workspace.load())
    assert isinstance(before.exception(5), StoreBusyError)
    qtbot.waitUntil(lambda: len(errors) == 1)
    shut.submit(lambda workspace: workspace.do(None))
    qtbot.waitUntil(lambda: len(errors) == 2)
    shut.submit(
        lambda workspace: workspace.catch_up(), priority=Priority.IMPORT
    )  # asked every two seconds
    assert isinstance(shut.call(lambda workspace: workspace).exception(5), StoreBusyError)
    qtbot.wait(10)
    assert len(errors) == 2


def test_a_bug_while_opening_leaves_nobody_waiting(qtbot):
    broken = StoreThread(lambda: 1 / 0)
    with qtbot.waitSignal(broken.crashed):
        broken.start()
    assert isinstance(broken.call(lambda workspace: workspace).exception(5), ZeroDivisionError)
    broken.stop()


def test_a_ledger_that_will_not_close_well_ends_the_thread_all_the_same(qtbot, thread, caplog):
    def break_closing(workspace):
        def close():
            raise StoreBusyError("The ledger is busy.")

        workspace.store._connection.close()
        workspace.store.close = close

    thread.start()
    thread.submit(break_closing)
    thread.stop()
    assert "closing the ledger: The ledger is busy." in caplog.text
