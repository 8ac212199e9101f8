"""From a review to a finished, looked-through file: what is previewed is what is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.report import Period, Report
from ledger.export import csv_weeks, finished, html_page, json_review, markdown, pdf
from ledger.flows.review.leaks import HiddenWord, LeakError, leaks, sample_reports
from ledger.flows.review.recipe import Recipe, written
from ledger.flows.review.wording import document
from ledger.host import documents, export_log, paths
from ledger.host.export_log import Exported
from ledger.host.private_files import write_private

FORMATS = ("md", "html", "pdf", "docx", "csv", "json")
REVIEW, ROWS = "review", "rows"


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A finished file that was looked through: these bytes and no others are written."""

    data: bytes
    what: str
    form: str
    period: str
    fields: tuple[str, ...]  # what it holds beyond what always leaves, in the program's own words


def rendered(report: Report, form: str) -> bytes:
    """Return the report in one of FORMATS; raises LedgerError where the format cannot hold it."""
    match form:
        case "csv":
            return csv_weeks.render(report)
        case "json":
            return json_review.render(report)
        case "md":
            return markdown.render(document(report))
        case "html":
            return html_page.render(document(report))
        case "docx":
            from ledger.export import docx  # noqa: PLC0415 - lxml is loaded when it is wanted

            return docx.render(document(report))
        case "pdf":
            return pdf.render(document(report), paths.resource("fonts"))
    raise ValueError(form)


def ready(report: Report, form: str, hidden: tuple[HiddenWord, ...]) -> ReadyFile:
    """Render a review and look through it; raises LeakError when something must not leave."""
    _refuse_without_losses(report)
    data = rendered(report, form)
    found_leaks = leaks(
        finished.texts(data), authored(report), hidden, own_words(report.period, form)
    )
    if found_leaks:
        raise LeakError(found_leaks)
    fields = csv_weeks.HEAD if form == "csv" else _fields(report)
    return ReadyFile(data, REVIEW, form, report.period.name, fields)


def save(file: ReadyFile, target: Path, now_ms: int, recipe: Recipe | None = None) -> None:
    """Write down that it leaves, then write it, whole or not at all; raises LedgerError.

    An existing file is only replaced by name: the caller asks first.
    """
    what = f"{file.what} ({file.form})"
    if recipe is not None:
        documents.keep_recipe(recipe.period, written(recipe))
    export_log.note(Exported(now_ms, what, file.period, file.fields))
    try:
        write_private(target, file.data)
    except OSError as problem:
        raise LedgerError(
            f"The file was not written: {problem.strerror or 'the place cannot be used'}.",
            "Choose another folder.",
        ) from problem


@lru_cache(maxsize=64)
def own_words(period: Period, form: str) -> str:
    """Return all that the program itself may write into a review of this period and format."""
    texts = [text.text for sample in sample_reports(period) for text in _texts_of(sample, form)]
    return "\n".join(dict.fromkeys(texts))


def _texts_of(sample: Report, form: str) -> Iterator[finished.Text]:
    for text in finished.texts(rendered(sample, form)):
        if not text.is_noise:
            yield text


def authored(report: Report) -> Iterator[tuple[str, str]]:
    """Yield everything in a review that the person wrote, with the place where it stands."""
    words = report.words
    for number, claim in enumerate(words.claims, 1):
        for text in (claim.situation, claim.did, claim.outcome, *claim.evidence):
            yield f"in claim {number}", text
    for text in words.learned:
        yield "in what you learned", text
    yield "in the dead end", words.dead_end
    for text in words.changed:
        yield "in what you changed", text


def _fields(report: Report) -> tuple[str, ...]:
    texts: dict[str, Any] = {
        "claims": report.words.claims,
        "learned": report.words.learned,
        "dead end": report.words.dead_end,
        "changed": report.words.changed,
    }
    mine = tuple(f"my words: {name}" for name, text in texts.items() if text)
    return (*map(str, report.parts), *map(str, report.included), *mine)


def _refuse_without_losses(report: Report) -> None:
    thrown_away = [fate for fate in report.outcome.fates if fate.tag == "thrown away"]
    if not thrown_away or thrown_away[0].share.value is None:
        raise LedgerError(
            "A review without the share that was thrown away is not exported.",
            "Tag some of the period first.",
        )
