"""`suggest` and `questions`: what the evidence speaks for, and the few answers that matter."""

import sys
from collections.abc import Sequence
from typing import Any

import click
import numpy as np

from ledger.cli.filtering import TAG_KEYS, chosen_filter, with_filter
from ledger.cli.opening import iso, local, opened, say, say_json, table, with_json
from ledger.core import projects
from ledger.core.errors import LedgerError
from ledger.core.evidence import Horizon, Suggestion, Survival
from ledger.core.ids import content_id, shown
from ledger.core.rows import InteractionRow
from ledger.core.words import Tag
from ledger.evidence.calibration import Answer, confusion
from ledger.flows import reading, suggesting
from ledger.flows.asking import FIRST_DAYS, BlockQuestion
from ledger.flows.desk import Desk
from ledger.host import settings_file
from ledger.metrics.blocks import BLOCK_S

CHUNK = 500
SCREENFUL = 50
PROMPT_LINES = 2
LEAST_SHOWN = 4  # letters of a question's id that must be typed
ANSWERS = {"k": Tag.KEPT, "e": Tag.EDITED, "t": Tag.THROWN_AWAY}
ASK = "[k]ept  [e]dited  [t]hrown away  [s]kip  [q]uit"


@click.command("suggest")
@with_filter
@click.option("--limit", type=click.IntRange(1), help="At most so many, newest first.")
@with_json
def suggest_command(as_json: bool, limit: int | None, **narrowed: Any) -> None:
    """List what the evidence suggests, with the reason; suggestions are never stored as tags."""
    with opened() as desk:
        frame = desk.load().frame
        mine = frame.select(chosen_filter(frame, **narrowed)).interactions & (frame.suggested > 0)
        most = limit or (None if as_json else SCREENFUL)
        ids = frame.id[np.flatnonzero(mine)[::-1][:most]].tolist()
        cells = []
        for at in range(0, len(ids), CHUNK):
            some = ids[at : at + CHUNK]
            found, survivals = desk.store.suggestions(some), desk.store.survivals(some)
            for row in desk.store.rows(some):
                one, after = found.get(row.id), survivals.get(row.id, ())
                if one is None:  # a look that runs beside has just taken it away
                    continue
                if as_json:
                    say_json(_object(row, one, after))
                else:
                    cells.append(_cells(row, one))
        answers = () if as_json else desk.learnt().answers
    if not as_json:
        table(("ID", "TIME", "SUGGESTION", "SURE", "WHY"), cells)
        say(suggesting.said_of(answers), err=True)
        if answers:
            _show_confusion(answers)


def _show_confusion(answers: Sequence[Answer]) -> None:
    """Print how often each suggestion met each answer."""
    met = confusion(answers)
    table(
        ("SUGGESTED", *(f"YOU: {given.title.upper()}" for given in Tag)),
        [(made.title, *(str(met[made, given]) for given in Tag)) for made in Tag],
    )


def _object(
    row: InteractionRow, one: Suggestion, survivals: tuple[Survival, ...]
) -> dict[str, object]:
    by_horizon = {each.horizon: each for each in survivals if each.anywhere is not None}
    order = (Horizon.WEEK, Horizon.DAY, Horizon.NOW)
    measured = next((by_horizon[one] for one in order if one in by_horizon), None)
    return {
        "id": shown(row.id),
        "time": iso(row.time_ms),
        "suggestion": one.tag.key,
        "confidence": round(one.confidence, 4),
        "why": " ".join(one.why),
        "survival": measured.anywhere if measured else None,
        "landed": measured.landed if measured else None,
        "horizon": measured.horizon.value if measured else None,
        "tag": row.tag.key if row.tag else None,
    }


def _cells(row: InteractionRow, one: Suggestion) -> tuple[str, ...]:
    sure = f"{100 * one.confidence:.0f} %"
    return shown(row.id), local(row.time_ms), one.tag.title, sure, " ".join(one.why)


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
            for one in asked:
                say_json(_question(one))
        elif not asked:
            say("Nothing is asked now.")
        elif sys.stdin.isatty():
            _ask(desk, asked)
        else:
            _list(asked)


def question_id(asked: BlockQuestion) -> str:
    """Return the id of a question, as people and scripts write it."""
    one = asked.question
    return shown(content_id("question", one.project, str(one.half_hour)))


def _question(one: BlockQuestion) -> dict[str, object]:
    return {
        "id": question_id(one),
        "time": iso(one.question.half_hour * BLOCK_S * 1000),
        "directory": one.question.project,
        "chance": one.question.pi,
        "expected": one.question.expected,
        "interactions": [shown(identity) for identity in one.ids],
    }


def _list(asked: list[BlockQuestion]) -> None:
    names = projects.names([one.question.project for one in asked])
    table(
        ("ID", "HALF-HOUR", "PROJECT", "INTERACTIONS"),
        [
            (
                question_id(one),
                local(one.question.half_hour * BLOCK_S * 1000),
                names.get(one.question.project, one.question.project),
                str(len(one.ids)),
            )
            for one in asked
        ],
    )


def _answer_one(
    desk: Desk, asked: list[BlockQuestion], identity: str, tag: str, *, as_json: bool
) -> None:
    if tag not in TAG_KEYS and tag != "skip":
        raise LedgerError(f"“{tag}” is no answer.", f"Say one of {', '.join(TAG_KEYS)} or skip.")
    long_enough = len(identity) >= LEAST_SHOWN
    found = [one for one in asked if long_enough and question_id(one).startswith(identity)]
    if len(found) != 1:
        raise LedgerError(
            f"No open question has the id {identity}.", "“signal-ledger questions” lists them."
        )
    if tag == "skip":
        desk.skip(found[0])
    else:
        desk.answer(found[0], TAG_KEYS[tag])
    if as_json:
        say_json({"answered": question_id(found[0]), "tag": None if tag == "skip" else tag})
    else:
        say("Skipped." if tag == "skip" else "Saved.")


def _ask(desk: Desk, asked: list[BlockQuestion]) -> None:
    names = projects.names(desk.frame.projects)
    for number, one in enumerate(asked, 1):
        _show(desk, one, names, f"{number} of {len(asked)}")
        while (key := click.prompt(ASK, type=str).strip().lower()[:1]) not in {*ANSWERS, *"sq"}:
            continue
        if key == "q":
            return
        if key == "s":
            desk.skip(one)
        else:
            desk.answer(one, ANSWERS[key])
            say(f"Saved as {ANSWERS[key].title}.")


def _show(desk: Desk, asked: BlockQuestion, names: dict[str, str], place: str) -> None:
    one = asked.question
    project = names.get(one.project, one.project)
    say(f"\n{place}   {project}, the half-hour from {local(one.half_hour * BLOCK_S * 1000)}")
    for row in desk.store.rows(asked.ids):
        words = reading.prompt(row)
        lines = (words.text or words.missing).splitlines()[:PROMPT_LINES]
        say("  " + "\n  ".join(lines))
    for made in desk.store.suggestions(asked.ids).values():
        say(f"  Suggested: {made.tag.title}. {' '.join(made.why)}")


COMMANDS = (suggest_command, questions_command)
