"""What stays here of reviews: the recipe of each period, and what each evidence number means."""

import json
import re
from pathlib import Path

from ledger.core.errors import LedgerError
from ledger.host.paths import data_dir
from ledger.host.private_files import private_dir, write_private

REVIEWS = "reviews"
EVIDENCE_FILE = "evidence.json"
_NUMBER = re.compile(r"E-([0-9]{1,6})", re.IGNORECASE)
_NAME = re.compile(r"[0-9A-Za-z.-]{1,40}")


def reviews_dir() -> Path:
    """Return the folder of recipes and evidence numbers, private to this person."""
    return private_dir(data_dir() / REVIEWS)


def recipe(period: str) -> bytes | None:
    """Return the recipe that was kept for a period; None when there is none to read."""
    try:
        return _recipe_path(period).read_bytes()
    except OSError:
        return None


def latest_recipe() -> bytes | None:
    """Return the recipe that was kept last, to begin the next review with."""
    files = [path for path in reviews_dir().glob("*.json") if path.name != EVIDENCE_FILE]
    try:
        return max(files, key=lambda path: path.stat().st_mtime_ns).read_bytes() if files else None
    except OSError:
        return None


def keep_recipe(period: str, data: bytes) -> None:
    """Keep a recipe for the next review; raises LedgerError."""
    _write(_recipe_path(period), data)


def _recipe_path(period: str) -> Path:
    if not _NAME.fullmatch(period):
        raise LedgerError("A recipe cannot be kept under that name.", "Name the period 2026-Q3.")
    return reviews_dir() / f"{period}.json"


class EvidenceBook:
    """Numbers for interactions that a review cites; a number never changes what it means."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or reviews_dir() / EVIDENCE_FILE
        self._ids = _ids(self._path)

    def number(self, interaction: int) -> str:
        """Return the number of an interaction, a new one when it has none; `save` keeps it."""
        if interaction not in self._ids:
            self._ids.append(interaction)
        return f"E-{self._ids.index(interaction) + 1:03}"

    def interaction(self, number: str) -> int | None:
        """Return which interaction a number like E-014 means; None when it means none."""
        match = _NUMBER.fullmatch(number.strip())
        if match is None or not 1 <= int(match[1]) <= len(self._ids):
            return None
        return self._ids[int(match[1]) - 1]

    def save(self) -> None:
        """Write the numbers down; raises LedgerError."""
        _write(self._path, json.dumps(self._ids).encode("ascii"))


def _ids(path: Path) -> list[int]:
    try:
        ids = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError):
        ids = None
    if not isinstance(ids, list) or not all(type(one) is int for one in ids):
        # Numbering anew would give old numbers another meaning.
        raise LedgerError(
            "The list of evidence numbers cannot be read.", f"Mend or move {path} away."
        )
    return ids


def _write(path: Path, data: bytes) -> None:
    try:
        write_private(path, data)
    except OSError as problem:
        raise LedgerError(
            "What belongs to the review could not be kept.",
            f"{problem.strerror}. Check the space and the permissions of {path.parent}.",
        ) from problem
