"""`show`: one interaction whole, and how it is found by what somebody types of its id."""

import click

from ledger.cli.console import iso, opened, say, say_json, with_json
from ledger.core import projects
from ledger.core.errors import LedgerError
from ledger.core.ids import shown
from ledger.core.rows import InteractionRow
from ledger.core.usage import TWENTIETHS
from ledger.flows import transcript
from ledger.flows.evidence.details import cost_in_store
from ledger.flows.insights.format import cost_words
from ledger.host.documents import EvidenceBook
from ledger.metrics.charges import Cost
from ledger.store.store import Store


def as_object(row: InteractionRow, names: dict[str, str]) -> dict[str, object]:
    """Return an interaction as scripts read it."""
    usage = row.usage
    return {
        "id": shown(row.id),
        "tool": row.tool,
        "time": iso(row.time_ms),
        "session": row.session_key,
        "project": names.get(row.project, row.project),
        "directory": row.directory,
        "worktree": row.worktree or None,
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
@click.option(
    "--transcript",
    "with_transcript",
    is_flag=True,
    help="Everything that happened, read from the log.",
)
@with_json
def show_command(identity: str, with_transcript: bool, as_json: bool) -> None:
    """Show one interaction: figures, edits, and its text read live from the tool's log."""
    with opened() as workspace:
        row = interaction_of(workspace.store, identity)
        names = projects.names([row.project], workspace.store.projects.names())
        cost = cost_in_store(workspace.store, row.id)
    text = transcript.read_prompt(row)
    steps = transcript.read_transcript(row) if with_transcript else transcript.Transcript(())
    if as_json:
        value = as_object(row, names) | {
            "cost": cost and _cost_object(cost),
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
        if with_transcript:
            value["steps"] = [
                {"kind": step.kind.value, "title": step.title, "text": step.text}
                for step in steps.steps
            ]
        say_json(value)
        return
    _show(row, names, cost_words(cost) if cost else "", text, steps)


def _cost_object(cost: Cost) -> dict[str, object]:
    """Return dollars at list prices as scripts read them; `unknown` is what has no price."""
    unknown = [lacking.words for lacking in cost.lacking]
    return {"value": cost.value, "low": cost.low, "high": cost.high, "unknown": unknown}


def _show(
    row: InteractionRow,
    names: dict[str, str],
    cost: str,
    text: transcript.Prompt,
    steps: transcript.Transcript,
) -> None:
    for key, value in as_object(row, names).items():
        if value:
            say(f"{key.replace('_', ' '):18} {_readable(value)}")
    if cost:
        say(f"{'list price':18} {cost}")
    for edit in row.edits:
        changed = ", changed by you" if edit.human_changed else ""
        outcome = edit.outcome.name.lower()
        say(f"  {edit.path}  +{edit.added} −{edit.removed}  {outcome}{changed}")
    say(f"\n{text.text or text.missing}")
    for step in steps.steps:
        say(f"\n── {step.kind.value} {step.title}\n{step.text}")
    if steps.missing and text.text:
        say(f"\n{steps.missing}")


def _readable(value: object) -> str:
    """Return a value of `as_object` as people read it."""
    if isinstance(value, dict):
        known = {key: part for key, part in value.items() if part is not None}
        return ", ".join(f"{key.replace('_', ' ')} {part}" for key, part in known.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def interaction_of(store: Store, text: str) -> InteractionRow:
    """Return the interaction whose id begins so; raises LedgerError if none or several do.

    A number that a review cites, like E-014, will do too.
    """
    cited = EvidenceBook().interaction(text) if text[:2].upper() == "E-" else None
    ids = store.ids_starting(text.lower() if cited is None else shown(cited)) if text else []
    if len(ids) != 1:
        title = f"{len(ids)} interactions begin" if ids else "No interaction begins"
        raise LedgerError(f"{title} with “{text}”.", "“signal-ledger list” shows the ids.")
    return store.rows(ids)[0]
