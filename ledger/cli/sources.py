"""`sources`: where the tools log, what was found there, and how far it is read."""

import time

import click

from ledger.cli.console import home, local, opened_store, say, say_json, table, with_json
from ledger.core.vocabulary import Tool
from ledger.flows.importing import discovery
from ledger.flows.importing.sources import SourceRow, sources
from ledger.flows.importing.sources import rejected as rejected_lines
from ledger.host import settings_file


@click.command("sources")
@click.option("--rejected", is_flag=True, help="List every line that could not be read.")
@with_json
def sources_command(as_json: bool, rejected: bool) -> None:
    """Show where logs were looked for, what was found, and how far it is read."""
    off = frozenset(settings_file.load().settings.sources_off)
    with opened_store() as store:
        scans = discovery.scan_places(home(), off)
        rows = sources(scans, store.files(), time.time())
        lines = rejected_lines(store) if rejected else []
    if as_json:
        value = {"sources": [_as_json(row) for row in rows]}
        if rejected:
            value["rejected"] = [
                {
                    "path": line.path,
                    "offset": line.offset,
                    "length": line.length,
                    "reason": line.reason,
                }
                for line in lines
            ]
        say_json(value)
        return
    table(
        ("TOOL", "FOLDER", "FROM", "FILES", "READ", "SPAN", "REJECTED", "NOTE"),
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
    return (name, row.folder, row.why, str(row.files), read, span, str(row.rejected), note)


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
