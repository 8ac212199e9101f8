"""`import` and `sources`: what the tools have logged, and where."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple

import click

from ledger.cli.opening import (
    home,
    interactive,
    local,
    opened_store,
    say,
    say_json,
    table,
    with_json,
)
from ledger.cli.stopping import stoppable
from ledger.core.parts import Reading
from ledger.core.words import Tool
from ledger.flows import finding, importing
from ledger.flows.finding import Job
from ledger.flows.importing import Progress
from ledger.flows.sources import SourceRow, sources
from ledger.flows.sources import rejected as rejected_lines
from ledger.host import settings_file
from ledger.store.store import Store


class _Done(NamedTuple):
    files: int
    before: int
    after: int
    rejected: int
    problems: list[tuple[str, str]]  # (path, sentence)
    stopped: bool


@click.command("import")
@with_json
def import_command(as_json: bool) -> None:
    """Read what the tools have logged since the last time.

    May be stopped at any moment with Ctrl+C; the next import goes on there.
    """
    with opened_store() as store, stoppable() as stopped:
        done = _import(store, stopped, interactive() and not as_json)
    if as_json:
        say_json(_done_object(done))
    elif not done.stopped:
        _tell(done)
    for path, reason in () if as_json else done.problems:
        say(f"{path}: {reason}", err=True)
    if done.stopped:
        new = done.after - done.before
        raise click.Abort(f"Stopped; {new} new interactions are kept, the next import goes on.")


def _import(store: Store, stopped: Callable[[], bool], shown: bool) -> _Done:
    """Import until all is read or the person has had enough."""
    off = frozenset(settings_file.load().settings.sources_off)
    looks = finding.look_around(home(), off)
    jobs = finding.jobs(looks, store.cursors())
    before = store.count() if jobs else None
    problems = [problem for look in looks for problem in look.shut]
    rejected = 0
    for readings, progress in _readings(jobs, stopped):
        store.add(readings)
        rejected += sum(len(reading.batch.rejected) for reading in readings)
        problems += [(r.cursor.path, r.problem) for r in readings if r.problem]
        if shown:
            _show(progress)
    if shown and jobs:
        click.echo("", err=True)
    after = store.count()
    known = after if before is None else before
    return _Done(len(jobs), known, after, rejected, problems, stopped())


def _readings(
    jobs: list[Job], stopped: Callable[[], bool]
) -> Iterator[tuple[list[Reading], Progress]]:
    """Read the jobs, in processes of their own when there is much to read."""
    if sum(job.size for job in jobs) < importing.SMALL_BYTES:
        yield from importing.gathered(importing.read(jobs, None, cancelled=stopped))
        return
    from ledger.flows.readers import Readers  # noqa: PLC0415 - costs a third of a small import

    with closing(Readers()) as readers:
        yield from importing.gathered(importing.read(jobs, readers, cancelled=stopped))


def _done_object(done: _Done) -> dict[str, object]:
    return {
        "files": done.files,
        "new_interactions": done.after - done.before,
        "interactions": done.after,
        "rejected_lines": done.rejected,
        "problems": [{"path": path, "reason": reason} for path, reason in done.problems],
        "stopped": done.stopped,
    }


def _tell(done: _Done) -> None:
    new = done.after - done.before
    click.echo(
        f"{new} new interactions from {done.files} changed files; {done.after} in the ledger."
    )
    if done.rejected:
        click.echo(f"{done.rejected} lines could not be read: “signal-ledger sources” lists them.")


def _show(progress: Progress) -> None:
    left = progress.left_s
    rest = "" if left is None else f", about {left:.0f} s left"
    click.echo(
        f"\r{progress.share:4.0%} of {progress.all_files} files{rest}    ", nl=False, err=True
    )


@click.command("sources")
@click.option("--rejected", is_flag=True, help="List every line that could not be read.")
@with_json
def sources_command(as_json: bool, rejected: bool) -> None:
    """Show where logs were looked for, what was found, and how far it is read."""
    off = frozenset(settings_file.load().settings.sources_off)
    with opened_store() as store:
        looks = finding.look_around(home(), off)
        rows = sources(looks, store.files(), time.time())
        lines = rejected_lines(store) if rejected else []
    if as_json:
        value = {"sources": [_as_json(row) for row in rows]}
        if rejected:
            value["rejected"] = [
                {"path": r.path, "offset": r.offset, "length": r.length, "reason": r.reason}
                for r in lines
            ]
        say_json(value)
        return
    table(
        ("TOOL", "FOLDER", "FILES", "READ", "SPAN", "REJECTED", "NOTE"),
        [_as_cells(row) for row in rows],
    )
    for line in lines:
        say(f"{line.path} at byte {line.offset} ({line.length} bytes): {line.reason}")


def _as_cells(row: SourceRow) -> tuple[str, ...]:
    span = f"{local(row.first_ms)[:10]} to {local(row.last_ms)[:10]}" if row.first_ms else "–"
    read = f"{row.read_bytes / row.size_bytes:.0%}" if row.size_bytes else "–"
    note = row.reason
    if not note and row.days_left is not None:
        note = f"the tool deletes the oldest in {row.days_left} days"
    if row.problems:
        note = f"{len(row.problems)} cannot be read: {row.problems[0][1]}"
    name = Tool(row.tool).full_name
    return (name, row.folder, str(row.files), read, span, str(row.rejected), note)


def _as_json(row: SourceRow) -> dict[str, object]:
    return {
        "tool": row.tool,
        "folder": row.folder,
        "why": row.why,
        "found": not row.reason,
        "reason": row.reason or None,
        "files": row.files,
        "size_bytes": row.size_bytes,
        "read_bytes": row.read_bytes,
        "lines": row.lines,
        "rejected_lines": row.rejected,
        "problems": [{"path": path, "reason": reason} for path, reason in row.problems],
        "first_ms": row.first_ms,
        "last_ms": row.last_ms,
        "keeps_days": row.keeps_days,
        "days_left": row.days_left,
    }


COMMANDS = (import_command, sources_command)
