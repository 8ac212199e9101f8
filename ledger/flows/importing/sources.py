"""What was found where, how far it was read, and why a tool was not found."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.core.rows import FileRow, RejectedRow
from ledger.flows.importing.discovery import PlaceScan
from ledger.importers.registry import IMPORTERS
from ledger.store.store import Store

DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One place of one tool, as the Sources page shows it."""

    tool: str
    folder: str
    why: str  # what made us look there
    reason: str  # why nothing was found; "" when something was
    files: int
    size_bytes: int
    read_bytes: int
    lines: int
    rejected: int
    problems: tuple[tuple[str, str], ...]  # (path, sentence) of what could not be read
    first_ms: int | None
    last_ms: int | None
    keeps_days: int | None  # how long the tool keeps its logs; None: it never deletes them
    days_left: int | None  # until it deletes the oldest file here


def sources(scans: Iterable[PlaceScan], known: Iterable[FileRow], now_s: float) -> list[SourceRow]:
    """Join what lies on disk with what the ledger has read."""
    rows = {row.path: row for row in known}
    return [_source(scan, rows, now_s) for scan in scans]


def _source(scan: PlaceScan, rows: dict[str, FileRow], now_s: float) -> SourceRow:
    read = [rows[log.path] for log in scan.files if log.path in rows]
    firsts = [row.first_ms for row in read if row.first_ms is not None]
    lasts = [row.last_ms for row in read if row.last_ms is not None]
    keeps = IMPORTERS[scan.tool].keeps_days(scan.place)
    oldest = min((log.mtime_ns for log in scan.files), default=None)
    left = None
    if keeps is not None and oldest is not None:
        left = max(0, keeps - int((now_s - oldest / 1e9) // DAY_S))
    return SourceRow(
        tool=scan.tool,
        folder=str(scan.place.path),
        why=scan.place.why,
        reason=scan.reason,
        files=len(scan.files),
        size_bytes=sum(log.size for log in scan.files),
        read_bytes=sum(min(row.offset, row.size) for row in read),
        lines=sum(row.lines for row in read),
        rejected=sum(row.rejected for row in read),
        problems=(*scan.shut, *((row.path, row.problem) for row in read if row.problem)),
        first_ms=min(firsts, default=None),
        last_ms=max(lasts, default=None),
        keeps_days=keeps,
        days_left=left,
    )


def rejected(store: Store, folder: str = "", most: int | None = None) -> list[RejectedRow]:
    """Return the lines below a folder that could not be read; all there are, or at most so many."""
    root = os.path.join(folder, "")
    lines: list[RejectedRow] = []
    for file in store.files():
        if file.rejected and file.path.startswith(root):
            room = file.rejected if most is None else most - len(lines)
            lines += store.rejected(file.path, room)
    return lines
