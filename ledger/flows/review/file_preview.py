"""What is shown before a review or its rows leave: the finished file itself, or why there is none.

Nothing is written here; what `Preview.file` holds is, byte for byte, what is saved later.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from ledger.core import projects
from ledger.core.document import Document
from ledger.core.errors import LedgerError
from ledger.core.evidence import Survival
from ledger.core.report import Include, Period, Report
from ledger.export import row_formats
from ledger.flows.review import exporting, row_sheet
from ledger.flows.review.building import review
from ledger.flows.review.candidates import Candidate, candidates
from ledger.flows.review.exporting import ReadyFile
from ledger.flows.review.grouped import ReviewContext
from ledger.flows.review.leaks import HiddenWord, Leak, LeakError, words_to_hide
from ledger.flows.review.names import names
from ledger.flows.review.recipe import Recipe
from ledger.flows.review.selection import ReviewSelection, select_review
from ledger.flows.review.wording import document
from ledger.host import prices
from ledger.host.whoami import Identity
from ledger.metrics.arrays import Bools
from ledger.metrics.frame import Frame

ROW_PREFIX = "rows-"
ROW_FORMS = tuple(f"{ROW_PREFIX}{form}" for form in row_formats.FORMATS)
TEXT_FORMS = frozenset(("md", "html", "csv", "json", "rows-csv", "rows-json"))
PAGED_FORMS = frozenset(("md", "html", "pdf", "docx"))  # these hold the document itself


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """What the person asks for: which file, about which days, made how."""

    form: str
    period: Period
    recipe: Recipe
    edited_worth: int


class Alias(NamedTuple):
    """What a project is called in the file, and here; for one's own screen only."""

    shown: str
    real: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The file with what it was made of, or the sentence that says why there is none."""

    request: FileRequest
    page: Document | None = None
    file: ReadyFile | None = None
    problem: LedgerError | None = None
    leaks: tuple[Leak, ...] = ()
    aliases: tuple[Alias, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    inside: tuple[int, ...] = ()  # interactions that are in it, newest first
    outside: tuple[int, ...] = ()  # of the period, left out by the author


def allowed_in(form: str) -> tuple[Include, ...]:
    """Return what a person may let into a file of this form."""
    if form in ROW_FORMS:
        return tuple(kind for kind in Include if kind in row_sheet.ALLOWED)
    return tuple(kind for kind in Include if kind is not Include.TIMES)


def preview(
    frame: Frame, request: FileRequest, who: Identity, survivals: Iterable[Survival] = ()
) -> Preview:
    """Make the file, look through it, and say what became of both."""
    recipe, survivals = request.recipe, tuple(survivals)
    selection = select_review(frame, request.period, recipe)
    hidden_words = words_to_hide(frame, who, recipe.include, recipe.allowed)
    shown = names(frame, selection.mine, ()).projects
    real = projects.names(list(shown), frame.project_names)
    context = ReviewContext(frame, selection.mine, None, request.edited_worth)
    without_file = Preview(
        request=request,
        aliases=tuple(Alias(shown[key], real[key]) for key in shown if key),
        candidates=candidates(context, survivals),
        inside=_newest(frame, selection.mine.interactions),
        outside=_newest(frame, selection.whole.interactions & ~selection.mine.interactions),
    )
    page: Document | None = None
    try:
        if request.form in ROW_FORMS:
            return replace(without_file, file=_row_file(frame, selection, request, hidden_words))
        report = _report(frame, request, survivals)
        page = document(report)
        return replace(
            without_file, page=page, file=exporting.ready(report, request.form, hidden_words)
        )
    except LeakError as problem:
        return replace(without_file, page=page, problem=problem, leaks=problem.leaks)
    except LedgerError as problem:
        return replace(without_file, page=page, problem=problem)


def _report(frame: Frame, request: FileRequest, survivals: tuple[Survival, ...]) -> Report:
    with_money = Include.MONEY in request.recipe.include
    return review(
        frame,
        request.period,
        request.recipe,
        edited_worth=request.edited_worth,
        survivals=survivals,
        book=prices.book() if with_money else None,
    )


def _row_file(
    frame: Frame,
    selection: ReviewSelection,
    request: FileRequest,
    hidden_words: tuple[HiddenWord, ...],
) -> ReadyFile:
    include = request.recipe.include
    sheet = row_sheet.make_sheet(frame, selection.mine, include)
    if not len(sheet):
        raise LedgerError(
            "There is no interaction in this period.", "Choose another period, or import first."
        )
    form = request.form.removeprefix(ROW_PREFIX)
    return row_sheet.ready(sheet, form, request.period.name, include, hidden_words)


def _newest(frame: Frame, mask: Bools) -> tuple[int, ...]:
    ids: list[int] = frame.id[mask].tolist()
    times: list[int] = frame.time_s[mask].tolist()
    return tuple(i for _, i in sorted(zip(times, ids, strict=True), reverse=True))
