"""What a file held before and after an edit of Claude Code, as far as the log says it.

The tool shows its patches with tabs turned into spaces, so texts are replaced as the tool does it,
and a patch is trusted only where every line of it is in the file.
"""

from collections.abc import Sequence

from msgspec import Struct

from ledger.core.evidence import FileChange
from ledger.core.vocabulary import Outcome
from ledger.importers.claude_code.edits import EditInput, Hunk
from ledger.importers.claude_code.records import Row, begins, part_of
from ledger.importers.fields import text


class ReplacementInput(Struct, gc=False):
    """One replacement of several, as a call gives it."""

    old_string: str | None = None
    new_string: str | None = None
    replace_all: bool | None = None


class Result(Struct, gc=False, rename="camel"):
    """`toolUseResult` of an editing tool, with the contents that figures do not need."""

    type: str | None = None
    file_path: str | None = None
    old_string: str | None = None
    new_string: str | None = None
    replace_all: bool | None = None
    edits: list[ReplacementInput] | None = None
    content: str | None = None
    original_file: str | None = None
    original_file_contents: str | None = None
    structured_patch: list[Hunk] | None = None
    user_modified: bool | None = None


Contents = tuple[str | None, str | None]  # before and after; None where the log does not say


def change_of(call: EditInput, row: Row, outcome: Outcome) -> FileChange:
    """Return a call's change with what the row of its result adds to it."""
    result = Result()
    if outcome is Outcome.APPLIED and begins(row.tool_use_result, b"{"):
        result = part_of(row.tool_use_result, Result)
    before, after = _contents(result)
    return FileChange(
        path=call.path or text(result.file_path),
        before=before,
        after=after,
        replaced=_pairs(call, result),
        outcome=outcome,
        human_changed=bool(result.user_modified),
    )


def change_proposed(call: EditInput) -> FileChange:
    """Return the change of a call that has no result."""
    pairs = tuple(call.replacements())
    return FileChange(call.path, None, None, pairs, Outcome.PENDING, human_changed=False)


def _pairs(call: EditInput, result: Result) -> tuple[tuple[str, str], ...]:
    if result.content is not None and result.structured_patch:  # a whole file was written anew
        return tuple(
            ("\n".join(_side(hunk, " -")), "\n".join(_side(hunk, " +")))
            for hunk in result.structured_patch
        )
    if result.user_modified and result.new_string is not None:
        return ((text(result.old_string), text(result.new_string)),)
    return tuple(call.replacements())


def _contents(result: Result) -> Contents:
    hunks = result.structured_patch or []
    before = result.original_file if result.original_file is not None else None
    if before is None:
        before = result.original_file_contents
    if result.content is not None:
        if before is None:
            before = "" if result.type == "create" else patched(result.content, hunks, back=True)
        return before, result.content
    if before is None:
        # An edit of nothing makes a new file.
        return ("", result.new_string) if result.old_string == "" else (None, None)
    after = _replaced(before, result)
    return before, patched(before, hunks) if after is None else after


def _replaced(before: str, result: Result) -> str | None:
    """Do as the tool did; None where a text to replace is not there."""
    edits = result.edits or [
        ReplacementInput(result.old_string, result.new_string, result.replace_all)
    ]
    after = before
    for edit in edits:
        old, new = edit.old_string, edit.new_string
        if old is None or new is None or (old not in after):
            return None
        after = after.replace(old, new) if edit.replace_all else after.replace(old, new, 1)
    return after


def patched(content: str, hunks: Sequence[Hunk], *, back: bool = False) -> str | None:
    """Return the text after a patch, or before it; None where it does not fit the text."""
    lines = content.split("\n")
    there, here = (" +", " -") if back else (" -", " +")
    for hunk in reversed(hunks):
        start = (hunk.new_start if back else hunk.old_start) - 1
        expected = _side(hunk, there)
        if start < 0 or not expected or lines[start : start + len(expected)] != expected:
            return None
        lines[start : start + len(expected)] = _side(hunk, here)
    return "\n".join(lines) if hunks else None


def _side(hunk: Hunk, signs: str) -> list[str]:
    return [line[1:] for line in hunk.lines or () if line[:1] in signs and line]
