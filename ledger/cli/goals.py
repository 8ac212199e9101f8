"""`goals`: how the goals stand, and setting or removing one."""

import click

from ledger.cli.console import opened, say, say_json, today, with_json
from ledger.core.errors import LedgerError
from ledger.core.goals import LONGEST_DAYS, LONGEST_GRACE, SHORTEST_DAYS, Goal
from ledger.flows.filters.resolver import Names
from ledger.flows.insights import goals
from ledger.flows.insights.goals import GoalStatus, goal_statuses
from ledger.host import paths


@click.group("goals", invoke_without_command=True)
@with_json
@click.pass_context
def goals_command(context: click.Context, as_json: bool) -> None:
    """Show how your goals stand; they are shares of what became of work, never amounts."""
    if context.invoked_subcommand is not None:
        return
    saved = goals.load(goals.path_of(paths.ledger_path()))
    with opened() as workspace:
        frame = workspace.load().frame
    standing = goal_statuses(saved, frame, today())
    if as_json:
        say_json(
            {"goals": [as_object(number, status) for number, status in enumerate(standing, 1)]}
        )
        return
    if not standing:
        click.echo("There are no goals. “signal-ledger goals add thrown-away 20” sets one.")
    for number, status in enumerate(standing, 1):
        say(f"{number}  {_titled(status.goal)}\n   {status.text}")


@goals_command.command("add")
@click.argument("measure")
@click.argument("percent", type=click.IntRange(1, 99))
@click.option("--where", "filter_text", default="", help="Filter words, like 'kind:refactor'.")
@click.option(
    "--days", type=click.IntRange(SHORTEST_DAYS, LONGEST_DAYS), default=28, show_default=True
)
@click.option(
    "--grace",
    type=click.IntRange(0, LONGEST_GRACE),
    default=7,
    show_default=True,
    help="So many days a miss may last before it is told.",
)
@with_json
def add_command(
    measure: str, percent: int, filter_text: str, days: int, grace: int, *, as_json: bool
) -> None:
    """Set a goal: thrown-away (to stay under), kept or coverage (to reach), in percent."""
    goal = Goal(
        measure=goals.measure_of(measure),
        percent=percent,
        words=filter_text,
        days=days,
        grace_days=grace,
    )
    with opened() as workspace:
        goal = goals.usable(goal, Names.of(workspace.load().frame))
    path = goals.path_of(paths.ledger_path())
    goals.save(path, goals.with_goal(goals.load(path), goal))
    if as_json:
        say_json({"set": _goal_object(goal)})
    else:
        say(f"{_titled(goal)}: it is set.")


@goals_command.command("remove")
@click.argument("number", type=click.IntRange(1))
@with_json
def remove_command(number: int, *, as_json: bool) -> None:
    """Remove a goal by its number in the list."""
    path = goals.path_of(paths.ledger_path())
    saved = goals.load(path)
    if number > len(saved):
        raise LedgerError(f"There is no goal {number}.", "“signal-ledger goals” lists them.")
    goals.save(path, (*saved[: number - 1], *saved[number:]))
    if as_json:
        say_json({"removed": _goal_object(saved[number - 1])})
    else:
        say(f"Removed: {saved[number - 1].title}.")


def _titled(goal: Goal) -> str:
    return f"{goal.title} ({goal.words})" if goal.words else goal.title


def _goal_object(goal: Goal) -> dict[str, object]:
    return {
        "measure": goal.measure.value,
        "percent": goal.percent,
        "where": goal.words,
        "days": goal.days,
        "grace_days": goal.grace_days,
    }


def as_object(number: int, status: GoalStatus) -> dict[str, object]:
    """Return a goal and how it stands as scripts read it."""
    goal = status.goal
    interval = None if status.low is None or status.high is None else [status.low, status.high]
    return {
        "number": number,
        **_goal_object(goal),
        "state": status.state.value.replace(" ", "-"),
        "share": status.share,
        "interval": interval,
        "blocks": status.blocks,
    }
