"""What every command needs of the terminal: open the ledger, say things, ask, stop politely."""

import json
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ledger.core.errors import LedgerError, TeamError
from ledger.core.team import Line
from ledger.core.text_safety import clean, one_line
from ledger.host import paths, settings_file
from ledger.host.clock import now_ms
from ledger.importers.base import Home
from ledger.store.store import Store

if TYPE_CHECKING:
    from ledger.flows.workspace import Workspace

SCREENFUL = 50  # rows that a person gets who asks for no number
LONGEST_CELL = 500
_SURROGATE = re.compile("[\ud800-\udfff]")
YES = "Write the file without asking; its content is still shown."
Command = TypeVar("Command", bound=Callable[..., Any])


def home() -> Home:
    """Return where logs are looked for."""
    return Home(*paths.home(), settings_file.load().settings.log_folders)


def opened_store() -> Store:
    """Open the person's ledger, to be closed; raises StoreError with the way out."""
    return Store.open(paths.ledger_path())


@contextmanager
def opened() -> "Iterator[Workspace]":
    """Open the person's ledger with its history and figures; raises StoreError."""
    # What only imports need not wait until numpy is loaded.
    from ledger.flows.workspace import Workspace  # noqa: PLC0415 - see above

    with opened_store() as store:
        yield Workspace(store, now_ms)


def refuse_ledger(out: Path) -> None:
    """Raise LedgerError when a file would take the place of the ledger or of one beside it."""
    ledger, target = paths.ledger_path().resolve(), out.resolve()
    if target.parent == ledger.parent and target.name.startswith(ledger.name):
        raise LedgerError("That is the ledger itself.", "Choose another name.")


def with_json(command: Command) -> Command:
    """Give a command its --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")(command)


def say_json(value: Any) -> None:
    """Print one value as one line of JSON.

    A byte of a path that is no UTF-8 is printed as JSON’s escape of what stands for it.
    """
    line = json.dumps(value, ensure_ascii=False)
    click.echo(_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", line))


def iso(time_ms: int) -> str:
    """Return a moment as scripts read it: ISO 8601, UTC, milliseconds."""
    moment = datetime.fromtimestamp(time_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local(time_ms: int | None) -> str:
    """Return a moment as people read it, in their own time zone."""
    if time_ms is None:
        return "–"
    return datetime.fromtimestamp(time_ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def today() -> date:
    """Return the day that it is where the person is."""
    return date.today()  # noqa: DTZ011 - a local day


def say(text: str, *, err: bool = False) -> None:
    """Print text that may come from a log: what would command the terminal is made visible."""
    click.echo(clean(text), err=err)


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


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Give a question that is answered with True once the person has pressed Ctrl+C.

    What is under way is finished and kept; a second Ctrl+C stops at once.
    """
    pressed = False

    def press(_number: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)

    before = signal.getsignal(signal.SIGINT) or signal.default_int_handler
    signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


def agreed(lines: Sequence[Line], notes: Sequence[str], *, yes: bool, as_json: bool) -> bool:
    """Show every field and say whether the person agrees; raises TeamError when nobody can.

    With JSON nobody is asked: without `yes` the content is printed and nothing is written.
    """
    if as_json:
        if not yes:
            say_json({"written": None, **shown_object(lines, notes)})
        return yes
    table(("FIELD", "VALUE", "WHAT IT SAYS ABOUT YOU"), lines)
    for note in notes:
        say(note)
    if yes:
        return True
    if not sys.stdin.isatty():
        raise TeamError("Nothing was written.", "Add --yes when you have read what the file says.")
    return click.confirm("Write this file?", default=False)


def shown_object(lines: Sequence[Line], notes: Sequence[str]) -> dict[str, object]:
    """Return what was shown as scripts read it."""
    return {"fields": [line._asdict() for line in lines], "notes": list(notes)}


def tell_written(place: Path | None, lines: Sequence[Line], notes: Sequence[str]) -> None:
    """Say as JSON what was written and where."""
    say_json({"written": str(place), **shown_object(lines, notes)})
