"""Tells what happened in one Gemini CLI interaction as acts, and whether it was rewound."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from ledger.core.evidence import Act, ActKind, FileChange
from ledger.core.vocabulary import Outcome
from ledger.importers.commands import kind_of_command
from ledger.importers.fields import milliseconds, text
from ledger.importers.gemini_cli.edits import (
    EDIT_TOOLS,
    answer_of,
    argument,
    calls_of,
    change_of,
    outcome_of,
)
from ledger.importers.gemini_cli.prompts import message_text, prompt_content
from ledger.importers.gemini_cli.records import Call, Record, part_of
from ledger.importers.gemini_cli.transcript import records_in

_KINDS = {
    "read_file": ActKind.READ,
    "read_many_files": ActKind.READ,
    "glob": ActKind.SEARCH,
    "grep_search": ActKind.SEARCH,
    "search_file_content": ActKind.SEARCH,
    "list_directory": ActKind.SEARCH,
    "web_fetch": ActKind.WEB,
    "google_web_search": ActKind.WEB,
    "write_todos": ActKind.PLAN,
    "enter_plan_mode": ActKind.PLAN,
    "exit_plan_mode": ActKind.PLAN,
    "ask_user": ActKind.ASK,
    "codebase_investigator": ActKind.DELEGATE,
    "delegate_to_agent": ActKind.DELEGATE,
}
_PATHS = ("file_path", "absolute_path", "path", "dir_path", "pattern")
# The tool writes it after the command's own output; 0 may be left out.
_EXIT_CODE = re.compile(r"^Exit Code: (-?\d+|\(none\))$", re.MULTILINE)


class Shown(Struct, gc=False, rename="camel"):
    """`resultDisplay` of an edit, with the contents that figures do not need."""

    original_content: Any = None
    new_content: Any = None
    is_new_file: Any = None


def acts_of(data: bytes, after: Iterable[bytes] = ()) -> Iterator[Act]:
    """Return what the messages in the bytes tell; of `after`, only whether they were rewound."""
    messages: dict[str, Record] = {}
    for record in records_in(data):
        if isinstance(record.id, str):
            messages[record.id] = record
    for record in messages.values():
        yield from _acts(record)
    yield from _rewound(after, set(messages))


def _acts(record: Record) -> Iterator[Act]:
    time_ms = milliseconds(record.timestamp) or 0
    prompt = prompt_content(record)
    if prompt is not None:
        yield Act(ActKind.PROMPT, time_ms, "", prompt.text)
    elif record.type == "gemini":
        answer = message_text(record.content)
        if answer:
            yield Act(ActKind.ANSWER, time_ms, "", answer)
        for call in calls_of(record.tool_calls):
            yield from _called(call, time_ms)


def _called(call: Call, time_ms: int) -> Iterator[Act]:
    name, outcome = text(call.name), outcome_of(call)
    moment = milliseconds(call.timestamp) or time_ms
    if name in EDIT_TOOLS:
        edit = _edit(call, outcome)
        act = Act(ActKind.EDIT, moment, name, edit.path, edit=edit)
    elif name == "run_shell_command":
        command = argument(call, "command")
        failed = outcome is Outcome.APPLIED and _exit_code(call) not in (None, 0)
        act = Act(kind_of_command(command), moment, name, command, failed=failed)
    elif text(call.agent_id):
        act = Act(ActKind.DELEGATE, moment, name, text(call.agent_id))
    else:
        target = next((path for key in _PATHS if (path := argument(call, key))), "")
        act = Act(_KINDS.get(name, ActKind.OTHER), moment, name, target)
    yield act._replace(failed=act.failed or outcome is Outcome.FAILED)
    if outcome is Outcome.REJECTED:
        yield Act(ActKind.REFUSAL, moment, name, "")
    elif outcome is Outcome.INTERRUPTED:
        yield Act(ActKind.INTERRUPTION, moment, "", "")


def _exit_code(call: Call) -> int | None:
    """Return what a command ended with; the last such line is the tool's, others are output."""
    codes = _EXIT_CODE.findall(answer_of(call))
    return int(codes[-1]) if codes and codes[-1] != "(none)" else None


def _edit(call: Call, outcome: Outcome) -> FileChange:
    change = change_of(call, 0)
    shown = part_of(call.result_display, Shown)
    before = after = None
    if outcome is Outcome.APPLIED and isinstance(shown.new_content, str):
        after = text(shown.new_content)
        before = text(shown.original_content) if shown.original_content is not None else None
        before = "" if shown.is_new_file is True else before
    new = argument(call, "content") or argument(call, "new_string")
    return FileChange(
        path=change.path if change else argument(call, "file_path"),
        before=before,
        after=after,
        replaced=((argument(call, "old_string"), new),),
        outcome=outcome,
        human_changed=bool(change and change.human_changed),
    )


def _rewound(lines: Iterable[bytes], own: set[str]) -> Iterator[Act]:
    """Yield the rewind that took the interaction back: to one of its messages, or to before it."""
    later: set[str] = set()
    time_ms = 0
    for record in records_in(b"\n".join(lines)):
        if isinstance(record.id, str):
            later.add(record.id)
            time_ms = milliseconds(record.timestamp) or time_ms
        elif isinstance(record.rewind_to, str) and record.rewind_to not in later - own:
            yield Act(ActKind.REWIND, time_ms, "", "")
            return
