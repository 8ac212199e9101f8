"""Follows the changes to files that Codex proposes from their calls to their results."""

from ledger.core.ids import is_universal
from ledger.core.parts import Batch, EditPart
from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.codex.deciders import decider_of
from ledger.importers.codex.patch import (
    BEGIN,
    CALLS,
    FileChange,
    changes_of_call,
    changes_of_result,
    is_stopped_by_hook,
    outcome_of_event,
    outcome_of_output,
    outcome_of_status,
)
from ledger.importers.codex.records import Payload, mapping, text_of, value
from ledger.importers.codex.state import OPEN_CALLS, ReaderState
from ledger.importers.fields import text

_BEGIN = BEGIN.encode()
_OUTPUTS = frozenset({"custom_tool_call_output", "function_call_output"})
_NOWHERE = (-1, 0)  # offset and length of a change whose line was seen before


class Edits:
    """Adds an edit part per file for a call, and again for its result."""

    def __init__(self, state: ReaderState, batch: Batch) -> None:
        self.state, self.batch = state, batch

    def call(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a tool call or its output."""
        if payload.type in CALLS and _BEGIN in line:
            self._propose(payload, offset, len(line))
        elif payload.type in _OUTPUTS and payload.call_id in self.state.calls:
            by = Decider.HOOK if is_stopped_by_hook(payload) else None
            self._settle(payload.call_id, outcome_of_output(payload), by)

    def event(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a `patch_apply_end` event, or the abort of the turn."""
        if payload.type == "patch_apply_end" and payload.call_id:
            changes = changes_of_result(value(payload.changes), self.state.directory)
            outcome = outcome_of_event(payload)
            self._result(payload.call_id, changes, outcome, offset, len(line))
        elif payload.type == "turn_aborted":
            by = decider_of(self.state, Outcome.INTERRUPTED, "", text_of(payload.reason))
            for call_id in list(self.state.calls):
                self._settle(call_id, Outcome.INTERRUPTED, by)

    def item(self, payload: Payload, offset: int, line: bytes) -> None:
        """Take a completed `FileChange`."""
        item = mapping(value(payload.item))
        call_id = text(item.get("id"))
        if call_id:
            changes = changes_of_result(item.get("changes"), self.state.directory)
            status, stderr = text(item.get("status")), text(item.get("stderr"))
            outcome = outcome_of_status(status, item.get("success"), stderr)
            self._result(call_id, changes, outcome, offset, len(line))

    def _propose(self, payload: Payload, offset: int, length: int) -> None:
        calls = self.state.calls
        changes = changes_of_call(payload, self.state.directory)
        if not changes:
            return
        for change in changes:
            self._add(payload.call_id, change, Outcome.PENDING, Decider.UNKNOWN, (offset, length))
        calls[payload.call_id] = [change.path for change in changes]
        while len(calls) > OPEN_CALLS:
            del calls[next(iter(calls))]

    def _settle(self, call_id: str, outcome: Outcome, by: Decider | None = None) -> None:
        """Say what became of an open call's changes, which its result does not list."""
        for path in self.state.calls.pop(call_id):
            if outcome is not Outcome.PENDING:
                decider = decider_of(self.state, outcome, path) if by is None else by
                self._add(call_id, FileChange(path, 0, 0, ""), outcome, decider, _NOWHERE)

    def _result(
        self, call_id: str, changes: list[FileChange], outcome: Outcome, offset: int, length: int
    ) -> None:
        proposed = self.state.calls.get(call_id, [])
        for change in changes:
            place = _NOWHERE if change.path in proposed else (offset, length)
            decider = decider_of(self.state, outcome, change.path)
            self._add(call_id, change, outcome, decider, place)
        listed = {change.path for change in changes}
        if outcome is not Outcome.PENDING and call_id in self.state.calls:
            self.state.calls[call_id] = [path for path in proposed if path not in listed]
            self._settle(call_id, outcome)

    def _id(self, call_id: str, path: str) -> int:
        """Return the id of a change; some providers name the calls of every turn alike."""
        state = self.state
        if is_universal(call_id) or not state.turn:
            return state.ids.of(call_id, path)
        return state.of_turn(state.turn, call_id, path)

    def _add(
        self,
        call_id: str,
        change: FileChange,
        outcome: Outcome,
        by: Decider,
        place: tuple[int, int],
    ) -> None:
        state = self.state
        if outcome is Outcome.REJECTED and by is not Decider.PERSON:
            outcome = Outcome.BLOCKED  # whoever declined it was no person
        part = EditPart(
            id=self._id(call_id, change.path),
            session=state.session,
            interaction=state.interaction,
            anchor_ms=state.started_ms if state.is_agent else state.time_ms,
            time_ms=state.time_ms,
            path=change.path,
            added=change.added,
            removed=change.removed,
            outcome=outcome,
            human_changed=False,
            offset=place[0],
            length=place[1],
            decided_by=by,
        )
        self.batch.edits.append(part)
