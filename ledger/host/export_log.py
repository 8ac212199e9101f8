"""Writes down what left the ledger: what, about which period, when, and which fields.

The log never leaves by itself, and deleting an exported file does not delete its line here.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

from ledger.core.errors import LedgerError
from ledger.host.paths import data_dir

EXPORT_LOG = "exports.jsonl"


class Exported(NamedTuple):
    """One file that was made: `what` and `fields` are words of the program, never of a log."""

    time_ms: int
    what: str  # such as “team card” or “review”
    period: str
    fields: tuple[str, ...]


def export_log_path() -> Path:
    """Return where the exports of this person are written down, whether or not any were."""
    return data_dir() / EXPORT_LOG


def note(export: Exported, path: Path | None = None) -> None:
    """Write an export down before its file gets its name; raises LedgerError."""
    line = json.dumps(export._asdict(), ensure_ascii=True, sort_keys=True) + "\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path or export_log_path(), flags, 0o600)
        try:
            os.write(descriptor, line.encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as problem:
        raise LedgerError(
            "The export could not be written down, so nothing was exported.",
            f"{problem.strerror}. Check the space and the permissions of the ledger's folder.",
        ) from problem


def exports(path: Path | None = None) -> tuple[Exported, ...]:
    """Return every export, oldest first; a line that a crash has halved is left out."""
    try:
        text = (path or export_log_path()).read_bytes()
    except OSError:
        return ()
    return tuple(export for line in text.splitlines() if (export := _read(line)) is not None)


def _read(line: bytes) -> Exported | None:
    try:
        fields = json.loads(line)
        return Exported(
            int(fields["time_ms"]),
            str(fields["what"]),
            str(fields["period"]),
            tuple(str(field) for field in fields["fields"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
