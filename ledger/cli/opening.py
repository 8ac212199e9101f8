"""Opens the ledger for one command, and says things on the terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ledger.core.cleaning import cleaned, one_line
from ledger.core.errors import LedgerError
from ledger.host import paths
from ledger.host.clock import now_ms
from ledger.importers.base import Home
from ledger.store.store import Store

if TYPE_CHECKING:
    from ledger.flows.desk import Desk

LONGEST_CELL = 500
Command = TypeVar("Command", bound=Callable[..., Any])


def home() -> Home:
    """Return where logs are looked for."""
    return Home(*paths.home())


def opened_store() -> Store:
    """Open the person's ledger, to be closed; raises StoreError with the way out."""
    return Store.open(paths.ledger_path())


@contextmanager
def opened() -> "Iterator[Desk]":
    """Open the person's ledger with its history and figures; raises StoreError."""
    # What only imports need not wait until numpy is loaded.
    from ledger.flows.desk import Desk  # noqa: PLC0415 - see above

    with opened_store() as store:
        yield Desk(store, now_ms)


def refuse_ledger(out: Path) -> None:
    """Raise LedgerError when a file would take the place of the ledger or of one beside it."""
    ledger, target = paths.ledger_path().resolve(), out.resolve()
    if target.parent == ledger.parent and target.name.startswith(ledger.name):
        raise LedgerError("That is the ledger itself.", "Choose another name.")


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


def say(text: str, *, err: bool = False) -> None:
    """Print text that may come from a log: what would command the terminal is made visible."""
    click.echo(cleaned(text), err=err)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their headings; numbers (cells that begin with a digit) to the right."""
    lines = [[one_line(cell, LONGEST_CELL) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[n]) for row in lines) for n in range(len(head))]
    for row in lines:
        cells = [
            cell.rjust(width) if cell[:1].isdigit() and "-" not in cell else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(cells).rstrip())


def interactive() -> bool:
    """Whether a person watches the terminal."""
    return sys.stderr.isatty()
