import logging
import sys
import threading

import pytest

from ledger.app.crash import MOST_FRAMES, CrashHook, report_of
from ledger.host import logs
from ledger.host.paths import log_path

SECRET = "my secret prompt"


def bug() -> None:
    raise ValueError(SECRET)


def wrapped() -> None:
    try:
        bug()
    except ValueError as error:
        raise KeyError(SECRET) from error


@pytest.fixture
def hook(qapp):
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    hook = CrashHook()
    hook.install()
    yield hook
    hook.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def caught(work) -> Exception:
    with pytest.raises((ValueError, KeyError)) as caught_error:
        work()
    return caught_error.value


def test_a_report_says_where_and_never_what():
    report = report_of(caught(bug))
    assert "ValueError" in report
    assert "test_crash.py" in report
    assert " bug" in report
    assert SECRET not in report


def test_the_cause_is_reported_too():
    report = report_of(caught(wrapped))
    assert report.index("KeyError") < report.index("ValueError")
    assert SECRET not in report


def test_no_path_of_the_machine_names_the_person(tmp_path):
    report = report_of(caught(bug))
    assert str(tmp_path) not in report
    assert "/" not in report.split("test_crash.py")[0].splitlines()[-1].strip()


def test_an_exception_nobody_caught_is_reported(qtbot, hook):
    error = caught(bug)
    with qtbot.waitSignal(hook.crashed) as blocker:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "ValueError" in blocker.args[0]


def test_a_thread_that_broke_is_reported_on_the_main_thread(qtbot, hook):
    threads = []
    hook.crashed.connect(lambda _report: threads.append(threading.current_thread()))
    thread = threading.Thread(target=bug)
    with qtbot.waitSignal(hook.crashed):
        thread.start()
    thread.join()
    assert threads == [threading.main_thread()]


def test_what_a_thread_handed_over_is_reported(qtbot, hook):
    with qtbot.waitSignal(hook.crashed):
        hook.report(caught(bug))


def test_a_report_of_a_very_deep_bug_stays_short():
    def deeper(levels: int) -> None:
        if levels:
            deeper(levels - 1)
        bug()

    assert report_of(caught(lambda: deeper(300))).count("deeper") < MOST_FRAMES


def test_an_endless_chain_of_causes_ends():
    error = ValueError()
    error.__cause__ = error
    assert report_of(error).count("ValueError") == 1


def test_the_log_holds_no_text(qtbot, hook, caplog):
    with qtbot.waitSignal(hook.crashed):
        hook.report(caught(bug))
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


def test_the_log_tells_the_place_however_deep_it_is(hook):
    def deeper(levels: int) -> None:
        if levels:
            deeper(levels - 1)
        bug()

    logs.start()
    try:
        hook.report(caught(lambda: deeper(12)))
        text = log_path().read_text("utf-8")
    finally:
        logs.stop()
        logging.getLogger("ledger").setLevel(logging.NOTSET)
    assert f"test_crash.py:{bug.__code__.co_firstlineno + 1} < " in text
    assert SECRET not in text
