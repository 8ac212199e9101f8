"""`list` and `show`: interactions as rows, and one of them whole."""

from typing import Any

import click
import numpy as np

from ledger.cli.filtering import chosen_filter, with_filter
from ledger.cli.opening import iso, local, opened, say, say_json, table, with_json
from ledger.core import projects
from ledger.core.errors import LedgerError
from ledger.core.ids import shown
from ledger.core.rows import InteractionRow
from ledger.core.usage import TWENTIETHS, Basis, Usage
from ledger.core.words import Tool
from ledger.flows import reading
from ledger.host.review_files import EvidenceBook
from ledger.store.store import Store

SCREENFUL = 50
CHUNK = 500


@click.command("list")
@with_filter
@click.option("--limit", type=click.IntRange(1), help="At most so many, newest first.")
@with_json
def list_command(as_json: bool, limit: int | None, **narrowed: Any) -> None:
    """List interactions, newest first; as JSON one object per line."""
    with opened() as desk:
        frame = desk.load().frame
        selection = frame.select(chosen_filter(frame, **narrowed))
        most = limit or (None if as_json else SCREENFUL)
        ids = frame.id[np.flatnonzero(selection.interactions)[::-1][:most]].tolist()
        names = projects.names(frame.projects)
        chunks = (desk.store.rows(ids[n : n + CHUNK]) for n in range(0, len(ids), CHUNK))
        if as_json:
            for rows in chunks:
                for row in rows:
                    say_json(as_object(row, names))
            return
        cells = [_cells(row, names) for rows in chunks for row in rows]
    table(("ID", "TIME", "TOOL", "PROJECT", "MODEL", "TOKENS", "TAG"), cells)
    if limit is None and len(ids) < int(selection.interactions.sum()):
        click.echo(f"… the newest {SCREENFUL}; --limit shows more.", err=True)


def _cells(row: InteractionRow, names: dict[str, str]) -> tuple[str, ...]:
    return (
        shown(row.id),
        local(row.time_ms),
        Tool(row.tool).full_name,
        names.get(row.project, row.project),
        row.models[0] if row.models else "–",
        _tokens(row.usage),
        row.tag.title if row.tag else "untagged",
    )


def _tokens(usage: Usage) -> str:
    if usage.basis is Basis.UNKNOWN:
        return "unknown"
    return f"{'~' if usage.basis is Basis.ESTIMATED else ''}{usage.total:,}"


def as_object(row: InteractionRow, names: dict[str, str]) -> dict[str, object]:
    """Return an interaction as scripts read it."""
    usage = row.usage
    return {
        "id": shown(row.id),
        "tool": row.tool,
        "time": iso(row.time_ms),
        "session": row.session_key,
        "project": names.get(row.project, row.project),
        "directory": row.project,
        "branch": row.branch,
        "model": row.models[0] if row.models else None,
        "models": list(row.models),
        "origin": row.origin.name.lower(),
        "requests": row.requests,
        "usage": {
            "input": usage.input,
            "cache_read": usage.cache_read,
            "cache_write": usage.cache_write,
            "output": usage.output,
            "reasoning": usage.reasoning,
            "basis": usage.basis.name.lower(),
            "requests_unknown": row.unknown,
        },
        "token_equivalents": row.te / TWENTIETHS,
        "tag": row.tag.key if row.tag else None,
        "intent": row.intent.title,
        "kind": row.kind.key,
        "labels": list(row.labels),
        "note": row.note or None,
        "lines_added": row.added,
        "lines_removed": row.removed,
    }


@click.command("show")
@click.argument("identity", metavar="ID")
@click.option("--transcript", is_flag=True, help="Everything that happened, read from the log.")
@with_json
def show_command(identity: str, transcript: bool, as_json: bool) -> None:
    """Show one interaction: figures, edits, and its text read live from the tool's log."""
    with opened() as desk:
        row = one(desk.store, identity)
        names = projects.names([row.project])
    text = reading.prompt(row)
    steps = reading.transcript(row) if transcript else reading.Transcript(())
    if as_json:
        value = as_object(row, names) | {
            "prompt": text.text or None,
            "prompt_missing": text.missing or None,
            "edits": [
                {
                    "path": edit.path,
                    "added": edit.added,
                    "removed": edit.removed,
                    "outcome": edit.outcome.name.lower(),
                    "human_changed": edit.human_changed,
                }
                for edit in row.edits
            ],
        }
        if transcript:
            value["steps"] = [
                {"kind": s.kind.value, "title": s.title, "text": s.text} for s in steps.steps
            ]
        say_json(value)
        return
    _show(row, names, text, steps)


def _show(
    row: InteractionRow,
    names: dict[str, str],
    text: reading.Prompt,
    steps: reading.Transcript,
) -> None:
    for key, value in as_object(row, names).items():
        if value:
            say(f"{key.replace('_', ' '):18} {_words(value)}")
    for edit in row.edits:
        changed = ", changed by you" if edit.human_changed else ""
        outcome = edit.outcome.name.lower()
        say(f"  {edit.path}  +{edit.added} −{edit.removed}  {outcome}{changed}")
    say(f"\n{text.text or text.missing}")
    for step in steps.steps:
        say(f"\n── {step.kind.value} {step.title}\n{step.text}")
    if steps.missing and text.text:
        say(f"\n{steps.missing}")


def _words(value: object) -> str:
    """Return a value of `as_object` as people read it."""
    if isinstance(value, dict):
        known = {key: part for key, part in value.items() if part is not None}
        return ", ".join(f"{key.replace('_', ' ')} {part}" for key, part in known.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def one(store: Store, text: str) -> InteractionRow:
    """Return the interaction whose id begins so; raises LedgerError if none or several do.

    A number that a review cites, like E-014, will do too.
    """
    cited = EvidenceBook().interaction(text) if text[:2].upper() == "E-" else None
    found = store.ids_starting(text.lower() if cited is None else shown(cited)) if text else []
    if len(found) != 1:
        title = f"{len(found)} interactions begin" if found else "No interaction begins"
        raise LedgerError(f"{title} with “{text}”.", "“signal-ledger list” shows the ids.")
    return store.rows(found)[0]


COMMANDS = (list_command, show_command)
