"""The options that narrow a command to a part of the ledger, read by the parser of filter text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import click

from ledger.cli.console import opened_store, today
from ledger.core.days import start_of
from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.vocabulary import Tag, Tool
from ledger.flows.filters.parser import both_of, parse, read_terms
from ledger.flows.filters.periods import Cycle
from ledger.flows.filters.resolver import Names, UnknownValueError
from ledger.flows.filters.tokens import Piece, Term
from ledger.flows.transcript import search
from ledger.host import settings_file
from ledger.metrics.frame import Frame

Command = TypeVar("Command", bound=Callable[..., Any])
TAG_KEYS = {tag.key: tag for tag in Tag}
TOOL_KEYS = [str(tool) for tool in Tool]

OPTIONS = (
    click.option("--since", help="First day, like 2026-07-01, or a number of days like 28d."),
    click.option("--until", help="Last day, like 2026-07-31."),
    click.option("--tool", "tools", multiple=True, type=click.Choice(TOOL_KEYS)),
    click.option(
        "--model", "models", multiple=True, help="Model name; a * at the end matches any."
    ),
    click.option("--project", "projects", multiple=True, help="Project name or directory."),
    click.option("--label", "labels", multiple=True),
    click.option("--tag", "tags", multiple=True, type=click.Choice([*TAG_KEYS, "untagged"])),
    click.option(
        "--intent", "intents", multiple=True, type=click.Choice(["delivery", "experiment"])
    ),
    click.option(
        "--where",
        "filter_text",
        help="Filter words as in the window: 'tool:claude tag:thrown retry'.",
    ),
)


def with_filter(command: Command) -> Command:
    """Give a command the options that narrow it."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def chosen_filter(
    frame: Frame,
    *,
    since: str | None,
    until: str | None,
    tools: tuple[str, ...],
    models: tuple[str, ...],
    projects: tuple[str, ...],
    labels: tuple[str, ...],
    tags: tuple[str, ...],
    intents: tuple[str, ...],
    filter_text: str | None = None,
) -> Filter:
    """Make the filter; raises LedgerError for a project or model that is not in the ledger.

    `filter_text` narrows it further; what it searches for is read from the logs.
    """
    since_s = _start(since, 0) if since else None
    until_s = _start(until, 1) if until else None
    terms = (
        *_terms("tool", tools),
        *_terms("model", models),
        *_terms("project", projects),
        *_terms("tag", tags),
        *_terms("intent", intents),
    )
    try:
        named = read_terms(terms, Names.of(frame), today()).filter
    except UnknownValueError as problem:
        raise LedgerError(problem.title, _hint(problem)) from None
    # A label that nothing has yet is no mistake in a script: nothing passes then.
    by_options = replace(named, since_s=since_s, until_s=until_s, labels=frozenset(labels))
    return _narrowed(frame, by_options, filter_text) if filter_text else by_options


def _terms(key: str, values: Sequence[str]) -> list[Term]:
    """Return an option as terms: a whole name, but for a model whose last letter is a star."""
    return [
        Term(key, (Piece(value, quoted=not (key == "model" and value.endswith("*"))),))
        for value in values
    ]


def _hint(problem: UnknownValueError) -> str:
    """Return what to type instead, in options rather than in filter text."""
    if problem.nearest:
        return f"Did you mean “{problem.nearest}”?"
    return f"“signal-ledger stats --by {problem.key}” lists them."


def _narrowed(frame: Frame, by_options: Filter, filter_text: str) -> Filter:
    """Return a filter for what passes both the options and the text; raises LedgerError."""
    loaded = settings_file.load().settings
    cycle = Cycle(loaded.review_months, loaded.review_begins)
    by_text = parse(filter_text, Names.of(frame), today(), cycle).filter
    combined = both_of(by_options, by_text)
    if not by_text.text:
        return combined
    ids = frame.id[frame.select(combined).rows].tolist()
    with opened_store() as store:
        return replace(combined, ids=search(store, ids, by_text.text))


def _start(text: str, days_later: int) -> int:
    """Return the first second of a day that a person wrote, or of one so many days later."""
    try:
        return start_of(_day(text) + timedelta(days=days_later))
    except (ValueError, OverflowError):
        raise LedgerError(f"“{text}” is not a day.", "Write it like 2026-07-01 or 28d.") from None


def _day(text: str) -> date:
    if text.endswith("d"):
        return today() - timedelta(days=int(text[:-1]) - 1)
    return date.fromisoformat(text)
