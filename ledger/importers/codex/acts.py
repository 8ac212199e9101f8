"""Tells what happened in one Codex interaction as acts, and whether it was rolled back."""

import json
from collections.abc import Iterable, Iterator, Mapping

from ledger.core.evidence import Act, ActKind, FileChange
from ledger.core.vocabulary import Outcome
from ledger.importers.codex import patch
from ledger.importers.codex.prompts import is_message, is_prompt, item_type, prompt_text
from ledger.importers.codex.records import (
    Payload,
    Row,
    blocks_text,
    loose,
    mapping,
    read_row,
    text_of,
    value,
)
from ledger.importers.commands import kind_of_command
from ledger.importers.fields import milliseconds, text
from ledger.importers.splitting import records_in

_SHELLS = frozenset({"shell", "exec_command", "shell_command", "container.exec", "local_shell"})
_KINDS = {
    "update_plan": ActKind.PLAN,
    "spawn_agent": ActKind.DELEGATE,
    "request_user_input": ActKind.ASK,
    "view_image": ActKind.READ,
    "read_file": ActKind.READ,
    "list_dir": ActKind.SEARCH,
    "grep_files": ActKind.SEARCH,
    "web_search": ActKind.WEB,
}


def acts_of(lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
    """Return what happened in the lines; of those `after`, only whether it was rolled back."""
    collector = _ActCollector()
    for line in lines:
        collector.take(line)
    yield from collector.acts
    later = list(after)
    yield from _rolled_back(later)
    if collector.ordinal is not None:
        yield from _left(later, collector.ordinal)


class _ActCollector:
    """Collects acts; a result completes the acts of its call."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.ordinal: int | None = None  # of the first line
        self._time_ms = 0
        self._directory = ""
        self._prompted = False
        self._answers: set[str] = set()
        self._calls: dict[str, list[int]] = {}

    def take(self, line: bytes) -> None:
        """Add what a line says; a damaged one may hold whole records."""
        for _, row in records_in(read_row, (0, line)):
            if not isinstance(row, str) and row.payload is not None:
                self._take(row, row.payload)

    def _take(self, row: Row, payload: Payload) -> None:
        if self.ordinal is None:
            self.ordinal = row.ordinal
        self._time_ms = milliseconds(row.timestamp) or self._time_ms
        if row.type == "turn_context":
            self._directory = text_of(payload.cwd) or self._directory
        elif is_prompt(row):
            self._prompt(payload)
        elif row.type == "response_item":
            self._item(payload)
        elif row.type == "event_msg":
            self._event(payload)

    def _add(self, kind: ActKind, name: str, content: str) -> int:
        self.acts.append(Act(kind, self._time_ms, name, content))
        return len(self.acts) - 1

    def _prompt(self, payload: Payload) -> None:
        prompt = prompt_text(payload)
        if prompt and not self._prompted:
            self._prompted = True
            self._add(ActKind.PROMPT, "", prompt)

    def _answer(self, answer: str) -> None:
        if answer.strip() and answer not in self._answers:  # an event may repeat the message
            self._answers.add(answer)
            self._add(ActKind.ANSWER, "", answer)

    def _item(self, payload: Payload) -> None:
        if payload.type == "message" and payload.role == "assistant":
            self._answer(blocks_text(value(payload.content)))
        elif payload.type in patch.CALLS:
            self._call(payload)
        elif payload.type == "web_search_call":
            self._add(ActKind.WEB, "web_search", "")
        elif payload.type.endswith("_output"):
            outcome = patch.outcome_of_output(payload)
            self._settle(payload.call_id, outcome)

    def _call(self, payload: Payload) -> None:
        if payload.call_id in self._calls:
            return
        changes = patch.changes_of_call(payload, self._directory)
        name = payload.name or "local_shell"
        if changes:
            self._edits(payload.call_id, name, changes, Outcome.PENDING)
            return
        command = command_of(payload) if name in _SHELLS else ""
        kind = kind_of_command(command) if command else _KINDS.get(name, ActKind.OTHER)
        self._calls[payload.call_id] = [self._add(kind, name, command)]

    def _edits(
        self, call: str, name: str, changes: Iterable[patch.FileChange], outcome: Outcome
    ) -> None:
        places = self._calls.setdefault(call, [])
        for change in changes:
            edit = change_of(change, outcome)
            places.append(self._add(ActKind.EDIT, name, edit.path))
            self.acts[-1] = self.acts[-1]._replace(edit=edit)

    def _event(self, payload: Payload) -> None:
        if payload.type == "agent_message":
            self._answer(text_of(payload.message))
        elif payload.type == "patch_apply_end" and payload.call_id:
            changes = patch.changes_of_result(value(payload.changes), self._directory)
            self._result(payload.call_id, changes, patch.outcome_of_event(payload))
        elif payload.type == "item_completed" and item_type(payload) == "FileChange":
            item = mapping(value(payload.item))
            changes = patch.changes_of_result(item.get("changes"), self._directory)
            outcome = patch.outcome_of_status(
                text(item.get("status")), item.get("success"), text(item.get("stderr"))
            )
            self._result(text(item.get("id")), changes, outcome)
        elif payload.type == "turn_aborted" and text_of(payload.reason) in ("interrupted", ""):
            for call in list(self._calls):
                self._settle(call, Outcome.INTERRUPTED)
            self._add(ActKind.INTERRUPTION, "", "")

    def _result(self, call: str, changes: list[patch.FileChange], outcome: Outcome) -> None:
        """Put what was applied, with its whole paths, in the place of what was proposed."""
        places = [at for at in self._calls.get(call, ()) if self.acts[at].edit]
        if len(places) != len(changes):
            if not places:
                self._edits(call, "apply_patch", changes, outcome)
            self._settle(call, outcome)
            return
        ordered = sorted(changes, key=lambda change: _rank(change, places, self.acts))
        for place, change in zip(places, ordered, strict=True):
            edit = change_of(change, outcome)
            self.acts[place] = self.acts[place]._replace(words=edit.path, edit=edit)
        self._settle(call, outcome)

    def _settle(self, call: str, outcome: Outcome) -> None:
        """Say what became of a call; what is known stays known."""
        places = self._calls.get(call, ())
        for place in places:
            act = self.acts[place]
            if act.edit and act.edit.outcome is Outcome.PENDING:
                act = act._replace(edit=act.edit._replace(outcome=outcome))
            self.acts[place] = act._replace(failed=act.failed or outcome is Outcome.FAILED)
        if outcome is Outcome.REJECTED and places:
            self._add(ActKind.REFUSAL, self.acts[places[0]].name, "")
        if outcome is not Outcome.PENDING:
            self._calls[call] = []


def _rank(change: patch.FileChange, places: list[int], acts: list[Act]) -> int:
    """Return which proposed edit a listed change is: the one whose path ends alike."""
    names = (change.path, change.moved)
    for rank, place in enumerate(places):
        proposed = acts[place].words
        if proposed and any(name.endswith(proposed.lstrip("./")) for name in names if name):
            return rank
    return len(places)


def change_of(change: patch.FileChange, outcome: Outcome) -> FileChange:
    """Return a change of a patch with as much of the file as the patch holds."""
    pairs = tuple(_pairs(change.diff))
    before = after = None
    if change.form == "add" and outcome in (Outcome.APPLIED, Outcome.PENDING):
        before, after = "", "".join(new for _, new in pairs)
    elif change.form == "delete" and outcome in (Outcome.APPLIED, Outcome.PENDING):
        # A patch may delete a file without telling what was in it.
        before, after = ("".join(old for old, _ in pairs) or None), ""
    return FileChange(
        path=change.moved or change.path,
        before=before,
        after=after,
        replaced=pairs,
        outcome=outcome,
        human_changed=False,
    )


def _pairs(diff: str) -> Iterator[tuple[str, str]]:
    """Yield each hunk as the text it expects and the text it leaves."""
    old, new = list[str](), list[str]()
    for line in [*(diff.removesuffix("\n").split("\n") if diff else ()), "@@"]:
        if line.startswith("@@"):
            if old or new:
                yield _text(old), _text(new)
            old, new = [], []
        elif not line.startswith(("*** ", "\\")):
            if not line.startswith("+"):
                old.append(line[1:])
            if not line.startswith("-"):
                new.append(line[1:])


def _text(lines: list[str]) -> str:
    return "".join(line + "\n" for line in lines)


def command_of(payload: Payload) -> str:
    """Return the command line of a call; a list's last word where a shell is called."""
    arguments = value(payload.action or payload.arguments or payload.input)
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return text(arguments)
    call: Mapping[str, object] = mapping(arguments)
    command = call.get("cmd") or call.get("command")
    if not isinstance(command, list):
        return text(command)
    parts = [text(part) for part in command]
    through_shell = len(parts) == 3 and parts[1].startswith("-")
    return parts[2] if through_shell else " ".join(parts)


def _rolled_back(lines: Iterable[bytes]) -> Iterator[Act]:
    """Yield the rollback that took the interaction back: of more turns than came after it."""
    turns, last = 0, ""
    for line in lines:
        row = read_row(line)
        if isinstance(row, str) or row.payload is None:
            continue
        if is_prompt(row):
            prompt = prompt_text(row.payload)
            turns += bool(prompt) and prompt != last
            last = prompt or last
        elif not is_message(row.payload) and row.payload.type == "thread_rolled_back":
            back = _turns_back(line)
            if back > turns:
                yield Act(ActKind.REWIND, _moment(row), "", "")
                return
            turns -= back


def _left(lines: Iterable[bytes], ordinal: int) -> Iterator[Act]:
    """Yield that the conversation went on from before that place, as the head of a sequel says."""
    for line in lines:
        row = read_row(line)
        if isinstance(row, str) or row.payload is None or row.type != "session_meta":
            continue
        base = mapping(value(row.payload.history_base))
        end = base.get("end_ordinal_exclusive")
        same = text(base.get("thread_id")) == text_of(row.payload.id)
        if same and isinstance(end, int) and not isinstance(end, bool) and end <= ordinal:
            yield Act(ActKind.REWIND, _moment(row), "", "")
            return


def _moment(row: Row) -> int:
    return milliseconds(row.timestamp) or 0


def _turns_back(line: bytes) -> int:
    """Return how many turns a rollback takes back."""
    try:
        turns = mapping(mapping(loose(line)).get("payload")).get("num_turns")
    except (ValueError, RecursionError):
        return 0
    return turns if isinstance(turns, int) and not isinstance(turns, bool) else 0
