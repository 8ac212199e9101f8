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
from ledger.flows.review.exporting import Ready
from ledger.flows.review.grouped import ReviewContext
from ledger.flows.review.leaks import Hidden, Leak, LeakError, words_to_hide
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
class Wanted:
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

    wanted: Wanted
    page: Document | None = None
    file: Ready | None = None
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
    frame: Frame, wanted: Wanted, who: Identity, survivals: Iterable[Survival] = ()
) -> Preview:
    """Make the file, look through it, and say what became of both."""
    recipe, survivals = wanted.recipe, tuple(survivals)
    picked = select_review(frame, wanted.period, recipe)
    hidden_words = words_to_hide(frame, who, recipe.include, recipe.allowed)
    shown = names(frame, picked.mine, ()).projects
    real = projects.names(list(shown))
    asked = ReviewContext(frame, picked.mine, None, wanted.edited_worth)
    around = Preview(
        wanted=wanted,
        aliases=tuple(Alias(shown[key], real[key]) for key in shown if key),
        candidates=candidates(asked, survivals),
        inside=_newest(frame, picked.mine.interactions),
        outside=_newest(frame, picked.whole.interactions & ~picked.mine.interactions),
    )
    page: Document | None = None
    try:
        if wanted.form in ROW_FORMS:
            return replace(around, file=_row_file(frame, picked, wanted, hidden_words))
        report = _report(frame, wanted, survivals)
        page = document(report)
        return replace(around, page=page, file=exporting.ready(report, wanted.form, hidden_words))
    except LeakError as problem:
        return replace(around, page=page, problem=problem, leaks=problem.leaks)
    except LedgerError as problem:
        return replace(around, page=page, problem=problem)


def _report(frame: Frame, wanted: Wanted, survivals: tuple[Survival, ...]) -> Report:
    with_money = Include.MONEY in wanted.recipe.include
    return review(
        frame,
        wanted.period,
        wanted.recipe,
        edited_worth=wanted.edited_worth,
        survivals=survivals,
        book=prices.book() if with_money else None,
    )


def _row_file(
    frame: Frame, picked: ReviewSelection, wanted: Wanted, hidden_words: tuple[Hidden, ...]
) -> Ready:
    include = wanted.recipe.include
    made = row_sheet.make_sheet(frame, picked.mine, include)
    if not len(made):
        raise LedgerError(
            "There is no interaction in this period.", "Choose another period, or import first."
        )
    form = wanted.form.removeprefix(ROW_PREFIX)
    return row_sheet.ready(made, form, wanted.period.name, include, hidden_words)


def _newest(frame: Frame, those: Bools) -> tuple[int, ...]:
    ids: list[int] = frame.id[those].tolist()
    times: list[int] = frame.time_s[those].tolist()
    return tuple(i for _, i in sorted(zip(times, ids, strict=True), reverse=True))
