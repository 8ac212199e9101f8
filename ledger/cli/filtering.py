"""The options that narrow a command to a part of the ledger, and what they mean."""

import difflib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import click

from ledger.cli.opening import opened_store
from ledger.core import projects
from ledger.core.days import start_of
from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.words import UNTAGGED, Intent, Tag, Tool
from ledger.flows.filter_words.reader import both_of, read
from ledger.flows.filter_words.vocabulary import Names
from ledger.flows.periods import Cycle
from ledger.flows.searching import search
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
    click.option("--project", "chosen", multiple=True, help="Project name or directory."),
    click.option("--label", "labels", multiple=True),
    click.option("--tag", "tags", multiple=True, type=click.Choice([*TAG_KEYS, "untagged"])),
    click.option(
        "--intent", "intents", multiple=True, type=click.Choice(["delivery", "experiment"])
    ),
    click.option(
        "--where", "words", help="Filter words as in the window: 'tool:claude tag:thrown retry'."
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
    chosen: tuple[str, ...],
    labels: tuple[str, ...],
    tags: tuple[str, ...],
    intents: tuple[str, ...],
    words: str | None = None,
) -> Filter:
    """Make the filter; raises LedgerError for a project or model that is not in the ledger.

    `words` narrow it further; what they search for is read from the logs.
    """
    chosen_by_options = Filter(
        since_s=_start(since, 0) if since else None,
        until_s=_start(until, 1) if until else None,
        tools=frozenset(tools),
        models=_models(frame, models),
        projects=_projects(frame, chosen),
        labels=frozenset(labels),
        tags=frozenset(int(TAG_KEYS.get(t, UNTAGGED)) for t in tags),
        intents=frozenset(Intent[i.upper()] for i in intents),
    )
    return _and(frame, chosen_by_options, words) if words else chosen_by_options


def _and(frame: Frame, chosen: Filter, words: str) -> Filter:
    """Return a filter for what passes both the options and the words; raises LedgerError."""
    loaded = settings_file.load().settings
    cycle = Cycle(loaded.review_months, loaded.review_begins)
    meant = read(words, Names.of(frame), _day("1d"), cycle).filter
    both = both_of(chosen, meant)
    if not meant.text:
        return both
    ids = frame.id[frame.select(both).rows].tolist()
    with opened_store() as store:
        return replace(both, ids=search(store, ids, meant.text))


def _start(text: str, days_later: int) -> int:
    """Return the first second of a day that a person wrote, or of one so many days later."""
    try:
        return start_of(_day(text) + timedelta(days=days_later))
    except (ValueError, OverflowError):
        raise LedgerError(f"“{text}” is not a day.", "Write it like 2026-07-01 or 28d.") from None


def _day(text: str) -> date:
    if text.endswith("d"):
        return date.today() - timedelta(days=int(text[:-1]) - 1)  # noqa: DTZ011 - a local day
    return date.fromisoformat(text)


def _models(frame: Frame, wanted: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for word in wanted:
        stem = word.removesuffix("*")
        hits = [m for m in frame.models if m == word or (word != stem and m.startswith(stem))]
        found.update(hits or _unknown("model", word, frame.models))
    return frozenset(found)


def _projects(frame: Frame, wanted: tuple[str, ...]) -> frozenset[str]:
    names = projects.names(frame.projects)
    found: set[str] = set()
    for word in wanted:
        hits = [key for key, name in names.items() if word in (key, name)]
        found.update(hits or _unknown("project", word, tuple(names.values())))
    return frozenset(found)


def _unknown(kind: str, word: str, known: tuple[str, ...]) -> list[str]:
    near = difflib.get_close_matches(word, known, 1)
    hint = (
        f"Did you mean “{near[0]}”?" if near else f"“signal-ledger stats --by {kind}” lists them."
    )
    raise LedgerError(f"There is no {kind} “{word}” in the ledger.", hint)
