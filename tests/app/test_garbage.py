"""Tests of collecting garbage on the window's thread alone."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QThread

from ledger.app.garbage import GarbageCollector


class Knot(QObject):
    """A Qt object that only the search for cycles can find once it is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(qapp):
    collector = GarbageCollector()
    yield collector
    collector.stop()
    gc.disable()  # as in every test with a window


def dropped_knot(ended_on: list[QThread]) -> weakref.ref:
    knot = Knot()
    weakref.finalize(knot, lambda: ended_on.append(QThread.currentThread()))
    return weakref.ref(knot)


def allocated_on_a_thread() -> list[list[int]]:
    """Allocate so much on another thread that Python would look for cycles of every age there."""
    allocated: list[list[int]] = []
    worker = threading.Thread(target=lambda: allocated.extend([i] for i in range(200_000)))
    worker.start()
    worker.join()
    return allocated


def test_a_qt_object_ends_on_the_threads_own_loop_and_never_on_a_worker(qtbot, collector):
    ended_on: list[QThread] = []
    knot = dropped_knot(ended_on)
    allocated = allocated_on_a_thread()
    assert allocated
    assert knot() is not None
    qtbot.waitUntil(lambda: knot() is None)
    assert ended_on == [QThread.currentThread()]


def test_without_it_a_worker_would_end_it(qapp):
    ended_on: list[QThread] = []
    knot = dropped_knot(ended_on)
    gc.enable()
    allocated = allocated_on_a_thread()
    gc.disable()
    assert allocated
    assert knot() is None


def test_nothing_is_collected_before_it_is_due(collector):
    gc.collect()
    knot = dropped_knot([])
    assert collector.collect() == 0
    assert knot() is not None


def test_stopped_it_leaves_collecting_to_python(collector):
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
