"""`questions`: the few answers that matter, asked or listed."""

import sys

import click

from ledger.cli.console import iso, local, opened, say, say_json, table, with_json
from ledger.cli.filter_options import TAG_KEYS
from ledger.core import projects
from ledger.core.errors import LedgerError
from ledger.core.ids import content_id, shown
from ledger.core.vocabulary import Tag
from ledger.flows import transcript
from ledger.flows.tagging.questions import FIRST_DAYS, BlockQuestion
from ledger.flows.workspace import Workspace
from ledger.host import settings_file
from ledger.metrics.blocks import BLOCK_S

PROMPT_LINES = 2
LEAST_SHOWN = 4  # letters of a question's id that must be typed
ANSWERS = {"k": Tag.KEPT, "e": Tag.EDITED, "t": Tag.THROWN_AWAY}
ASK = "[k]ept  [e]dited  [t]hrown away  [s]kip  [q]uit"


@click.command("questions")
@click.option("--first", is_flag=True, help="Draw 20 from the last --days, to begin with.")
@click.option("--days", type=click.IntRange(1, 3650), default=FIRST_DAYS, show_default=True)
@click.option("--answer", nargs=2, metavar="ID TAG", help="Answer one question and stop.")
@with_json
def questions_command(
    first: bool, days: int, answer: tuple[str, str] | None, as_json: bool
) -> None:
    """Ask today's few questions and answer them here; every answer is saved at once."""
    with opened() as workspace:
        workspace.load()
        if first:
            workspace.draw_first(days)
        else:
            settings = settings_file.load().settings
            workspace.draw(settings.questions_a_day, settings.questions_hour)
        blocks = workspace.questions()
        if answer is not None:
            _answer_one(workspace, blocks, *answer, as_json=as_json)
        elif as_json:
            for block in blocks:
                say_json(_as_json(block))
        elif not blocks:
            say("Nothing is asked now.")
        elif sys.stdin.isatty():
            _ask(workspace, blocks)
        else:
            _list(blocks)


def question_id(block: BlockQuestion) -> str:
    """Return the id of a question, as people and scripts write it."""
    question = block.question
    return shown(content_id("question", question.project, str(question.half_hour)))


def _as_json(block: BlockQuestion) -> dict[str, object]:
    question = block.question
    return {
        "id": question_id(block),
        "time": iso(question.half_hour * BLOCK_S * 1000),
        "directory": question.project,
        "chance": question.pi,
        "expected": question.expected,
        "interactions": [shown(identity) for identity in block.ids],
    }


def _list(blocks: list[BlockQuestion]) -> None:
    names = projects.names([block.question.project for block in blocks])
    table(
        ("ID", "HALF-HOUR", "PROJECT", "INTERACTIONS"),
        [
            (
                question_id(block),
                local(block.question.half_hour * BLOCK_S * 1000),
                names.get(block.question.project, block.question.project),
                str(len(block.ids)),
            )
            for block in blocks
        ],
    )


def _answer_one(
    workspace: Workspace, blocks: list[BlockQuestion], identity: str, tag: str, *, as_json: bool
) -> None:
    if tag not in TAG_KEYS and tag != "skip":
        raise LedgerError(f"“{tag}” is no answer.", f"Say one of {', '.join(TAG_KEYS)} or skip.")
    long_enough = len(identity) >= LEAST_SHOWN
    matches = [block for block in blocks if long_enough and question_id(block).startswith(identity)]
    if len(matches) != 1:
        raise LedgerError(
            f"No open question has the id {identity}.", "“signal-ledger questions” lists them."
        )
    if tag == "skip":
        workspace.skip(matches[0])
    else:
        workspace.answer(matches[0], TAG_KEYS[tag])
    if as_json:
        say_json({"answered": question_id(matches[0]), "tag": None if tag == "skip" else tag})
    else:
        say("Skipped." if tag == "skip" else "Saved.")


def _ask(workspace: Workspace, blocks: list[BlockQuestion]) -> None:
    names = workspace.frame.names_of_projects
    for number, block in enumerate(blocks, 1):
        _show(workspace, block, names, f"{number} of {len(blocks)}")
        while (key := click.prompt(ASK, type=str).strip().lower()[:1]) not in {*ANSWERS, *"sq"}:
            continue
        if key == "q":
            return
        if key == "s":
            workspace.skip(block)
        else:
            workspace.answer(block, ANSWERS[key])
            say(f"Saved as {ANSWERS[key].title}.")


def _show(workspace: Workspace, block: BlockQuestion, names: dict[str, str], place: str) -> None:
    question = block.question
    project = names.get(question.project, question.project)
    say(f"\n{place}   {project}, the half-hour from {local(question.half_hour * BLOCK_S * 1000)}")
    for row in workspace.store.rows(block.ids):
        prompt = transcript.read_prompt(row)
        lines = (prompt.text or prompt.missing).splitlines()[:PROMPT_LINES]
        say("  " + "\n  ".join(lines))
    for suggestion in workspace.store.evidence.suggestions(block.ids).values():
        say(f"  Suggested: {suggestion.tag.title}. {' '.join(suggestion.why)}")
