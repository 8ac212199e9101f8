"""Shows a change to a file as a unified diff, from the tool's own record or from the call."""

from collections.abc import Iterator
from difflib import unified_diff

from ledger.importers.claude_code.edits import EditInput, EditResult, Hunk, lines_of
from ledger.importers.fields import text

# Comparing takes time with the square of the length; beyond this everything is shown as replaced.
_COMPARABLE = 1_000_000


def diff_done(done: EditResult | None) -> str:
    """Return the diff the tool recorded; "" when it recorded none."""
    hunks = (done.structured_patch if done else None) or ()
    return "\n".join(line for hunk in hunks for line in _hunk(hunk))


def _hunk(hunk: Hunk) -> Iterator[str]:
    yield (
        f"@@ -{_where(hunk.old_start, hunk.old_lines)} +{_where(hunk.new_start, hunk.new_lines)} @@"
    )
    for line in hunk.lines or ():
        yield text(line)


def _where(start: int, length: int) -> str:
    return f"{start},{length}"


def diff_proposed(call: EditInput) -> str:
    """Return the diff between a call's old and new texts; where they stand is not known."""
    return "\n".join(
        line for old, new in call.replacements() for line in _replaced(lines_of(old), lines_of(new))
    )


def _replaced(old: list[str], new: list[str]) -> Iterator[str]:
    if len(old) * len(new) > _COMPARABLE:
        yield "@@"
        yield from (f"-{line}" for line in old)
        yield from (f"+{line}" for line in new)
        return
    for line in list(unified_diff(old, new, lineterm=""))[2:]:
        yield "@@" if line.startswith("@@") else line
