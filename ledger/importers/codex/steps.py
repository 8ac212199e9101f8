"""Tells an interaction from its rollout lines as plain text, each thing said once."""

import json
from collections.abc import Iterable, Iterator

from ledger.importers.base import Step, StepKind
from ledger.importers.codex.patch import FileChange, changes_of_call, changes_of_result
from ledger.importers.codex.rows import Payload, Row, blocks_text, mapping, read_row, value, words
from ledger.importers.codex.words import is_prompt, item_type, prompt_words
from ledger.importers.fields import text

_CALLS = frozenset({"custom_tool_call", "function_call", "local_shell_call", "web_search_call"})
_NOTICES = {
    "turn_aborted": "Interrupted",
    "context_compacted": "Context compacted",
    "thread_rolled_back": "Rolled back",
    "entered_review_mode": "Review",
}


def steps(lines: Iterable[bytes]) -> Iterator[Step]:
    """Yield what the lines tell, in their order."""
    rows = [row for row in map(read_row, lines) if not isinstance(row, str) and row.payload]
    seen = _Seen(rows)
    for row in rows:
        yield from _told(row, seen)


class _Seen:
    """What is told twice in these lines: as an item of the conversation and as an event."""

    def __init__(self, rows: list[Row]) -> None:
        items = [r.payload for r in rows if r.type == "response_item" and r.payload]
        self.answers = {_said(item) for item in items if item.role == "assistant"}
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


def _told(row: Row, seen: _Seen) -> Iterator[Step]:
    payload = row.payload
    if payload is None:
        return
    if is_prompt(row):
        said = prompt_words(payload)
        if said and said not in seen.prompts:
            seen.prompts.add(said)
            yield Step(StepKind.PROMPT, "", said)
    elif row.type == "response_item":
        yield from _item(payload, seen)
    elif row.type == "event_msg":
        yield from _event(payload, seen)
    elif row.type == "compacted":
        yield Step(StepKind.NOTICE, "Context compacted", "")


def _item(payload: Payload, seen: _Seen) -> Iterator[Step]:
    if payload.type == "message" and payload.role == "assistant":
        yield from _some(StepKind.ANSWER, "", _said(payload))
    elif payload.type == "reasoning":
        yield from _some(StepKind.THINKING, "", _thought(payload))
    elif payload.type in _CALLS:
        changes = seen.diffs.get(payload.call_id) or changes_of_call(payload, "")
        if changes:
            yield from _edits(changes)
        else:
            yield Step(StepKind.CALL, payload.name or payload.type, _call(payload))
    elif payload.type.endswith("_output"):
        yield from _some(StepKind.RESULT, "", _output(payload))


def _event(payload: Payload, seen: _Seen) -> Iterator[Step]:
    if payload.type in _NOTICES:
        title = _NOTICES[payload.type]
        hint = words(payload.reason) or words(payload.user_facing_hint)
        yield Step(StepKind.NOTICE, title, "" if hint == title.lower() else hint)
    elif payload.type == "agent_message":
        said = words(payload.message)
        if said not in seen.answers:
            yield from _some(StepKind.ANSWER, "", said)
    elif payload.type == "agent_reasoning":
        thought = words(payload.text)
        if not any(thought in other for other in seen.thoughts):
            yield from _some(StepKind.THINKING, "", thought)
    elif payload.type in ("patch_apply_end", "item_completed"):
        call_id, changes = _result(payload)
        if call_id not in seen.calls:
            yield from _edits(changes)


def _some(kind: StepKind, title: str, words_: str) -> Iterator[Step]:
    if words_.strip():
        yield Step(kind, title, words_)


def _edits(changes: list[FileChange]) -> Iterator[Step]:
    for change in changes:
        head = f"--- {change.path}\n+++ {change.path}\n"
        yield Step(StepKind.EDIT, change.path, head + change.diff)


def _said(payload: Payload) -> str:
    return blocks_text(value(payload.content))


def _thought(payload: Payload) -> str:
    return blocks_text(value(payload.summary)) or blocks_text(value(payload.content))


def _call(payload: Payload) -> str:
    """Return a call's command line, or its arguments as they were logged."""
    found = value(payload.action or payload.arguments or payload.input)
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            return text(found)
    call = mapping(found)
    command = call.get("cmd") or call.get("command")
    if isinstance(command, list):
        return " ".join(text(part) for part in command)
    return text(command) or text(json.dumps(found, ensure_ascii=False, indent=1))


def _output(payload: Payload) -> str:
    found = value(payload.output)
    if isinstance(found, str) and found.startswith("{"):
        try:
            found = mapping(json.loads(found)).get("output", found)
        except (ValueError, RecursionError):
            return text(found)
    if isinstance(found, dict):
        found = found.get("content", found.get("output"))
    return blocks_text(found)
