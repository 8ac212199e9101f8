"""The review that is being made: what the person wants, what it would be, and saving just that.

Everything slow happens on other threads, one preview after another; only the latest is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from ledger.app.ledger_client import LedgerClient
from ledger.core.errors import LedgerError
from ledger.core.evidence import Survival
from ledger.core.report import Include, Period
from ledger.flows.review import draft, exporting, file_preview
from ledger.flows.review.exporting import ReadyFile
from ledger.flows.review.file_preview import FileRequest, Preview
from ledger.flows.review.recipe import Recipe, written
from ledger.flows.review.selection import period_of, select_review
from ledger.host import documents
from ledger.host.clock import now_ms
from ledger.host.documents import EvidenceBook
from ledger.host.paths import is_demo
from ledger.host.settings import DEFAULTS
from ledger.host.whoami import identity

if TYPE_CHECKING:
    from ledger.store.store import Store

PAUSE_MS = 300  # while somebody types, one preview after the word instead of one per letter
KEEP_MS = 1_000
USUAL_FORM = "md"


class Saved(NamedTuple):
    """A file that was written, or why it was not."""

    path: Path
    file: ReadyFile
    problem: LedgerError | None = None


class ReviewDraft(QObject):
    """One review at a time.

    Signals:
        begun(): another period: everything shown of the one before is out of date.
        changed(): the recipe or the form is another one; a preview will come.
        previewed(Preview): what the file would be now.
        saved(Saved): a file was written, or was not.
        failed(LedgerError): something else did not work.
    """

    begun = Signal()
    changed = Signal()
    previewed = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self, client: LedgerClient, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._today = client, today
        self.edited_worth = DEFAULTS.edited_worth
        self.period: Period | None = None
        self.recipe = Recipe(period="")
        self.form = USUAL_FORM
        self.preview: Preview | None = None  # None while it is out of date
        self._preview_number = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self._write)

    @property
    def is_demo(self) -> bool:
        """Whether this is made-up work, of which nothing is kept beside one's own."""
        return is_demo(self._client.path)

    def begin(self, text: str) -> None:
        """Go on with the review of a period; raises LedgerError and stays where it was."""
        period = period_of(text, self._today())
        recipe = Recipe(period=period.name)
        if not self.is_demo:
            own = documents.newest_draft(period.name)
            latest = None if own else documents.latest_recipe()
            recipe = draft.begun(period.name, own, latest)
        self.keep()
        self.period, self.recipe = period, recipe
        self.begun.emit()
        self._ask_soon(0)

    def change(self, **parts: Any) -> None:
        """Make parts of the recipe others."""
        self._set(replace(self.recipe, **parts), PAUSE_MS if "words" in parts else 0)

    def tick(self, include: Include, is_on: bool) -> None:
        """Let something into the next file, or no longer."""
        among = self.recipe.include
        self.change(include=among | {include} if is_on else among - {include})

    def leave_out(self, ids: Sequence[int], out: bool) -> None:
        """Leave interactions out, or take them in again; how many are out is always told."""
        known = self.recipe.left_out
        self.change(left_out=known | set(ids) if out else known - set(ids))

    def choose_form(self, form: str) -> None:
        """Make another sort of file."""
        if form == self.form:
            return
        self.form = form
        allowed = file_preview.allowed_in(form)
        ticked = self.recipe.include & set(allowed)
        self._set(replace(self.recipe, include=frozenset(ticked)), 0)

    def _set(self, recipe: Recipe, wait_ms: int) -> None:
        self.recipe = recipe
        self._keep.start()
        self._ask_soon(wait_ms)

    def _ask_soon(self, wait_ms: int) -> None:
        self.preview = None
        self._preview_number += 1  # an answer on its way is out of date
        self._pause.start(wait_ms)
        self.changed.emit()

    def refresh(self) -> None:
        """Make the preview anew from the ledger as it is now."""
        if self.period is None:
            return
        self.preview = None
        self._preview_number += 1
        recipe = draft.finished(self.recipe)
        request = FileRequest(
            form=self.form, period=self.period, recipe=recipe, edited_worth=self.edited_worth
        )
        number, frame = self._preview_number, self._client.frame
        mine = select_review(frame, self.period, recipe).mine
        ids = frame.id[mine.rows].tolist()

        def make(survivals: tuple[Survival, ...]) -> None:
            self._client.read(
                lambda: file_preview.preview(frame, request, identity(), survivals),
                partial(self._show, number=number),
            )

        self._client.ask(partial(_survivals, ids=ids), make)

    def _show(self, preview: Preview, number: int) -> None:
        if number != self._preview_number:
            return
        self.preview = preview
        self.previewed.emit(preview)

    def save(self, target: Path) -> None:
        """Write the file that is shown, and no other; `saved` tells."""
        preview = self.preview
        if preview is None or preview.file is None:
            return
        file, recipe = preview.file, preview.request.recipe
        to_keep = None if self.is_demo or file.what != exporting.REVIEW else recipe
        self._client.read(partial(_save, file, target, to_keep), self._on_saved)

    def _on_saved(self, done: Saved) -> None:
        if done.problem is None:
            self._keep.start()  # half-written claims are in the draft alone
            if self.recipe.include:  # it was let into this one file
                self.change(include=frozenset())
        self.saved.emit(done)

    def cite(self, interaction: int, answer: Callable[[str], None]) -> None:
        """Give an interaction its number, like E-014, which never means another one."""
        path = self._evidence_path()

        def number() -> str:
            book = EvidenceBook(path)
            cited_as = book.number(interaction)
            book.save()
            return cited_as

        self._client.read(number, answer)

    def meant(self, number: str, answer: Callable[[int | None], None]) -> None:
        """Look up which interaction a number means."""
        path = self._evidence_path()
        self._client.read(lambda: EvidenceBook(path).interaction(number), answer)

    def _evidence_path(self) -> Path | None:
        return self._client.path.parent / documents.EVIDENCE_FILE if self.is_demo else None

    def keep(self) -> None:
        """Write down what was written so far, if that has not happened yet."""
        if self._keep.isActive():
            self._keep.stop()
            self._write()

    def _write(self) -> None:
        if self.is_demo or self.period is None:
            return
        try:
            documents.keep_draft(self.period.name, written(self.recipe))
        except LedgerError as problem:
            self.failed.emit(problem)


def _survivals(store: "Store", ids: list[int]) -> tuple[Survival, ...]:
    return tuple(survival for group in store.evidence.survivals(ids).values() for survival in group)


def _save(file: ReadyFile, target: Path, recipe: Recipe | None) -> Saved:
    try:
        exporting.save(file, target, now_ms(), recipe)
    except LedgerError as problem:
        return Saved(target, file, problem)
    return Saved(target, file)
