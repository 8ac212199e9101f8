"""The trace that a change leaves in the ledger: enough to look for it later, no text."""

from collections.abc import Sequence
from typing import Final

from ledger.core.evidence import Trace
from ledger.evidence.change import change_between
from ledger.evidence.left_out import LARGEST, is_left_out, reads_generated
from ledger.evidence.notebooks import readable
from ledger.evidence.packing import pack

LONGEST_KEY: Final = 64


def trace(
    before: str | None,
    after: str | None,
    replaced: Sequence[tuple[str, str]],
    key: bytes,
    path: str,
) -> Trace:
    """Return what a change added to and took from a file.

    `before` and `after` are the whole file before the first and after the last edit of an
    interaction; where either is None, only `replaced` counts: the (old, new) texts of all its
    edits in order. A file that nobody writes by hand leaves an empty trace.
    """
    whole = before is not None and after is not None
    olds, news = _sides(before, after, replaced, path)
    size = max(sum(map(len, olds)), sum(map(len, news)))
    if is_left_out(path) or size > LARGEST or any(map(reads_generated, news)):
        return Trace(path, b"", 0, 0)
    change = change_between(olds, news, key[:LONGEST_KEY], whole=whole)
    return Trace(path, pack(change), change.added_grams.total, change.added_lines.total)


def _sides(
    before: str | None, after: str | None, replaced: Sequence[tuple[str, str]], path: str
) -> tuple[list[str], list[str]]:
    if before is not None and after is not None:
        return [readable(before, path)], [readable(after, path)]
    if after is not None and not replaced:
        return [], [readable(after, path)]
    return [old for old, _ in replaced], [new for _, new in replaced]
