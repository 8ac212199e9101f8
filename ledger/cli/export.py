"""`export`: the self-review, the rows, what could be claimed, and what was exported so far."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from ledger.cli.console import (
    iso,
    local,
    opened,
    refuse_ledger,
    say,
    say_json,
    table,
    today,
    with_json,
)
from ledger.cli.filter_options import chosen_filter, with_filter
from ledger.core.errors import LedgerError
from ledger.core.ids import shown
from ledger.core.report import Include, Part, Period
from ledger.export import row_formats
from ledger.flows.review import exporting, row_sheet
from ledger.flows.review.building import REVIEW_INCLUDES, review
from ledger.flows.review.candidates import candidates, cited
from ledger.flows.review.exporting import ReadyFile
from ledger.flows.review.grouped import ReviewContext
from ledger.flows.review.leaks import words_to_hide
from ledger.flows.review.recipe import Recipe, read
from ledger.flows.review.selection import period_of, select_review
from ledger.flows.workspace import Workspace
from ledger.host import documents, export_log, prices, settings_file
from ledger.host.clock import now_ms
from ledger.host.documents import EvidenceBook
from ledger.host.whoami import identity
from ledger.metrics.frame import Frame

FILE = click.Path(path_type=Path)
LARGEST_CLAIMS = 1 << 20
PERIOD = click.option(
    "--period", required=True, help="Like 2026-Q3, 2026-07, 2026-07-01..2026-08-15."
)
OUT = click.option("--out", required=True, type=FILE, help="The file to write.")
REPLACE = click.option("--replace", is_flag=True, help="Replace the file if it exists.")

Command = TypeVar("Command", bound=Callable[..., Any])

ALLOW = click.option(
    "--allow", multiple=True, help="Let this word pass although it names something."
)


def _including(among: list[Include]) -> Callable[[Command], Command]:
    explained = "; ".join(f"{kind}: {kind.words}" for kind in among)
    return click.option(
        "--include",
        multiple=True,
        type=click.Choice([kind.value for kind in among]),
        help=f"Let more in. {explained}.",
    )


@click.group("export")
def export_command() -> None:
    """Write what may leave: a self-review for people, rows for programs. Each takes --json.

    No prompt, code, path or name leaves unless you ask for it, each time. docs/review.md says more.
    """


@export_command.command("review")
@PERIOD
@click.option("--format", "form", type=click.Choice(exporting.FORMATS), default="md")
@OUT
@click.option("--claims", type=FILE, help="Your own words, as JSON (docs/review.md).")
@_including([kind for kind in Include if kind in REVIEW_INCLUDES])
@ALLOW
@click.option("--without", multiple=True, help="Leave out work with this label; it is told.")
@click.option(
    "--skip",
    multiple=True,
    type=click.Choice([part.value for part in Part]),
    help="Leave a part out.",
)
@REPLACE
@with_json
def review_command(
    period: str, form: str, out: Path, claims: Path | None, replace: bool, as_json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Write the review of a period; losses are always in it.

    What you wrote is kept for the next time you export this period.
    """
    _refuse_taken(out, replace)
    days = period_of(period, today())
    recipe = _recipe(days, claims, **options)
    book = EvidenceBook()
    with opened() as workspace:
        recipe = cited(recipe, book, workspace.store.ids_starting)
        frame = workspace.load().frame
        report = review(
            frame,
            days,
            recipe,
            edited_worth=settings_file.load().settings.edited_worth,
            survivals=_survivals(workspace, frame, days, recipe),
            book=prices.book() if Include.MONEY in recipe.include else None,
        )
    file = exporting.ready(
        report, form, words_to_hide(frame, identity(), recipe.include, recipe.allowed)
    )
    book.save()
    exporting.save(file, out, now_ms(), recipe)
    _tell(file, out, as_json)


def _recipe(
    days: Period,
    claims: Path | None,
    *,
    include: tuple[str, ...],
    allow: tuple[str, ...],
    without: tuple[str, ...],
    skip: tuple[str, ...],
) -> Recipe:
    """Return what to make: words from the file or kept; what to let in is asked for each time."""
    saved = _claims(claims) if claims else documents.recipe(days.name)
    recipe = read(saved, days.name) if saved else Recipe(period=days.name)
    return replace(
        recipe,
        include=frozenset(map(Include, include)),
        allowed=recipe.allowed | frozenset(allow),
        without=recipe.without | frozenset(without),
        parts=recipe.parts - frozenset(map(Part, skip)),
    )


def _claims(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_CLAIMS:
            raise LedgerError("The file of claims is too large to be one.", "Name another.")
        return path.read_bytes()
    except OSError as problem:
        raise LedgerError(
            f"The file of claims cannot be read: {problem.strerror}.", "Name another."
        ) from problem


def _survivals(workspace: Workspace, frame: Frame, days: Period, recipe: Recipe) -> list[Any]:
    mine = select_review(frame, days, recipe).mine
    by_interaction = workspace.store.evidence.survivals(frame.id[mine.rows].tolist())
    return [survival for survivals in by_interaction.values() for survival in survivals]


def _refuse_taken(out: Path, replaces: bool) -> None:
    refuse_ledger(out)
    if out.exists() and not (replaces and out.is_file()):
        raise LedgerError(f"{out.name} exists already.", "Name another file, or add --replace.")


def _tell(file: ReadyFile, out: Path, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "written": str(out),
                "bytes": len(file.data),
                "format": file.form,
                "period": file.period,
                "fields": list(file.fields),
            }
        )
        return
    say(f"Written: {out} ({len(file.data):,} bytes).")
    say(f"It holds, besides the figures: {', '.join(file.fields) or 'nothing'}.")


@export_command.command("rows")
@click.option("--format", "form", type=click.Choice(row_formats.FORMATS), default="csv")
@OUT
@_including([kind for kind in Include if kind in row_sheet.ALLOWED])
@ALLOW
@REPLACE
@with_filter
@with_json
def rows_command(
    form: str, out: Path, include: tuple[str, ...], allow: tuple[str, ...], replace: bool,
    as_json: bool, **filter_options: Any,
) -> None:  # fmt: skip
    """Write one row per interaction: figures, tag and kind of work, and no text of it."""
    _refuse_taken(out, replace)
    with opened() as workspace:
        frame = workspace.load().frame
    selection = frame.select(chosen_filter(frame, **filter_options))
    included = frozenset(map(Include, include))
    sheet = row_sheet.make_sheet(frame, selection, included)
    if not len(sheet):
        raise LedgerError("There is no such interaction.", "Widen what is chosen.")
    file = row_sheet.ready(
        sheet, form, "", included, words_to_hide(frame, identity(), included, allow)
    )
    exporting.save(file, out, now_ms())
    _tell(file, out, as_json)


@export_command.command("candidates")
@PERIOD
@with_json
def candidates_command(period: str, as_json: bool) -> None:
    """List what you kept, what survived first: ids to cite in claims that you write."""
    days = period_of(period, today())
    recipe = Recipe(period=days.name)
    with opened() as workspace:
        frame = workspace.load().frame
        survivals = _survivals(workspace, frame, days, recipe)
    worth = settings_file.load().settings.edited_worth
    ranked = candidates(
        ReviewContext(frame, select_review(frame, days, recipe).mine, None, worth), survivals
    )
    if as_json:
        for row in ranked:
            say_json(row._asdict() | {"interaction": shown(row.interaction), "week": str(row.week)})
        return
    cells = [
        (shown(row.interaction), str(row.week), row.tool, f"{row.tokens:.1%}", row.why)
        for row in ranked
    ]
    table(("ID", "WEEK OF", "TOOL", "TOKENS", "WHY"), cells)


@export_command.command("log")
@with_json
def log_command(as_json: bool) -> None:
    """Show what was exported, when, and which fields; this list itself never leaves."""
    for export in export_log.exports():
        fields = export.fields
        if as_json:
            say_json({**export._asdict(), "time": iso(export.time_ms), "fields": list(fields)})
        else:
            line = f"{local(export.time_ms)}  {export.what}  {export.period}  {', '.join(fields)}"
            say(line.rstrip())
