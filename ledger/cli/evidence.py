"""`evidence`: looks at logs and git for what became of outputs, or tells what is known of one."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import click

from ledger.cli.console import interactive, iso, opened, say, say_json, stoppable, with_json
from ledger.cli.show import interaction_of
from ledger.core.evidence import Observation, Suggestion, Survival
from ledger.core.ids import shown
from ledger.flows.evidence import details
from ledger.flows.evidence.observe import own_rules
from ledger.flows.evidence.run import EvidenceOptions, run_evidence
from ledger.flows.workspace import Workspace
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
        _gather(with_git=not no_git, as_json=as_json)
    else:
        _show(identity, as_json=as_json)


def _gather(*, with_git: bool, as_json: bool) -> None:
    settings = settings_file.load().settings
    choice = EvidenceOptions(own_rules(settings.kind_rules), with_git and settings.look_into_git)
    shows, done = interactive() and not as_json, 0
    with opened() as workspace, stoppable() as stopped:
        workspace.load()
        for step in run_evidence(partial(_ask, workspace), choice, now_ms()):
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


def _ask(workspace: Workspace, work: Callable[[Workspace], T], /) -> T:
    return work(workspace)


def _show(identity: str, *, as_json: bool) -> None:
    with opened() as workspace:
        row = interaction_of(workspace.store, identity)
        observation = workspace.store.evidence.observations([row.id]).get(row.id)
        survivals = workspace.store.evidence.survivals([row.id]).get(row.id, ())
        suggestion = workspace.store.evidence.suggestions([row.id]).get(row.id)
    if as_json:
        say_json(
            {
                "id": shown(row.id),
                "kind": row.kind.key,
                "observation": _observation_object(observation) if observation else None,
                "survival": [_survival_object(survival) for survival in survivals],
                "suggestion": _suggestion_object(suggestion) if suggestion else None,
            }
        )
        return
    for sentence in (*details.observed(observation), *details.survived(survivals)):
        say(sentence)
    if suggestion:
        sure = f"{100 * suggestion.confidence:.0f} % sure"
        say(f"Suggestion: {suggestion.tag.title} ({sure}). {' '.join(suggestion.why)}")


def _observation_object(observation: Observation) -> dict[str, object]:
    return {
        "kind": observation.kind.key,
        "runs": observation.runs,
        "failed_runs": observation.failed_runs,
        "looks": observation.reads,
        "hand_edits": observation.hand_edits,
        "refused_with_words": observation.refused,
        "rewound": observation.rewound,
        "restored": observation.restored,
        "files": [
            {"path": trace.path, "grams": trace.grams, "lines": trace.lines}
            for trace in observation.traces
        ],
    }


def _survival_object(survival: Survival) -> dict[str, object]:
    return {
        "horizon": survival.horizon.value,
        "fate": survival.fate.value,
        "looked": iso(survival.looked_ms),
        "anywhere": survival.anywhere,
        "landed": survival.landed,
        "baseline": survival.baseline,
        "lines": survival.lines,
        "lines_left": survival.lines_left,
        "commit": survival.commit or None,
    }


def _suggestion_object(suggestion: Suggestion) -> dict[str, object]:
    return {
        "tag": suggestion.tag.key,
        "confidence": suggestion.confidence,
        "worth": suggestion.worth,
        "why": list(suggestion.why),
    }
