"""Tells an interaction from its messages, each in its last version, in the order it began."""

import json
from collections.abc import Iterator

from ledger.importers.base import Step, StepKind
from ledger.importers.fields import text
from ledger.importers.gemini_cli.edits import EDIT_TOOLS, answer_of, argument, calls_of
from ledger.importers.gemini_cli.prompts import NOTICES, message_text, prompt_content
from ledger.importers.gemini_cli.records import (
    Call,
    Display,
    Record,
    part_of,
    plain,
    record_of,
    records_of,
)

BETWEEN = " \t\r\n,"


def steps_of(data: bytes) -> Iterator[Step]:
    """Tell the messages in these bytes: lines of a log, or a piece of an old document."""
    messages: dict[str, Record] = {}
    for record in records_in(data):
        if isinstance(record.id, str):
            messages[record.id] = record
    for record in messages.values():
        yield from _steps(record)


def records_in(data: bytes) -> Iterator[Record]:
    """Find every object, also where a document was cut out in its middle."""
    content = data.decode("utf-8", "replace")
    decoder = json.JSONDecoder(strict=False)
    position = 0
    while position < len(content):
        if content[position] in BETWEEN:
            position += 1
            continue
        try:
            value, end = decoder.raw_decode(content, position)
        except (ValueError, RecursionError):
            value, end = None, _next_line(content, position)
            torn = content[position:end].encode("utf-8", "replace")
            yield from (record for _, record in records_of((0, torn)) if record)
        if isinstance(value, dict):
            record = record_of(content[position:end].encode("utf-8", "replace"))
            if record is not None:
                yield record
        position = end


def _next_line(content: str, position: int) -> int:
    end = content.find("\n", position)
    return len(content) if end < 0 else end


def _steps(record: Record) -> Iterator[Step]:
    prompt = prompt_content(record)
    if prompt is not None:
        yield Step(StepKind.PROMPT, "Prompt", prompt.text)
    elif record.type == "gemini":
        yield from _thoughts(record)
        answer = message_text(record.content)
        if answer:
            yield Step(StepKind.ANSWER, text(record.model), answer)
        for call in calls_of(record.tool_calls):
            yield from _call(call)
    elif text(record.type) in NOTICES:
        yield Step(StepKind.NOTICE, text(record.type), message_text(record.content))


def _thoughts(record: Record) -> Iterator[Step]:
    thoughts = plain(record.thoughts)
    for thought in thoughts if isinstance(thoughts, list) else []:
        if isinstance(thought, dict):
            yield Step(
                StepKind.THINKING, text(thought.get("subject")), text(thought.get("description"))
            )


def _call(call: Call) -> Iterator[Step]:
    name = text(call.name)
    diff = text(part_of(call.result_display, Display).file_diff)
    if name in EDIT_TOOLS and diff:
        yield Step(StepKind.EDIT, argument(call, "file_path"), diff)
        return
    arguments = plain(call.args)
    shown = json.dumps(arguments, ensure_ascii=False, indent=1) if arguments else ""
    yield Step(StepKind.CALL, name, text(shown))
    answer = answer_of(call)
    if answer:
        yield Step(StepKind.RESULT, name, answer)
