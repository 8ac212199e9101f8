"""Reads the changes to files that Claude Code proposed, and what became of each."""

from collections import Counter
from typing import NamedTuple

from msgspec import Raw, Struct

from ledger.core.words import Outcome
from ledger.importers.claude_code.rows import Block, Row, begins, part_of, words_of
from ledger.importers.fields import text

EDITING_TOOLS = frozenset({"Edit", "MultiEdit", "Write", "NotebookEdit"})

_DENIALS = {  # `toolDenialKind`, written since about 2.1.205
    "user-rejected": Outcome.REJECTED,
    "permission-rule": Outcome.BLOCKED,
    "automode-blocked": Outcome.BLOCKED,
    "automode-unavailable": Outcome.BLOCKED,
    "interrupted": Outcome.INTERRUPTED,
    "cancelled": Outcome.INTERRUPTED,
}
_ERRORS = (  # how the whole text of a failed result begins, in every version
    ("The user doesn't want to proceed with this tool use.", Outcome.REJECTED),
    # Another call of the same turn was refused; about this one the person said nothing.
    ("The user doesn't want to take this action right now.", Outcome.INTERRUPTED),
    ("[Request interrupted by user", Outcome.INTERRUPTED),
    ("Claude requested permissions", Outcome.BLOCKED),
    ("Permission to use", Outcome.BLOCKED),
    ("PreToolUse:", Outcome.BLOCKED),
)


class Replacement(Struct, gc=False):
    """One old text and what takes its place."""

    old_string: str | None = None
    new_string: str | None = None


class Proposed(Struct, gc=False):
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
            return [(text(one.old_string), text(one.new_string)) for one in self.edits]
        new = self.new_string or self.content or self.new_source
        return [(text(self.old_string), text(new))]


class Hunk(Struct, gc=False, rename="camel"):
    """One stretch of a unified diff."""

    old_start: int = 0
    old_lines: int = 0
    new_start: int = 0
    new_lines: int = 0
    lines: list[str] | None = None


class Done(Struct, gc=False, rename="camel"):
    """`toolUseResult` of an editing tool that did its work."""

    file_path: str | None = None
    structured_patch: list[Hunk] | None = None
    user_modified: bool | None = None
    error: str | None = None  # of notebooks: a failure in spite of a result


class Lines(NamedTuple):
    """How many lines came and went."""

    added: int
    removed: int


def proposed_in(raw: Raw) -> Proposed:
    """Return the input of an editing call."""
    return part_of(raw, Proposed)


def lines_proposed(call: Proposed) -> Lines:
    """Count the lines that differ between old and new; lines quoted as context do not count.

    A line that only moved counts neither way: the exact diff is in the result where there is one.
    """
    added = removed = 0
    for old, new in call.replacements():
        before, after = Counter(lines_of(old)), Counter(lines_of(new))
        added += (after - before).total()
        removed += (before - after).total()
    return Lines(added, removed)


def lines_of(words: str) -> list[str]:
    """Return the lines of a text; a newline at its end begins no further line."""
    lines = words.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def done_in(row: Row) -> Done | None:
    """Return the structured result in a row; None when it has none."""
    return part_of(row.tool_use_result, Done) if begins(row.tool_use_result, b"{") else None


def changed_file(row: Row) -> bool:
    """Whether a result is an editing tool's by its own structure, not by words inside a file."""
    if b'"structuredPatch"' not in bytes(row.tool_use_result):
        return False
    done = done_in(row)
    return done is not None and done.structured_patch is not None


def lines_done(done: Done | None) -> Lines | None:
    """Count the lines of the diff the tool recorded; None when it recorded none."""
    if done is None or not done.structured_patch:
        return None
    signs = Counter(line[0] for hunk in done.structured_patch for line in hunk.lines or () if line)
    return Lines(signs["+"], signs["-"])


def outcome_of(row: Row, result: Block, done: Done | None) -> Outcome:
    """Say what became of a call, from the structure of its result's row."""
    if row.tool_denial_kind in _DENIALS:
        return _DENIALS[row.tool_denial_kind]
    refused = result.is_error or (done and done.error) or begins(row.tool_use_result, b'"Error')
    if not refused:
        return Outcome.APPLIED
    words = words_of(result.content).removeprefix("Error: ")
    return next((out for start, out in _ERRORS if words.startswith(start)), Outcome.FAILED)
