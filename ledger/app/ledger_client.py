"""The open ledger: do, undo, redo, ask, import; and one signal that says what changed.

What reads logs and computes figures is loaded when first needed: the window is painted before.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ledger.app.log_watcher import LogWatcher
from ledger.app.store_thread import Priority, StoreThread
from ledger.core.edits import Changes, Edit, title_of
from ledger.core.errors import LedgerError
from ledger.host.clock import now_ms
from ledger.importers.base import Home

if TYPE_CHECKING:
    from ledger.app.evidence_job import EvidenceJob
    from ledger.app.import_job import ImportJob
    from ledger.flows.workspace import Update, Workspace
    from ledger.metrics.frame import Frame
    from ledger.store.store import Store

T = TypeVar("T")
UNDONE, REDONE = "Undone", "Redone"
LOOK_MS = 4_000  # after an import, so that what is still being written is looked at once
LOOK_AGAIN_MS = 3_600_000  # a horizon comes without any import
OTHERS_MS = 2_000  # how often to look whether another program wrote to the ledger


def _opened(path: Path) -> "Workspace":
    """Open the ledger, on the thread that will hold it."""
    from ledger.flows.workspace import Workspace  # noqa: PLC0415 - after the first paint
    from ledger.store.store import Store  # noqa: PLC0415 - after the first paint

    return Workspace(Store.open(path), now_ms)


class LedgerClient(QObject):
    """One open ledger.

    Signals:
        changed(Changes): facts; every view decides for itself whether they concern it.
        frame_changed(): `frame` is another one now.
        undo_changed(str, str): what undo and redo would do; "" where there is nothing.
        saved(str): the title of an edit that is on disk, or UNDONE or REDONE; emitted only after
            COMMIT.
        failed(LedgerError): something expected went wrong; nothing was saved by it.
        crashed(Exception): a bug: to be reported.
        progress(Progress | None): how far the import is; None when none runs.
        imported(int, int): an import ended: files read, problems met.
        looked(int, int): interactions looked at for evidence, and left; 0, 0 when that has ended.
        closed(): nothing more will be told.
    """

    changed = Signal(object)
    frame_changed = Signal()
    undo_changed = Signal(str, str)
    saved = Signal(str)
    failed = Signal(object)
    crashed = Signal(object)
    progress = Signal(object)
    imported = Signal(int, int)
    looked = Signal(int, int)
    closed = Signal()

    def __init__(
        self,
        path: Path,
        home: Home,
        off: frozenset[str] = frozenset(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.path, self.home, self.off = path, home, off
        self._frame: Frame | None = None
        self.ready = False
        self._store = StoreThread(lambda: _opened(path), self)
        self._watcher = LogWatcher(self)
        self._watching = False
        self._external_changes = QTimer(self, interval=OTHERS_MS)
        self._debounce = QTimer(self, singleShot=True)
        self._hourly = QTimer(self, interval=LOOK_AGAIN_MS)
        self._evidence_choice = ("", True)
        self._connect()

    def _connect(self) -> None:
        self._store.failed.connect(self.failed)
        self._store.crashed.connect(self.crashed)
        self._watcher.noticed.connect(self._on_noticed)
        self._external_changes.timeout.connect(self._catch_up)
        self._debounce.timeout.connect(self.look_for_evidence)
        self._hourly.timeout.connect(self.look_for_evidence)

    @cached_property
    def _job(self) -> "ImportJob":
        from ledger.app.import_job import ImportJob  # noqa: PLC0415 - after the first paint

        job = ImportJob(self._store, self)
        job.failed.connect(self.failed)
        job.crashed.connect(self.crashed)
        job.progressed.connect(self.progress)
        job.progressed.connect(self._on_import)
        job.finished.connect(self.imported)
        job.stored.connect(self._show)
        return job

    @cached_property
    def _evidence(self) -> "EvidenceJob":
        from ledger.app.evidence_job import EvidenceJob  # noqa: PLC0415 - after the first paint

        job = EvidenceJob(self._store, self)
        job.failed.connect(self.failed)
        job.crashed.connect(self.crashed)
        job.progressed.connect(self.looked)
        job.stored.connect(self._show)
        job.choose(*self._evidence_choice)
        job.start()
        return job

    @property
    def frame(self) -> "Frame":
        """The figures; empty until the ledger is loaded."""
        if self._frame is None:
            from ledger.metrics.frame import Frame  # noqa: PLC0415 - after the first paint

            self._frame = Frame.empty()
        return self._frame

    def start(self) -> None:
        """Open the ledger and load its figures; `frame_changed` says when they are there."""
        self._store.start()
        self._job.start()
        self._store.submit(lambda workspace: workspace.load(), self._on_loaded)
        self._hourly.start()

    def close(self) -> None:
        """Stop reading, finish what is queued, close the file."""
        self.ready = False  # what an ended import still has to say begins no new look
        for timer in (self._external_changes, self._debounce, self._hourly):
            timer.stop()
        self.unwatch()
        if self._has_evidence_job:
            self._evidence.stop()
        self._job.stop()
        self._store.stop()
        self.closed.emit()

    def do(self, edit: Edit) -> None:
        """Apply an edit; `saved` says when it is on disk."""
        self._yield_to_user()
        title = title_of(edit)
        self._store.submit(
            lambda workspace: workspace.do(edit), lambda update: self._on_saved(update, title)
        )

    def undo(self) -> None:
        """Take the newest edit back."""
        self._yield_to_user()
        self._store.submit(
            lambda workspace: workspace.undo(), lambda update: self._on_saved(update, UNDONE)
        )

    def redo(self) -> None:
        """Apply the edit again that was undone last."""
        self._yield_to_user()
        self._store.submit(
            lambda workspace: workspace.redo(), lambda update: self._on_saved(update, REDONE)
        )

    def act(self, work: "Callable[[Workspace], Update | None]", title: str = "") -> None:
        """Have something done on the workspace; `saved` tells the title when it is on disk."""

        def tell(update: "Update | None") -> None:
            if update is not None:
                self._on_saved(update, title) if title else self._on_update(update)

        self._yield_to_user()
        self._store.submit(work, tell)

    def ask(self, question: "Callable[[Store], T]", answer: Callable[[T], None]) -> None:
        """Ask the store something; the answer comes on the main thread."""
        self._store.submit(lambda workspace: question(workspace.store), answer)

    def read(self, work: Callable[[], T], answer: Callable[[T], None]) -> None:
        """Have something read from logs; the answer comes on the main thread."""
        self._yield_to_user()
        self._job.read(work, answer)

    def import_now(self) -> None:
        """Look at every place and import what is new."""
        self._job.look(self.home, self.off)

    def cancel_import(self) -> None:
        """Stop the running import; what is stored stays, the next one goes on there."""
        self._job.cancel()

    def choose_evidence(self, kind_rules: str, look_into_git: bool) -> None:
        """Look by the person's own rules for kinds of work, and into git or not."""
        self._evidence_choice = (kind_rules, look_into_git)
        if self._has_evidence_job:
            self._evidence.choose(*self._evidence_choice)

    def look_for_evidence(self) -> None:
        """Look for what became of outputs, when nothing else is to be done."""
        if self.ready:
            self._evidence.look()

    @property
    def evidence_waits(self) -> bool:
        """Whether the search for evidence leaves the machine to something else now."""
        return self._has_evidence_job and self._evidence.is_held_back

    @property
    def _has_evidence_job(self) -> bool:
        return "_evidence" in vars(self)

    def _on_import(self, progress: object) -> None:
        """Let evidence wait while an import runs, and look soon after it."""
        if self._has_evidence_job:
            self._evidence.hold(progress is not None)
        if progress is None and self.ready:
            self._debounce.start(LOOK_MS)

    def _yield_to_user(self) -> None:
        if self._has_evidence_job:
            self._evidence.yield_to_user()

    def watch(self) -> None:
        """Import new log lines as they are written, and notice other programs' edits."""
        self._watching = True
        self._external_changes.start()
        self._job.find_folders(self.home, self.off, self._watch_folders)

    def unwatch(self) -> None:
        """Leave new log lines until somebody asks for them."""
        self._watching = False
        self._watcher.stop()

    def _watch_folders(self, folders: list[str]) -> None:
        if self._watching:  # the person may have thought better of it
            self._watcher.watch(folders)

    def _on_noticed(self, paths: frozenset[str] | None) -> None:
        self._job.look(self.home, self.off, paths)
        if paths is None:
            self.watch()  # a tool may have been installed since

    def _show(self, changes: Changes) -> None:
        if changes:
            self._store.submit(
                lambda workspace: workspace.show(changes), self._on_update, Priority.IMPORT
            )

    def _catch_up(self) -> None:
        def tell(update: "Update | None") -> None:
            if update is not None:
                self._on_update(update)

        self._store.submit(lambda workspace: workspace.catch_up(), tell, Priority.IMPORT)

    def _on_loaded(self, update: "Update") -> None:
        self.ready = True
        self._debounce.start(LOOK_MS)
        self._on_update(update)

    def _on_saved(self, update: "Update", title: str) -> None:
        self._on_update(update)
        if update.changes:
            self.saved.emit(title)

    def _on_update(self, update: "Update") -> None:
        self._frame = update.frame
        self.frame_changed.emit()
        self.undo_changed.emit(update.undo_title, update.redo_title)
        if update.changes:
            self.changed.emit(update.changes)


def attempt(
    client: LedgerClient,
    work: Callable[[], T],
    answer: Callable[[T], None],
    refused: Callable[[LedgerError], None],
) -> None:
    """Have something slow done on the reader thread; an expected error is an answer too.

    `answer` or `refused` is called on the main thread.
    """

    def tried() -> T | LedgerError:
        try:
            return work()
        except LedgerError as problem:
            return problem

    def tell(result: T | LedgerError) -> None:
        if isinstance(result, LedgerError):
            refused(result)
        else:
            answer(result)

    client.read(tried, tell)
