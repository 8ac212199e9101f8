"""`evidence`: looks at logs and git for what became of outputs, or tells what is known of one."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import click

from ledger.cli.listing import one
from ledger.cli.opening import interactive, iso, opened, say, say_json, with_json
from ledger.cli.stopping import stoppable
from ledger.core.evidence import Observation, Suggestion, Survival
from ledger.core.ids import shown
from ledger.flows import evidence_words
from ledger.flows.desk import Desk
from ledger.flows.looking import Choice, look
from ledger.flows.observing import own_rules
from ledger.host import settings_file
from ledger.host.clock import now_ms

T = TypeVar("T")


@click.command("evidence")
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--no-git", is_flag=True, help="Leave the repositories alone this time.")
@with_json
def evidence_command(identity: str | None, no_git: bool, as_json: bool) -> None:
    """Look for what became of outputs; with an ID, tell what is known of one interaction.

    Looking may be stopped at any moment with Ctrl+C; the next look goes on there.
    """
    if identity is None:
        _look(with_git=not no_git, as_json=as_json)
    else:
        _tell(identity, as_json=as_json)


def _look(*, with_git: bool, as_json: bool) -> None:
    settings = settings_file.load().settings
    choice = Choice(own_rules(settings.kind_rules), with_git and settings.look_into_git)
    shows, done = interactive() and not as_json, 0
    with opened() as desk, stoppable() as stopped:
        desk.load()
        for step in look(partial(_ask, desk), choice, now_ms()):
            done = step.done
            if shows:
                click.echo(f"\r{step.done} looks, {step.left} to go    ", nl=False, err=True)
            if stopped():
                break
        if shows and done:
            click.echo("", err=True)
        is_stopped = stopped()
    if as_json:
        say_json({"looks": done, "stopped": is_stopped})
    elif not is_stopped:
        say(f"{done} looks at logs and repositories.")
    if is_stopped:
        raise click.Abort("Stopped; what was found is kept, the next look goes on.")


def _ask(desk: Desk, work: Callable[[Desk], T], /) -> T:
    return work(desk)


def _tell(identity: str, *, as_json: bool) -> None:
    with opened() as desk:
        row = one(desk.store, identity)
        seen = desk.store.observations([row.id]).get(row.id)
        found = desk.store.survivals([row.id]).get(row.id, ())
        suggestion = desk.store.suggestions([row.id]).get(row.id)
    if as_json:
        say_json(
            {
                "id": shown(row.id),
                "kind": row.kind.key,
                "observation": _seen_object(seen) if seen else None,
                "survival": [_survival_object(each) for each in found],
                "suggestion": _suggestion_object(suggestion) if suggestion else None,
            }
        )
        return
    for words in (*evidence_words.observed(seen), *evidence_words.survived(found)):
        say(words)
    if suggestion:
        sure = f"{100 * suggestion.confidence:.0f} % sure"
        say(f"Suggestion: {suggestion.tag.title} ({sure}). {' '.join(suggestion.why)}")


def _seen_object(seen: Observation) -> dict[str, object]:
    return {
        "kind": seen.kind.key,
        "runs": seen.runs,
        "failed_runs": seen.failed_runs,
        "looks": seen.reads,
        "hand_edits": seen.hand_edits,
        "refused_with_words": seen.refused,
        "rewound": seen.rewound,
        "files": [
            {"path": trace.path, "grams": trace.grams, "lines": trace.lines}
            for trace in seen.traces
        ],
    }


def _survival_object(found: Survival) -> dict[str, object]:
    return {
        "horizon": found.horizon.value,
        "fate": found.fate.value,
        "looked": iso(found.looked_ms),
        "anywhere": found.anywhere,
        "landed": found.landed,
        "baseline": found.baseline,
        "lines": found.lines,
        "lines_left": found.lines_left,
        "commit": found.commit or None,
    }


def _suggestion_object(suggestion: Suggestion) -> dict[str, object]:
    return {
        "tag": suggestion.tag.key,
        "confidence": suggestion.confidence,
        "worth": suggestion.worth,
        "why": list(suggestion.why),
    }


COMMANDS = (evidence_command,)
