"""The processes that parse logs."""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection

from ledger.flows.importing.discovery import Job
from ledger.flows.importing.pipeline import read_and_pack
from ledger.importers.wire import Encoded

# Chunks read beyond one for each process: what the processes do while the store commits, which
# takes as long as reading several. Parts are small beside their log, so memory stays bounded.
AHEAD = 6
PATIENCE_S = 10  # the largest log takes less than a second
GC_THRESHOLD = (
    50_000  # objects made before rubbish is looked for: parts are many and never in a circle
)


class Readers:
    """The processes that parse logs; started when first needed and kept for the next lines."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or min(4, os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, jobs: Sequence[Job]) -> "Future[Encoded]":
        """Have the jobs read in another process."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=context, initializer=_prepare_process
            )
        with _sigint_blocked():
            return self._pool.submit(read_and_pack, list(jobs))

    @property
    def ahead(self) -> int:
        """How many chunks to have under way."""
        return self._workers + AHEAD

    def restart(self) -> None:
        """Forget a pool whose process died; the next job starts a new one."""
        self._pool = None

    def close(self) -> None:
        """End the processes after what they are reading; one that does not end is killed."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        patience = threading.Timer(PATIENCE_S, _kill_readers)
        patience.start()
        try:
            pool.shutdown(wait=True, cancel_futures=True)
        finally:
            patience.cancel()
            patience.join()


def _kill_readers() -> None:
    """End every reader at once; a log half read is read again from its cursor."""
    for process in multiprocessing.active_children():
        process.kill()


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    """Let processes that begin here not hear Ctrl+C: the program ends them when it has had enough.

    A terminal sends it to all of them, and each would print a traceback; it is inherited blocked.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_process() -> None:
    """Prepare a reader process."""
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    _end_with_parent()


def _end_with_parent() -> None:
    """Make this reader process end when the program does, however it ends: `kill -9` too."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    waiting = threading.Thread(  # noqa: TID251 - in a reader process, not in the program
        target=_wait_and_end, args=(parent.sentinel,), daemon=True
    )
    waiting.start()


def _wait_and_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(0)
