"""Tells what happened in one Claude Code interaction as acts, and what became of it afterwards."""

from collections.abc import Iterable, Iterator

from msgspec import Raw, Struct

from ledger.core.evidence import Act, ActKind
from ledger.core.vocabulary import Outcome
from ledger.importers.claude_code.edits import (
    EDITING_TOOLS,
    edit_input_in,
    edit_result_in,
    outcome_of,
)
from ledger.importers.claude_code.file_contents import change_of, change_proposed
from ledger.importers.claude_code.file_history import files_in
from ledger.importers.claude_code.prompts import prompt_text
from ledger.importers.claude_code.records import (
    INTERRUPTED,
    Block,
    Row,
    joined,
    part_of,
    read_row,
    text_of,
)
from ledger.importers.commands import kind_of_command
from ledger.importers.fields import milliseconds, text
from ledger.importers.splitting import records_in

PROMPTS_AFTER = 3  # a hand edit is told with one of the next prompts
_FEEDBACK = "the user said:\n"
_KINDS = {
    "Read": ActKind.READ,
    "NotebookRead": ActKind.READ,
    "LS": ActKind.SEARCH,
    "Grep": ActKind.SEARCH,
    "Glob": ActKind.SEARCH,
    "WebFetch": ActKind.WEB,
    "WebSearch": ActKind.WEB,
    "TodoWrite": ActKind.PLAN,
    "EnterPlanMode": ActKind.PLAN,
    "ExitPlanMode": ActKind.PLAN,
    "TaskCreate": ActKind.PLAN,
    "TaskUpdate": ActKind.PLAN,
    "Task": ActKind.DELEGATE,
    "Agent": ActKind.DELEGATE,
    "AskUserQuestion": ActKind.ASK,
    **dict.fromkeys(EDITING_TOOLS, ActKind.EDIT),
}


class CallArguments(Struct, gc=False):
    """What a call was given, of any tool."""

    command: str | None = None
    file_path: str | None = None
    notebook_path: str | None = None
    path: str | None = None
    pattern: str | None = None
    description: str | None = None


class DelegationResult(Struct, gc=False, rename="camel"):
    """`toolUseResult` of a call that sent a sub-agent."""

    agent_id: str | None = None


class ChangeNotice(Struct, gc=False):
    """An attachment that says that somebody changed a file."""

    type: str | None = None
    filename: str | None = None


class ActFields(Struct, gc=False, rename="camel"):
    """Fields of a row that only these acts need."""

    parent_uuid: str | None = None
    user_feedback: str | None = None


def acts_of(lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
    """Return what happened in the lines; of those `after`, only what became of it."""
    collector = _ActCollector()
    for row, data in _rows(lines):
        collector.take(row, data)
    yield from collector.acts
    yield from _Aftermath(collector).read(after)


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[Row | None, bytes]]:
    """Yield rows with their bytes; None for what could not be read."""
    for line in lines:
        for (_, data), row in records_in(read_row, (0, line)):
            yield (None if isinstance(row, str) else row), data


class _ActCollector:
    """Collects acts; a result completes the act of its call."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.uuids: set[str] = set()
        self.edited: dict[str, int] = {}  # paths of applied edits, and when they were applied
        self.is_whole = True  # every line could be read
        self._is_main = False
        self._time_ms = 0
        self._calls: dict[str, tuple[int, Block]] = {}
        self._spoken: dict[str, list[int]] = {}  # response -> where its texts stand

    def take(self, row: Row | None, line: bytes) -> None:
        """Add what a line says; None stands for a row that could not be read."""
        if row is None:
            self.is_whole = False
            return
        self._time_ms = milliseconds(row.timestamp) or self._time_ms
        if row.uuid:
            self.uuids.add(row.uuid)
        # A sub-agent's log is all side chain; in a session's own log it is somebody else's work.
        self._is_main = self._is_main or row.is_sidechain is False
        if not (row.is_sidechain and self._is_main) and not row.is_meta:
            self._tell(row, line)

    def _tell(self, row: Row, line: bytes) -> None:
        prompt = prompt_text(row)
        if prompt:
            is_first = not any(act.kind is ActKind.PROMPT for act in self.acts)
            self._add(ActKind.PROMPT if is_first else ActKind.OTHER, "", prompt)
        elif row.type == "attachment":
            path = path_of_notice(row)
            if path in self.edited:
                self._add(ActKind.HAND_EDIT, "", path)
        elif row.type == "assistant":
            self._answer(row)
        elif row.type == "user":
            self._results(row, line)

    def _add(self, kind: ActKind, name: str, content: str) -> None:
        self.acts.append(Act(kind, self._time_ms, name, content))

    def _answer(self, row: Row) -> None:
        message = row.message
        if message is None or row.is_api_error_message:
            return
        if isinstance(message.content, str):
            self._say(message.id or "", text(message.content))
            return
        for block in message.content or ():
            if block.type == "text":
                self._say(message.id or "", text_of(block.text))
            elif block.type in ("tool_use", "server_tool_use"):
                self._call(block)

    def _say(self, response: str, answer: str) -> None:
        """Add a text; a streamed response may repeat or lengthen one it has said before."""
        if not answer.strip():
            return
        spoken = self._spoken.setdefault(response, [])
        for place in spoken if response else ():
            if answer.startswith(self.acts[place].words):
                self.acts[place] = self.acts[place]._replace(words=answer)
                return
        spoken.append(len(self.acts))
        self._add(ActKind.ANSWER, "", answer)

    def _call(self, block: Block) -> None:
        if block.id and block.id in self._calls:
            return  # streamed or resumed: written twice
        if block.id:
            self._calls[block.id] = (len(self.acts), block)
        name = text(block.name)
        arguments = part_of(block.input, CallArguments)
        kind = _KINDS.get(name, ActKind.OTHER)
        target = text(
            arguments.file_path or arguments.notebook_path or arguments.path or arguments.pattern
        )
        if name == "Bash":
            target = text(arguments.command)
            kind = kind_of_command(target)
        elif kind is ActKind.DELEGATE:
            target = ""
        self._add(kind, name, target)
        if kind is ActKind.EDIT:
            change = change_proposed(edit_input_in(block.input))
            self.acts[-1] = self.acts[-1]._replace(words=change.path, edit=change)

    def _results(self, row: Row, line: bytes) -> None:
        content = row.message.content if row.message else None
        blocks = content if isinstance(content, list) else []
        for block in blocks:
            if block.type == "tool_result":
                self._settle(row, block, line)
        texts = [content] if isinstance(content, str) else [joined([block]) for block in blocks]
        if any(text(piece).startswith(INTERRUPTED) for piece in texts):
            self._add(ActKind.INTERRUPTION, "", "")

    def _settle(self, row: Row, block: Block, line: bytes) -> None:
        place, call = self._calls.pop(block.tool_use_id or "", (-1, block))
        if place < 0:
            return
        act, outcome = self.acts[place], outcome_of(row, block, edit_result_in(row))
        if act.kind is ActKind.EDIT:
            change = change_of(edit_input_in(call.input), row, outcome)
            if outcome is Outcome.APPLIED:
                self.edited[change.path] = self._time_ms
            act = act._replace(edit=change)
        elif act.kind is ActKind.DELEGATE:
            act = act._replace(words=text(part_of(row.tool_use_result, DelegationResult).agent_id))
        self.acts[place] = act._replace(failed=outcome is Outcome.FAILED)
        if outcome is Outcome.REJECTED:
            self._add(ActKind.REFUSAL, act.name, _feedback(block, line))
        elif outcome is Outcome.INTERRUPTED and text_of(block.content).startswith(INTERRUPTED):
            self._add(ActKind.INTERRUPTION, "", "")


class _Aftermath:
    """Reads the lines after an interaction for what became of it."""

    def __init__(self, own: _ActCollector) -> None:
        self._own, self._later = own, _ActCollector()
        self._open = dict(own.edited)  # not changed again by the model so far
        self._prompts = 0
        self._left = False  # the conversation went on from before it

    def read(self, lines: Iterable[bytes]) -> Iterator[Act]:
        """Return hand edits of what was edited, and what took it back.

        Leaving a conversation and taking its files back are two things: either can be done alone.
        """
        for row, data in _rows(lines):
            self._later.take(row, data)
            if row is None:
                continue
            for path in self._later.edited:
                self._open.pop(path, None)
            if row.type == "file-history-snapshot":
                yield from self._put_back(row, data)
            path = path_of_notice(row)
            if path in self._open and not self._left:
                del self._open[path]
                yield self._act(ActKind.HAND_EDIT, row, path)
            if self._is_prompt(row):
                if self._left:
                    return
                self._left = self._leaves_out(data)
                if self._left:
                    yield self._act(ActKind.REWIND, row, "")
                self._prompts += 1
                if self._prompts > PROMPTS_AFTER:
                    return

    def _put_back(self, row: Row, line: bytes) -> Iterator[Act]:
        """Yield the files that a snapshot shows as they were before, or gone."""
        if not self._open:
            return
        for then in files_in(line, min(self._open.values())):
            path = next((path for path in self._open if then.is_at(path)), "")
            if not path or not then.is_put_back(self._open[path]):
                continue
            if then.is_gone and self._has_run(path):
                continue  # the model itself may have removed it
            del self._open[path]
            yield self._act(ActKind.RESTORE, row, path)

    def _has_run(self, path: str) -> bool:
        """Whether the model ran a command that names the file."""
        name = path.replace("\\", "/").rpartition("/")[2]
        acts = (*self._own.acts, *self._later.acts)
        return any(act.kind is ActKind.RUN and name in act.words for act in acts)

    def _act(self, kind: ActKind, row: Row, path: str) -> Act:
        return Act(kind, milliseconds(row.timestamp) or 0, "", path)

    def _is_prompt(self, row: Row) -> bool:
        return row.type == "user" and not row.is_sidechain and bool(prompt_text(row))

    def _leaves_out(self, line: bytes) -> bool:
        """Whether a prompt goes on from before this interaction: the person went back."""
        parent = part_of_line(line).parent_uuid
        if not parent or not (self._own.is_whole and self._later.is_whole and self._own.uuids):
            return False
        return parent not in self._own.uuids and parent not in self._later.uuids


def path_of_notice(row: Row) -> str:
    """Return the file that an attachment says was changed by somebody else; "" if none."""
    if row.type != "attachment" or b'"edited_text_file"' not in bytes(row.attachment):
        return ""
    noticed = part_of(row.attachment, ChangeNotice)
    return text(noticed.filename) if noticed.type == "edited_text_file" else ""


def part_of_line(line: bytes) -> ActFields:
    """Return the fields of a row that figures do not need."""
    return part_of(Raw(line), ActFields)


def _feedback(block: Block, line: bytes) -> str:
    """Return what the person said with a refusal; "" if nothing."""
    feedback = text(part_of_line(line).user_feedback)
    return feedback or text_of(block.content).partition(_FEEDBACK)[2].strip()
