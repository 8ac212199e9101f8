"""`projects`: which directories count as which project, and joining, splitting, renaming them."""

import click
import numpy as np

from ledger.cli.console import opened, say_json, table, with_json
from ledger.cli.tag import record
from ledger.flows import joining
from ledger.flows.joining import Project
from ledger.flows.workspace import Workspace


@click.group("projects", invoke_without_command=True)
@with_json
@click.pass_context
def projects_command(context: click.Context, as_json: bool) -> None:
    """Show which directories count as which project; by rule, unless you said otherwise."""
    if context.invoked_subcommand is not None:
        return
    with opened() as workspace:
        frame = workspace.load().frame
        known = _known(workspace)
    sizes = np.bincount(frame.project, minlength=len(frame.projects)).tolist()
    size_of = dict(zip(frame.projects, sizes, strict=True))
    if as_json:
        shown = [_as_object(project, size_of.get(project.key, 0)) for project in known]
        say_json({"projects": shown})
        return
    table(
        ("PROJECT", "INTERACTIONS", "DIRECTORY", "WORKTREE", "BECAUSE OF"),
        [
            (
                project.name,
                str(size_of.get(project.key, 0)),
                row.key,
                row.worktree or "–",
                "you" if row.chosen else "the rule",
            )
            for project in known
            for row in project.directories
        ],
    )


@projects_command.command("join")
@click.argument("project")
@click.argument("into")
@with_json
def join_command(project: str, into: str, as_json: bool) -> None:
    """Let all of PROJECT count as INTO; both are names or directories."""
    with opened() as workspace:
        known = _known(workspace)
        one, other = joining.named(known, project), joining.named(known, into)
        edit = joining.join(workspace.store.projects.rows(), one.key, other.key)
        record(workspace, edit, [], as_json)


@projects_command.command("split")
@click.argument("directory")
@with_json
def split_command(directory: str, as_json: bool) -> None:
    """Take DIRECTORY, and what is below it, out of the project that it counts as."""
    with opened() as workspace:
        edit = joining.split(workspace.store.projects.rows(), directory)
        record(workspace, edit, [], as_json)


@projects_command.command("rename")
@click.argument("project")
@click.argument("name")
@with_json
def rename_command(project: str, name: str, as_json: bool) -> None:
    """Call PROJECT by another NAME; an empty one gives it that of its folder."""
    with opened() as workspace:
        one = joining.named(_known(workspace), project)
        edit = joining.rename(workspace.store.projects.rows(), one.key, name)
        record(workspace, edit, [], as_json)


def _known(workspace: Workspace) -> list[Project]:
    store = workspace.store.projects
    return joining.projects_of(store.rows(), store.names())


def _as_object(project: Project, size: int) -> dict[str, object]:
    return {
        "name": project.name,
        "directory": project.key,
        "interactions": size,
        "directories": [
            {
                "directory": row.key,
                "worktree": row.worktree or None,
                "chosen": bool(row.chosen),
            }
            for row in project.directories
        ],
    }
