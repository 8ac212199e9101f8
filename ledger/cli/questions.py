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
    with opened() as desk:
        desk.load()
        if first:
            desk.draw_first(days)
        else:
            chosen = settings_file.load().settings
            desk.draw(chosen.questions_a_day, chosen.questions_hour)
        asked = desk.questions()
        if answer is not None:
            _answer_one(desk, asked, *answer, as_json=as_json)
        elif as_json:
            for question in asked:
                say_json(_as_json(question))
        elif not asked:
            say("Nothing is asked now.")
        elif sys.stdin.isatty():
            _ask(desk, asked)
        else:
            _list(asked)


def question_id(asked: BlockQuestion) -> str:
    """Return the id of a question, as people and scripts write it."""
    question = asked.question
    return shown(content_id("question", question.project, str(question.half_hour)))


def _as_json(asked: BlockQuestion) -> dict[str, object]:
    question = asked.question
    return {
        "id": question_id(asked),
        "time": iso(question.half_hour * BLOCK_S * 1000),
        "directory": question.project,
        "chance": question.pi,
        "expected": question.expected,
        "interactions": [shown(identity) for identity in asked.ids],
    }


def _list(asked: list[BlockQuestion]) -> None:
    names = projects.names([block.question.project for block in asked])
    table(
        ("ID", "HALF-HOUR", "PROJECT", "INTERACTIONS"),
        [
            (
                question_id(block),
                local(block.question.half_hour * BLOCK_S * 1000),
                names.get(block.question.project, block.question.project),
                str(len(block.ids)),
            )
            for block in asked
        ],
    )


def _answer_one(
    desk: Workspace, asked: list[BlockQuestion], identity: str, tag: str, *, as_json: bool
) -> None:
    if tag not in TAG_KEYS and tag != "skip":
        raise LedgerError(f"“{tag}” is no answer.", f"Say one of {', '.join(TAG_KEYS)} or skip.")
    long_enough = len(identity) >= LEAST_SHOWN
    meant = [block for block in asked if long_enough and question_id(block).startswith(identity)]
    if len(meant) != 1:
        raise LedgerError(
            f"No open question has the id {identity}.", "“signal-ledger questions” lists them."
        )
    if tag == "skip":
        desk.skip(meant[0])
    else:
        desk.answer(meant[0], TAG_KEYS[tag])
    if as_json:
        say_json({"answered": question_id(meant[0]), "tag": None if tag == "skip" else tag})
    else:
        say("Skipped." if tag == "skip" else "Saved.")


def _ask(desk: Workspace, asked: list[BlockQuestion]) -> None:
    names = projects.names(desk.frame.projects)
    for number, block in enumerate(asked, 1):
        _show(desk, block, names, f"{number} of {len(asked)}")
        while (key := click.prompt(ASK, type=str).strip().lower()[:1]) not in {*ANSWERS, *"sq"}:
            continue
        if key == "q":
            return
        if key == "s":
            desk.skip(block)
        else:
            desk.answer(block, ANSWERS[key])
            say(f"Saved as {ANSWERS[key].title}.")


def _show(desk: Workspace, asked: BlockQuestion, names: dict[str, str], place: str) -> None:
    question = asked.question
    project = names.get(question.project, question.project)
    say(f"\n{place}   {project}, the half-hour from {local(question.half_hour * BLOCK_S * 1000)}")
    for row in desk.store.rows(asked.ids):
        prompt = transcript.read_prompt(row)
        lines = (prompt.text or prompt.missing).splitlines()[:PROMPT_LINES]
        say("  " + "\n  ".join(lines))
    for suggestion in desk.store.evidence.suggestions(asked.ids).values():
        say(f"  Suggested: {suggestion.tag.title}. {' '.join(suggestion.why)}")
