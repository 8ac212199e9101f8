"""`dump` and `restore`: the whole ledger in an open format, and back again."""

from pathlib import Path

import click

from ledger.cli.console import opened_store, refuse_ledger, say, say_json, with_json
from ledger.core.errors import LedgerError
from ledger.host import export_log, paths
from ledger.host.clock import now_ms
from ledger.host.export_log import Exported
from ledger.host.private_files import replacing_private
from ledger.store import dump

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("dump")
@click.option("--out", required=True, type=FILE, help="The new file, such as ledger.jsonl.")
@click.option("--replace", is_flag=True, help="Write over a file that exists.")
@with_json
def dump_command(out: Path, replace: bool, as_json: bool) -> None:
    """Write the whole ledger into one file of JSON lines, nothing left out.

    Everything that the ledger holds stands in it in plain words: keep it as private as the ledger.
    docs/dump.md describes the format.
    """
    refuse_ledger(out)
    if out.exists() and not replace:
        raise LedgerError(f"{out.name} exists already.", "Choose a new name, or add --replace.")
    try:
        with opened_store() as store, replacing_private(out) as file:
            rows = store.dump(file)
            export_log.note(Exported(now_ms(), "dump", "", ("everything",)))
    except OSError as problem:
        raise LedgerError(
            f"The dump could not be written: {problem.strerror}.", "Choose another place."
        ) from problem
    if as_json:
        say_json({"written": str(out), "rows": rows})
    else:
        say(f"Written: {out}, {rows} rows.")


@click.command("restore")
@click.argument("file", type=FILE)
@with_json
def restore_command(file: Path, as_json: bool) -> None:
    """Fill a new or empty ledger from a dump; a ledger that holds anything is left alone.

    A dump of an older version is brought up to date. This is for moving a ledger, not for joining
    two: the restored one goes on as the one that was dumped.
    """
    try:
        with file.open("rb") as lines:
            rows = dump.restore(paths.ledger_path(), lines)
    except OSError as problem:
        raise LedgerError(
            f"{file.name} could not be read: {problem.strerror}.", "Check the name."
        ) from problem
    with opened_store() as store:
        problems = store.check()
    if as_json:
        say_json({"restored": str(file), "rows": rows, "problems": problems})
        return
    say(f"Restored: {rows} rows.")
    for sentence in problems:
        say(f"As in the ledger that was dumped: {sentence}", err=True)
