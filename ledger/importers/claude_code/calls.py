"""Joins the calls of editing tools with their results, across stretches of a file.

Line counts come from the result's own diff, from the call's texts only where no diff was recorded,
and are told once, with the outcome: what an open call will change is not known yet.
"""

from typing import NamedTuple

from ledger.core.ids import content_id
from ledger.core.parts import Batch, EditPart
from ledger.core.words import Outcome
from ledger.importers.base import Line
from ledger.importers.claude_code.edits import (
    EDITING_TOOLS,
    Proposed,
    changed_file,
    done_in,
    lines_done,
    lines_proposed,
    outcome_of,
    proposed_in,
)
from ledger.importers.claude_code.memory import Memory
from ledger.importers.claude_code.rows import Block, Row
from ledger.importers.fields import text

REMEMBERED = 64  # open calls kept between two stretches; more are never open at once


class Spot(NamedTuple):
    """Whose change it is, and when."""

    session: int
    interaction: int | None
    anchor_ms: int
    time_ms: int


class Calls:
    """The edits of one stretch; those still open at its end stay in the memory."""

    def __init__(self, memory: Memory, batch: Batch) -> None:
        self._memory = memory
        self._edits = batch.edits
        self._proposed: dict[str, Proposed] = {}  # calls of this stretch, not yet counted

    def call(self, blocks: list[Block], spot: Spot, line: Line) -> None:
        """Note the edits that an assistant's row proposes."""
        for block in blocks:
            if block.type == "tool_use" and block.name in EDITING_TOOLS and block.id:
                proposed = self._proposed[block.id] = proposed_in(block.input)
                part = _part(block.id, spot, proposed.path)
                self._memory.calls[block.id] = part._replace(offset=line[0], length=len(line[1]))

    def settle(self, blocks: list[Block], row: Row, spot: Spot) -> None:
        """Add the edits whose results stand in a user's row."""
        for block in blocks:
            if block.type == "tool_result" and block.tool_use_id:
                part = self._memory.calls.pop(block.tool_use_id, None)
                if part is None and changed_file(row):
                    part = _part(block.tool_use_id, spot)  # the call's row was not readable
                if part:
                    self._edits.append(self._settled(part, block, row))

    def finish(self) -> None:
        """Add the calls of this stretch that are still open, and remember what they propose."""
        calls = self._memory.calls
        for key, proposed in self._proposed.items():
            if key in calls:
                self._edits.append(calls[key])
                added, removed = lines_proposed(proposed)
                calls[key] = calls[key]._replace(added=added, removed=removed)
        self._memory.calls = dict(list(calls.items())[-REMEMBERED:])

    def _settled(self, part: EditPart, block: Block, row: Row) -> EditPart:
        done = done_in(row)
        lines = lines_done(done)
        proposed = self._proposed.pop(block.tool_use_id or "", None)
        if lines is None and proposed is not None:
            lines = lines_proposed(proposed)
        added, removed = lines or (part.added, part.removed)
        return part._replace(
            path=part.path or (text(done.file_path) if done else ""),
            added=added,
            removed=removed,
            outcome=outcome_of(row, block, done),
            human_changed=bool(done and done.user_modified),
        )


def _part(key: str, spot: Spot, path: str = "") -> EditPart:
    return EditPart(
        id=content_id("claude-code", key),
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
