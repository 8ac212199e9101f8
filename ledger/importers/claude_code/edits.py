"""Reads the changes to files that Claude Code proposed, and joins each with what became of it.

Line counts come from the result's own diff, from the call's texts only where no diff was recorded,
and are told once, with the outcome: what an open call will change is not known yet.
"""

from collections import Counter
from typing import NamedTuple

from msgspec import Raw, Struct

from ledger.core.parts import Batch, EditPart
from ledger.core.vocabulary import Outcome
from ledger.importers.base import Line
from ledger.importers.claude_code.decisions import Verdict, verdict_of
from ledger.importers.claude_code.identity import call_id
from ledger.importers.claude_code.records import Block, Row, begins, part_of
from ledger.importers.claude_code.state import ReaderState
from ledger.importers.fields import text

EDITING_TOOLS = frozenset({"Edit", "MultiEdit", "Write", "NotebookEdit"})
MOST_OPEN_CALLS = 64  # open calls kept between two stretches; more are never open at once


class Replacement(Struct, gc=False):
    """One old text and what takes its place."""

    old_string: str | None = None
    new_string: str | None = None


class EditInput(Struct, gc=False):
    """The input of any editing tool."""

    file_path: str | None = None
    notebook_path: str | None = None
    old_string: str | None = None
    new_string: str | None = None
    content: str | None = None
    new_source: str | None = None
    edits: list[Replacement] | None = None

    @property
    def path(self) -> str:
        """The file to change."""
        return text(self.file_path or self.notebook_path)

    def replacements(self) -> list[tuple[str, str]]:
        """Return each old text with the new one."""
        if self.edits is not None:
            return [(text(edit.old_string), text(edit.new_string)) for edit in self.edits]
        new = self.new_string or self.content or self.new_source
        return [(text(self.old_string), text(new))]


class Hunk(Struct, gc=False, rename="camel"):
    """One stretch of a unified diff."""

    old_start: int = 0
    old_lines: int = 0
    new_start: int = 0
    new_lines: int = 0
    lines: list[str] | None = None


class EditResult(Struct, gc=False, rename="camel"):
    """`toolUseResult` of an editing tool that did its work."""

    file_path: str | None = None
    structured_patch: list[Hunk] | None = None
    user_modified: bool | None = None
    error: str | None = None  # of notebooks: a failure in spite of a result


class Lines(NamedTuple):
    """How many lines came and went."""

    added: int
    removed: int


def edit_input_in(raw: Raw) -> EditInput:
    """Return the input of an editing call."""
    return part_of(raw, EditInput)


def lines_proposed(call: EditInput) -> Lines:
    """Count the lines that differ between old and new; lines quoted as context do not count.

    A line that only moved counts neither way: the exact diff is in the result where there is one.
    """
    added = removed = 0
    for old, new in call.replacements():
        before, after = Counter(lines_of(old)), Counter(lines_of(new))
        added += (after - before).total()
        removed += (before - after).total()
    return Lines(added, removed)


def lines_of(content: str) -> list[str]:
    """Return the lines of a text; a newline at its end begins no further line."""
    lines = content.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def edit_result_in(row: Row) -> EditResult | None:
    """Return the structured result in a row; None when it has none."""
    return part_of(row.tool_use_result, EditResult) if begins(row.tool_use_result, b"{") else None


def changed_file(row: Row) -> bool:
    """Whether a result is an editing tool's by its own structure, not by words inside a file."""
    if b'"structuredPatch"' not in bytes(row.tool_use_result):
        return False
    done = edit_result_in(row)
    return done is not None and done.structured_patch is not None


def lines_applied(done: EditResult | None) -> Lines | None:
    """Count the lines of the diff the tool recorded; None when it recorded none."""
    if done is None or not done.structured_patch:
        return None
    signs = Counter(line[0] for hunk in done.structured_patch for line in hunk.lines or () if line)
    return Lines(signs["+"], signs["-"])


def verdict_on(row: Row, result: Block, done: EditResult | None) -> Verdict:
    """Say what became of a call and who decided it, from the structure of its result's row."""
    failed, changed = (bool(done.error), bool(done.user_modified)) if done else (False, False)
    return verdict_of(row, result, failed=failed, changed=changed)


def outcome_of(row: Row, result: Block, done: EditResult | None) -> Outcome:
    """Say what became of a call, from the structure of its result's row."""
    return verdict_on(row, result, done).outcome


class Spot(NamedTuple):
    """Whose change it is, and when."""

    session: int
    interaction: int | None
    anchor_ms: int
    time_ms: int


class Edits:
    """The edits of one stretch; those still open at its end stay in the state."""

    def __init__(self, state: ReaderState, batch: Batch) -> None:
        self._state = state
        self._edits = batch.edits
        self._proposed: dict[str, EditInput] = {}  # calls of this stretch, not yet counted

    def call(self, row: Row, blocks: list[Block], spot: Spot, line: Line) -> None:
        """Note the edits that an assistant's row proposes."""
        for block in blocks:
            if block.type == "tool_use" and block.name in EDITING_TOOLS and block.id:
                proposed = self._proposed[block.id] = edit_input_in(block.input)
                part = self._part(block.id, row, spot, proposed.path)
                self._state.calls[block.id] = part._replace(offset=line[0], length=len(line[1]))

    def settle(self, blocks: list[Block], row: Row, spot: Spot) -> None:
        """Add the edits whose results stand in a user's row."""
        for block in blocks:
            if block.type == "tool_result" and block.tool_use_id:
                part = self._state.calls.pop(block.tool_use_id, None)
                if part is None and changed_file(row):
                    part = self._part(
                        block.tool_use_id, row, spot
                    )  # the call's row was not readable
                if part:
                    self._edits.append(self._settled(part, block, row))

    def finish(self) -> None:
        """Add the calls of this stretch that are still open, and remember what they propose."""
        calls = self._state.calls
        for key, proposed in self._proposed.items():
            if key in calls:
                self._edits.append(calls[key])
                added, removed = lines_proposed(proposed)
                calls[key] = calls[key]._replace(added=added, removed=removed)
        self._state.calls = dict(list(calls.items())[-MOST_OPEN_CALLS:])

    def _settled(self, part: EditPart, block: Block, row: Row) -> EditPart:
        done = edit_result_in(row)
        lines = lines_applied(done)
        proposed = self._proposed.pop(block.tool_use_id or "", None)
        if lines is None and proposed is not None:
            lines = lines_proposed(proposed)
        added, removed = lines or (part.added, part.removed)
        outcome, decided_by = verdict_on(row, block, done)
        return part._replace(
            path=part.path or (text(done.file_path) if done else ""),
            added=added,
            removed=removed,
            outcome=outcome,
            decided_by=decided_by,
            human_changed=bool(done and done.user_modified),
        )

    def _part(self, call: str, row: Row, spot: Spot, path: str = "") -> EditPart:
        return EditPart(
            id=call_id(self._state.key, call, row),
            session=spot.session,
            interaction=spot.interaction,
            anchor_ms=spot.anchor_ms,
            time_ms=spot.time_ms,
            path=path,
            added=0,
            removed=0,
            outcome=Outcome.PENDING,
            human_changed=False,
            offset=-1,
            length=0,
        )
