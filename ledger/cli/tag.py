"""What the person says of interactions: `tag`, `label`, `kind` and the like, and the way back."""

from collections.abc import Iterator

import click

from ledger.cli.console import opened, say, say_json, with_json
from ledger.cli.filter_options import TAG_KEYS
from ledger.cli.show import interaction_of
from ledger.core.edits import Edit, SetLabels, set_intents, set_kinds, set_notes, set_tags, title_of
from ledger.core.errors import LedgerError
from ledger.core.ids import shown
from ledger.core.vocabulary import Intent, Kind, Tag
from ledger.flows.workspace import Workspace

NO_TAG = "untagged"
BY_RULES = "by-rules"
KIND_KEYS = {kind.key: kind for kind in Kind if kind is not Kind.UNSORTED}


def _ids(workspace: Workspace, typed: tuple[str, ...]) -> list[int]:
    return list(dict.fromkeys(interaction_of(workspace.store, text).id for text in typed))


def record(workspace: Workspace, edit: Edit, ids: list[int], as_json: bool) -> None:
    """Save an edit, and only then say what was done."""
    workspace.history.do(edit)  # returns after COMMIT
    title = title_of(edit)
    if as_json:
        say_json({"done": title, "ids": [shown(identity) for identity in ids]})
    else:
        say(f"{title}.")


@click.command("tag")
@click.argument("arguments", metavar="ID... TAG", nargs=-1, required=True)
@click.option("--accept", is_flag=True, help="Tag each untagged one as its evidence suggests.")
@with_json
def tag_command(arguments: tuple[str, ...], accept: bool, as_json: bool) -> None:
    """Say what became of the output of one or more interactions.

    TAG is kept, edited, thrown-away or untagged; with --accept there is none, only ids.
    """
    if not accept:
        *identities, tag = arguments
        if tag not in (*TAG_KEYS, NO_TAG) or not identities:
            raise click.UsageError(f"Say ID... and one of {', '.join(TAG_KEYS)}, {NO_TAG}.")
    with opened() as workspace:
        if accept:
            ids = _ids(workspace, arguments)
            edit = set_tags(_suggested(workspace, ids))
        else:
            ids = _ids(workspace, tuple(identities))
            edit = set_tags((identity, TAG_KEYS.get(tag)) for identity in ids)
        record(workspace, edit, ids, as_json)


def _suggested(workspace: Workspace, ids: list[int]) -> Iterator[tuple[int, Tag]]:
    """Yield what is suggested for each; raises LedgerError before anything is tagged."""
    suggestions = workspace.store.evidence.suggestions(ids)
    for row in workspace.store.rows(ids):
        if row.tag is not None:
            raise LedgerError(
                f"{shown(row.id)} is tagged as {row.tag.title} already.",
                "A suggestion never takes the place of your word. Nothing was tagged.",
            )
        if row.id not in suggestions:
            raise LedgerError(
                f"Nothing is suggested for {shown(row.id)}.",
                "“signal-ledger suggest” lists what is. Nothing was tagged.",
            )
        yield row.id, suggestions[row.id].tag


@click.command("label")
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
@click.argument("name")
@click.option("--remove", is_flag=True, help="Take the label off.")
@with_json
def label_command(identities: tuple[str, ...], name: str, remove: bool, as_json: bool) -> None:
    """Put a label on interactions, or take it off."""
    label = name.strip()
    if not label or "," in label:
        raise LedgerError(f"“{name}” cannot be a label.", "A label has letters and no commas.")
    with opened() as workspace:
        ids = _ids(workspace, identities)
        edit = SetLabels(tuple((identity, label, not remove) for identity in ids))
        record(workspace, edit, ids, as_json)


@click.command("intent")
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
@click.argument("intent", type=click.Choice([intent.title for intent in Intent]))
@with_json
def intent_command(identities: tuple[str, ...], intent: str, as_json: bool) -> None:
    """Say whether interactions were for delivery or an experiment."""
    with opened() as workspace:
        ids = _ids(workspace, identities)
        edit = set_intents((identity, Intent[intent.upper()]) for identity in ids)
        record(workspace, edit, ids, as_json)


@click.command("kind")
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
@click.argument("kind", type=click.Choice([*KIND_KEYS, BY_RULES]))
@with_json
def kind_command(identities: tuple[str, ...], kind: str, as_json: bool) -> None:
    """Say what kind of work interactions were, or leave it to the rules."""
    with opened() as workspace:
        ids = _ids(workspace, identities)
        edit = set_kinds((identity, KIND_KEYS.get(kind)) for identity in ids)
        record(workspace, edit, ids, as_json)


@click.command("note")
@click.argument("identity", metavar="ID")
@click.argument("text")
@with_json
def note_command(identity: str, text: str, as_json: bool) -> None:
    """Write a note beside an interaction; an empty text removes it."""
    with opened() as workspace:
        ids = _ids(workspace, (identity,))
        record(workspace, set_notes(((ids[0], text),)), ids, as_json)


@click.command("undo")
@with_json
def undo_command(as_json: bool) -> None:
    """Take the newest tag, label, note or entry back, whichever program made it."""
    with opened() as workspace:
        title = workspace.history.titles()[0]
        done = workspace.history.undo() is not None
    _tell("undone", title, done, as_json)


@click.command("redo")
@with_json
def redo_command(as_json: bool) -> None:
    """Do again what was undone last."""
    with opened() as workspace:
        title = workspace.history.titles()[1]
        done = workspace.history.redo() is not None
    _tell("redone", title, done, as_json)


def _tell(change: str, title: str, done: bool, as_json: bool) -> None:
    if as_json:
        say_json({change: title if done else None})
    else:
        say(f"{change.capitalize()}: {title}." if done else f"There is nothing to be {change}.")
