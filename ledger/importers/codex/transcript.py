"""Tells an interaction from its rollout lines as plain text, each thing said once."""

import json
from collections.abc import Iterable, Iterator

from ledger.importers.base import Step, StepKind
from ledger.importers.codex.patch import CALLS, FileChange, changes_of_call, changes_of_result
from ledger.importers.codex.prompts import is_prompt, item_type, prompt_text
from ledger.importers.codex.records import (
    Payload,
    Row,
    blocks_text,
    mapping,
    read_row,
    text_of,
    value,
)
from ledger.importers.fields import text
from ledger.importers.splitting import records_in

_CALLS = CALLS | {"web_search_call"}
_NOTICES = {
    "turn_aborted": "Interrupted",
    "context_compacted": "Context compacted",
    "thread_rolled_back": "Rolled back",
    "entered_review_mode": "Review",
}


def steps_of(lines: Iterable[bytes]) -> Iterator[Step]:
    """Yield what the lines tell, in their order."""
    records = (record for line in lines for _, record in records_in(read_row, (0, line)))
    rows = [row for row in records if not isinstance(row, str) and row.payload]
    duplicates = _Duplicates(rows)
    for row in rows:
        yield from _steps(row, duplicates)


class _Duplicates:
    """What is told twice in these lines: as an item of the conversation and as an event."""

    def __init__(self, rows: list[Row]) -> None:
        items = [row.payload for row in rows if row.type == "response_item" and row.payload]
        self.answers = {_answer(item) for item in items if item.role == "assistant"}
        self.thoughts = {_thought(item) for item in items if item.type == "reasoning"}
        self.calls = {item.call_id for item in items if item.type in _CALLS}
        self.diffs: dict[str, list[FileChange]] = {}
        self.prompts: set[str] = set()
        for payload in (row.payload for row in rows if row.type == "event_msg" and row.payload):
            call_id, changes = _result(payload)
            if changes:
                self.diffs[call_id] = changes


def _result(payload: Payload) -> tuple[str, list[FileChange]]:
    if payload.type == "patch_apply_end":
        return payload.call_id, changes_of_result(value(payload.changes), "")
    if payload.type == "item_completed" and item_type(payload) == "FileChange":
        item = mapping(value(payload.item))
        return text(item.get("id")), changes_of_result(item.get("changes"), "")
    return "", []


def _steps(row: Row, duplicates: _Duplicates) -> Iterator[Step]:
    payload = row.payload
    if payload is None:
        return
    if is_prompt(row):
        prompt = prompt_text(payload)
        if prompt and prompt not in duplicates.prompts:
            duplicates.prompts.add(prompt)
            yield Step(StepKind.PROMPT, "", prompt)
    elif row.type == "response_item":
        yield from _item(payload, duplicates)
    elif row.type == "event_msg":
        yield from _event(payload, duplicates)
    elif row.type == "compacted":
        yield Step(StepKind.NOTICE, "Context compacted", "")


def _item(payload: Payload, duplicates: _Duplicates) -> Iterator[Step]:
    if payload.type == "message" and payload.role == "assistant":
        yield from _step(StepKind.ANSWER, _answer(payload))
    elif payload.type == "reasoning":
        yield from _step(StepKind.THINKING, _thought(payload))
    elif payload.type in _CALLS:
        changes = duplicates.diffs.get(payload.call_id) or changes_of_call(payload, "")
        if changes:
            yield from _edits(changes)
        else:
            yield Step(StepKind.CALL, payload.name or payload.type, _call(payload))
    elif payload.type.endswith("_output"):
        yield from _step(StepKind.RESULT, _output(payload))


def _event(payload: Payload, duplicates: _Duplicates) -> Iterator[Step]:
    if payload.type in _NOTICES:
        title = _NOTICES[payload.type]
        hint = text_of(payload.reason) or text_of(payload.user_facing_hint)
        yield Step(StepKind.NOTICE, title, "" if hint == title.lower() else hint)
    elif payload.type == "agent_message":
        answer = text_of(payload.message)
        if answer not in duplicates.answers:
            yield from _step(StepKind.ANSWER, answer)
    elif payload.type == "agent_reasoning":
        thought = text_of(payload.text)
        if not any(thought in other for other in duplicates.thoughts):
            yield from _step(StepKind.THINKING, thought)
    elif payload.type in ("patch_apply_end", "item_completed"):
        call_id, changes = _result(payload)
        if call_id not in duplicates.calls:
            yield from _edits(changes)


def _step(kind: StepKind, content: str) -> Iterator[Step]:
    if content.strip():
        yield Step(kind, "", content)


def _edits(changes: list[FileChange]) -> Iterator[Step]:
    for change in changes:
        head = f"--- {change.path}\n+++ {change.path}\n"
        yield Step(StepKind.EDIT, change.path, head + change.diff)


def _answer(payload: Payload) -> str:
    return blocks_text(value(payload.content))


def _thought(payload: Payload) -> str:
    return blocks_text(value(payload.summary)) or blocks_text(value(payload.content))


def _call(payload: Payload) -> str:
    """Return a call's command line, or its arguments as they were logged."""
    arguments = value(payload.action or payload.arguments or payload.input)
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return text(arguments)
    call = mapping(arguments)
    command = call.get("cmd") or call.get("command")
    if isinstance(command, list):
        return " ".join(text(part) for part in command)
    return text(command) or text(json.dumps(arguments, ensure_ascii=False, indent=1))


def _output(payload: Payload) -> str:
    output = value(payload.output)
    if isinstance(output, str) and output.startswith("{"):
        try:
            output = mapping(json.loads(output)).get("output", output)
        except (ValueError, RecursionError):
            return text(output)
    if isinstance(output, dict):
        output = output.get("content", output.get("output"))
    return blocks_text(output)
