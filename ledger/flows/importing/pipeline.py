"""Log files in, readings out: newest first, cancellable, here or in reader processes."""

import os
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from typing import Protocol

from ledger.core.parts import Batch, Cursor, Reading
from ledger.flows.importing.discovery import Job
from ledger.importers.reading import read_file
from ledger.importers.registry import IMPORTERS
from ledger.importers.wire import Encoded, decode, encode

CHUNK_BYTES = 12 << 20  # one hand-over between processes; about 50 ms of parsing
CHUNK_FILES = 200
SMALL_BYTES = 4 << 20  # below this, starting processes costs more than it saves
COMMIT_EVERY_S = 0.6  # of reading goes into one commit


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is."""

    files: int
    all_files: int
    size_bytes: int
    all_bytes: int
    elapsed_s: float

    @property
    def share(self) -> float:
        """The part that is done, 0..1, by bytes."""
        return self.size_bytes / self.all_bytes if self.all_bytes else 1.0

    @property
    def left_s(self) -> float | None:
        """An estimate of what is left, in seconds; None while it would be a guess."""
        if self.elapsed_s < 0.3 or not 0 < self.share < 1:
            return None
        return self.elapsed_s * (1 - self.share) / self.share


class Pool(Protocol):
    """Where jobs are read: `flows.importing.readers.Readers`, or what a test puts in its place."""

    @property
    def ahead(self) -> int:
        """How many chunks to have under way."""
        ...

    def submit(self, jobs: Sequence[Job], /) -> "Future[Encoded]":
        """Have the jobs read in another process."""
        ...

    def restart(self) -> None:
        """Forget what died; the next job starts anew."""
        ...


def read_all(jobs: Sequence[Job]) -> list[Reading]:
    """Read each job's file, here and now."""
    return [_read_one(job) for job in jobs]


def read_and_pack(jobs: Sequence[Job]) -> Encoded:
    """Read each job's file; this is what a reader process runs."""
    return encode(read_all(jobs))


def _read_one(job: Job) -> Reading:
    """Read one file; a bug in an importer costs this file, and says where it is, not what."""
    try:
        return read_file(IMPORTERS[job.tool], job.path, job.cursor)
    except Exception as bug:  # noqa: BLE001 - the reader's last line of defence
        last = traceback.extract_tb(bug.__traceback__)[-1]
        place = f"{type(bug).__name__} at {os.path.basename(last.filename)}:{last.lineno}"
        return _unread(job, f"a bug in this program: {place}")


def _unread(job: Job, problem: str) -> Reading:
    return Reading(job.tool, job.cursor or Cursor(job.path), Batch(), problem)


def read(
    jobs: Sequence[Job],
    readers: Pool | None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[tuple[list[Reading], Progress]]:
    """Yield the jobs' readings chunk by chunk, in order; `readers` None parses in this process.

    A reader process that dies (a log that exhausts memory, say) costs one file: its chunk is read
    again file by file, and the file that kills it comes back as a problem.
    """
    started = clock()
    all_bytes = sum(job.size for job in jobs)
    files = size_bytes = 0
    for chunk, readings in _readings(list(_chunks(jobs)), readers, cancelled):
        files += len(chunk)
        size_bytes += sum(job.size for job in chunk)
        yield readings, Progress(files, len(jobs), size_bytes, all_bytes, clock() - started)


def gathered(
    steps: Iterable[tuple[list[Reading], Progress]], every_s: float = COMMIT_EVERY_S
) -> Iterator[tuple[list[Reading], Progress]]:
    """Put steps together so that each commit, which waits for the disk, is worth its wait.

    The first step goes through at once: the newest logs are on screen soonest.
    """
    together: list[Reading] = []
    yielded_s = -every_s
    for readings, progress in steps:
        together += readings
        if progress.elapsed_s - yielded_s >= every_s or progress.files == progress.all_files:
            yield together, progress
            together, yielded_s = [], progress.elapsed_s
    if together:  # cancelled in between: what was read is kept
        yield together, progress


def _readings(
    chunks: list[list[Job]], readers: Pool | None, cancelled: Callable[[], bool]
) -> Iterator[tuple[list[Job], list[Reading]]]:
    if readers is None:
        for chunk in chunks:
            if cancelled():
                return
            yield chunk, read_all(chunk)
        return
    waiting: deque[tuple[list[Job], Future[Encoded]]] = deque()
    unread = deque(chunks)
    while (unread or waiting) and not cancelled():
        while unread and len(waiting) < readers.ahead:
            chunk = unread.popleft()
            waiting.append((chunk, readers.submit(chunk)))
        chunk, future = waiting.popleft()
        try:
            yield chunk, decode(future.result())
        except BrokenExecutor:
            unread.extendleft(later for later, _ in reversed(waiting))
            waiting.clear()
            readers.restart()
            yield chunk, [_read_alone(job, readers) for job in chunk]
    for _, future in waiting:
        future.cancel()


def _read_alone(job: Job, readers: Pool) -> Reading:
    try:
        return decode(readers.submit([job]).result())[0]
    except BrokenExecutor:
        readers.restart()
        return _unread(job, "reading it ended the reader process")


def _chunks(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    size = 0
    for job in jobs:
        chunk.append(job)
        size += job.size
        if size >= CHUNK_BYTES or len(chunk) >= CHUNK_FILES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
