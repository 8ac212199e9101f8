"""Keeps what a person is writing for a review from being lost, beside the recipes of reviews."""

import re
from pathlib import Path

from ledger.core.errors import LedgerError
from ledger.host import review_files
from ledger.host.private_files import private_dir, write_private

DRAFTS = "drafts"
_NAME = re.compile(r"[0-9A-Za-z.-]{1,40}")


def keep(period: str, data: bytes) -> None:
    """Write a draft down; raises LedgerError."""
    path = _path(period)
    try:
        write_private(path, data)
    except OSError as problem:
        raise LedgerError(
            f"What you wrote could not be kept: {problem.strerror}.",
            f"Check the space and the permissions of {path.parent}.",
        ) from problem


def newest(period: str) -> bytes | None:
    """Return the draft or the recipe of a period, whichever was written last; None without one."""
    recipe = review_files.reviews_dir() / f"{period}.json"
    there = [path for path in (recipe, _path(period)) if path.is_file()]
    try:
        return max(there, key=lambda path: path.stat().st_mtime_ns).read_bytes() if there else None
    except OSError as problem:
        raise LedgerError(
            f"What you wrote for this period cannot be read: {problem.strerror}.",
            f"Look at {review_files.reviews_dir()}.",
        ) from problem


def _path(period: str) -> Path:
    if not _NAME.fullmatch(period):
        raise LedgerError("A draft cannot be kept under that name.", "Name the period 2026-Q3.")
    return private_dir(review_files.reviews_dir() / DRAFTS) / f"{period}.json"
