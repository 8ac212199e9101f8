"""`import`: reads what the tools have logged."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple

import click

from ledger.cli.console import (
    home,
    interactive,
    opened_store,
    say,
    say_json,
    stoppable,
    with_json,
)
from ledger.core.parts import Reading
from ledger.flows.importing import discovery, pipeline
from ledger.flows.importing.adding import add_readings
from ledger.flows.importing.discovery import Job
from ledger.flows.importing.pipeline import Progress
from ledger.host import settings_file
from ledger.store.store import Store


class _ImportResult(NamedTuple):
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


def _import(store: Store, stopped: Callable[[], bool], shown: bool) -> _ImportResult:
    """Import until all is read or the person has had enough."""
    off = frozenset(settings_file.load().settings.sources_off)
    scans = discovery.scan_places(home(), off)
    jobs = discovery.jobs(scans, store.cursors())
    before = store.count() if jobs else None
    problems = [problem for scan in scans for problem in scan.shut]
    rejected = 0
    for readings, progress in _readings(jobs, stopped):
        add_readings(store, readings)
        rejected += sum(len(reading.batch.rejected) for reading in readings)
        problems += [
            (reading.cursor.path, reading.problem) for reading in readings if reading.problem
        ]
        if shown:
            _show(progress)
    if shown and jobs:
        click.echo("", err=True)
    after = store.count()
    known = after if before is None else before
    return _ImportResult(len(jobs), known, after, rejected, problems, stopped())


def _readings(
    jobs: list[Job], stopped: Callable[[], bool]
) -> Iterator[tuple[list[Reading], Progress]]:
    """Read the jobs, in processes of their own when there is much to read."""
    if sum(job.size for job in jobs) < pipeline.SMALL_BYTES:
        yield from pipeline.gathered(pipeline.read(jobs, None, cancelled=stopped))
        return
    from ledger.flows.importing.readers import Readers  # noqa: PLC0415 - costs a third of a small import

    with closing(Readers()) as readers:
        yield from pipeline.gathered(pipeline.read(jobs, readers, cancelled=stopped))


def _done_object(done: _ImportResult) -> dict[str, object]:
    return {
        "files": done.files,
        "new_interactions": done.after - done.before,
        "interactions": done.after,
        "rejected_lines": done.rejected,
        "problems": [{"path": path, "reason": reason} for path, reason in done.problems],
        "stopped": done.stopped,
    }


def _tell(done: _ImportResult) -> None:
    new = done.after - done.before
    click.echo(
        f"{new} new interactions from {done.files} changed files; {done.after} in the ledger."
    )
    if done.rejected:
        click.echo(f"{done.rejected} lines could not be read: “signal-ledger sources” lists them.")


def _show(progress: Progress) -> None:
    left = progress.left_s
    time_left = "" if left is None else f", about {left:.0f} s left"
    click.echo(
        f"\r{progress.share:4.0%} of {progress.all_files} files{time_left}    ", nl=False, err=True
    )
