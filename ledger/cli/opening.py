"""Opens the ledger for one command, and says things on the terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from ledger.flows.desk import Desk
from ledger.host import paths
from ledger.importers.base import Home
from ledger.store.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])


def now_ms() -> int:
    """Return the time in milliseconds since 1970 UTC."""
    return int(datetime.now(UTC).timestamp() * 1000)


def home() -> Home:
    """Return where logs are looked for."""
    return Home(*paths.home())


@contextmanager
def opened() -> Iterator[Desk]:
    """Open the person's ledger; raises StoreError with the way out."""
    store = Store.open(paths.ledger_path())
    try:
        yield Desk(store, now_ms)
    finally:
        store.close()


def with_json(command: Command) -> Command:
    """Give a command its --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")(command)


def say_json(value: Any) -> None:
    """Print one value as one line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False))


def iso(time_ms: int) -> str:
    """Return a moment as scripts read it: ISO 8601, UTC, milliseconds."""
    moment = datetime.fromtimestamp(time_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local(time_ms: int | None) -> str:
    """Return a moment as people read it, in their own time zone."""
    if time_ms is None:
        return "–"
    return datetime.fromtimestamp(time_ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their headings; numbers (cells that begin with a digit) to the right."""
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    for row in [head, *rows]:
        cells = [
            cell.rjust(width) if cell[:1].isdigit() and "-" not in cell else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(cells).rstrip())


def interactive() -> bool:
    """Whether a person watches the terminal."""
    return sys.stderr.isatty()
