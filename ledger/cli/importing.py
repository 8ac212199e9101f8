"""`import` and `sources`: what the tools have logged, and where."""

import time
from contextlib import closing

import click

from ledger.cli.opening import home, interactive, local, opened, say_json, table, with_json
from ledger.core.words import Tool
from ledger.flows import finding, importing
from ledger.flows.sources import SourceRow, sources
from ledger.host import settings_file


@click.command("import")
@with_json
def import_command(as_json: bool) -> None:
    """Read what the tools have logged since the last time.

    May be stopped at any moment with Ctrl+C; the next import goes on there.
    """
    off = frozenset(settings_file.load().settings.sources_off)
    with opened() as desk:
        looks = finding.look_around(home(), off)
        jobs = finding.jobs(looks, desk.store.cursors())
        before = len(desk.store.columns())
        small = sum(job.size for job in jobs) < importing.SMALL_BYTES
        problems = [problem for look in looks for problem in look.shut]
        rejected = 0
        with closing(importing.Readers()) as readers:
            steps = importing.read(jobs, None if small else readers)
            for readings, progress in importing.gathered(steps):
                desk.add(readings)
                rejected += sum(len(reading.batch.rejected) for reading in readings)
                problems += [(r.cursor.path, r.problem) for r in readings if r.problem]
                if interactive() and not as_json:
                    _show(progress)
        after = len(desk.store.columns())
    new = after - before
    if as_json:
        say_json(
            {
                "files": len(jobs),
                "new_interactions": new,
                "interactions": after,
                "rejected_lines": rejected,
                "problems": [{"path": path, "reason": reason} for path, reason in problems],
            }
        )
        return
    if interactive() and jobs:
        click.echo("", err=True)
    click.echo(f"{new} new interactions from {len(jobs)} changed files; {after} in the ledger.")
    if rejected:
        click.echo(f"{rejected} lines could not be read: “signal-ledger sources” lists them.")
    for path, reason in problems:
        click.echo(f"{path}: {reason}", err=True)


def _show(progress: importing.Progress) -> None:
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
    with opened() as desk:
        looks = finding.look_around(home(), off)
        rows = sources(looks, desk.store.files(), time.time())
        lines = desk.store.rejected() if rejected else []
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
        click.echo(f"{line.path} at byte {line.offset} ({line.length} bytes): {line.reason}")


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
