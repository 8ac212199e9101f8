"""Tells one Claude Code interaction step by step, for reading; nothing here is counted."""

from collections.abc import Iterable, Iterator

import msgspec

from ledger.core.vocabulary import Outcome
from ledger.importers.base import Step, StepKind
from ledger.importers.claude_code.diffs import diff_done, diff_proposed
from ledger.importers.claude_code.edits import (
    EDITING_TOOLS,
    edit_input_in,
    edit_result_in,
    outcome_of,
)
from ledger.importers.claude_code.prompts import prompt_text
from ledger.importers.claude_code.records import (
    INTERRUPTED,
    Block,
    Message,
    Row,
    joined,
    read_row,
    text_of,
)
from ledger.importers.fields import UNREADABLE, patient, text
from ledger.importers.splitting import records_in

LONGEST_TEXT = 40_000  # characters of one step; nobody reads more of a command's output
_FATES = {
    Outcome.REJECTED: "refused",
    Outcome.BLOCKED: "blocked",
    Outcome.FAILED: "failed",
    Outcome.INTERRUPTED: "interrupted",
}


def steps_of(lines: Iterable[bytes]) -> Iterator[Step]:
    """Return what happened in the lines, in their order."""
    collector = _StepCollector()
    for line in lines:
        for _, row in records_in(read_row, (0, line)):
            if not isinstance(row, str) and not row.is_sidechain and not row.is_meta:
                collector.take(row)
    yield from collector.steps


def title_of(row: Row) -> str:
    """Return the session's title in a row, the person's or the tool's own; "" if none."""
    if row.type == "custom-title":
        return text(row.custom_title)
    return text(row.ai_title) if row.type == "ai-title" else ""


class _StepCollector:
    """Collects steps; a later row may complete an earlier step."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._spoken: dict[tuple[str, StepKind], list[int]] = {}  # where a response's texts stand
        self._calls: dict[str, tuple[str, int]] = {}  # call -> tool and where it stands
        self._titles: set[str] = set()  # of the session; written again and again

    def take(self, row: Row) -> None:
        title = title_of(row)
        if title and title not in self._titles and self.steps:
            self._titles.add(title)
            self._notice(f"The session is called “{title}”.")
        prompt = prompt_text(row)
        if prompt and self.steps:
            self._notice(f"You ran {prompt}.")  # a command that never reached the model
        elif prompt:
            self.steps.append(Step(StepKind.PROMPT, "", prompt))
        elif row.type == "assistant" and row.message:
            self._answer(row, row.message)
        elif row.type == "user" and row.message:
            self._results(row, row.message)
        elif row.type == "system" and row.subtype == "compact_boundary":
            self._notice("The conversation was compacted.")

    def _answer(self, row: Row, message: Message) -> None:
        if row.is_api_error_message:
            self._notice(joined(message.content))
        elif isinstance(message.content, str):
            self._say(message, StepKind.ANSWER, text(message.content))
        else:
            for block in message.content or ():
                self._block(message, block)

    def _block(self, message: Message, block: Block) -> None:
        if block.type == "text":
            self._say(message, StepKind.ANSWER, text_of(block.text))
        elif block.type == "thinking":
            self._say(message, StepKind.THINKING, text_of(block.thinking))
        elif block.type in ("tool_use", "server_tool_use"):
            self._call(block)

    def _say(self, message: Message, kind: StepKind, answer: str) -> None:
        """Add a text; a streamed response may repeat or lengthen one it has said before."""
        if not answer.strip():
            return
        spoken = self._spoken.setdefault((message.id or "", kind), [])
        for place in spoken if message.id else ():
            before = self.steps[place].text
            if answer.startswith(before) or before.startswith(answer):
                self.steps[place] = Step(kind, "", _cut(max(answer, before, key=len)))
                return
        spoken.append(len(self.steps))
        self.steps.append(Step(kind, "", _cut(answer)))

    def _call(self, block: Block) -> None:
        name = text(block.name) or "tool"
        if block.id in self._calls:
            return
        self._calls[block.id or ""] = (name, len(self.steps))
        if name in EDITING_TOOLS:
            call = edit_input_in(block.input)
            self.steps.append(Step(StepKind.EDIT, call.path, _cut(diff_proposed(call))))
        else:
            self.steps.append(Step(StepKind.CALL, name, _cut(_arguments(bytes(block.input)))))

    def _results(self, row: Row, message: Message) -> None:
        for block in message.content if isinstance(message.content, list) else ():
            if block.type == "tool_result":
                self._result(row, block)
        if joined(message.content).startswith(INTERRUPTED):
            self._notice("You interrupted it here.")

    def _result(self, row: Row, block: Block) -> None:
        name, place = self._calls.get(block.tool_use_id or "", ("", -1))
        output = text_of(block.content)
        if name not in EDITING_TOOLS:
            self.steps.append(Step(StepKind.RESULT, name, _cut(output)))
            return
        done, edit = edit_result_in(row), self.steps[place]
        fate = _FATES.get(outcome_of(row, block, done), "")
        if fate:
            self.steps[place] = edit._replace(title=f"{edit.title} ({fate})")
            self.steps.append(Step(StepKind.RESULT, name, _cut(output)))
            return
        changed = " (you changed it first)" if done and done.user_modified else ""
        diff = _cut(diff_done(done)) or edit.text
        self.steps[place] = Step(StepKind.EDIT, edit.title + changed, diff)

    def _notice(self, notice: str) -> None:
        if notice:
            self.steps.append(Step(StepKind.NOTICE, "", _cut(notice)))


def _arguments(raw: bytes) -> str:
    """Return a call's arguments: the only one bare, several as “name: value” lines."""
    try:
        value = msgspec.json.decode(raw)
    except UNREADABLE:
        value = patient(raw)
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("command"), str):
        return text(value["command"])
    return "\n".join(f"{text(name)}: {_shown(item)}" for name, item in value.items())


def _shown(value: object) -> str:
    return text(value) if isinstance(value, str) else msgspec.json.encode(value).decode()


def _cut(content: str) -> str:
    if len(content) <= LONGEST_TEXT:
        return content
    return f"{content[:LONGEST_TEXT]}\n… and {len(content) - LONGEST_TEXT:,} more characters"
