"""What a person makes beside the ledger: views, goals, trials, recipes and drafts of reviews.

The evidence numbers of reviews are here too; what belongs to teams is in `team_book`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.text_safety import one_line
from ledger.core.trials import LONGEST, SHORTEST, Trial, Trials
from ledger.host.json_document import JsonDocument, as_table, save_bytes, to_json
from ledger.host.paths import data_dir
from ledger.host.private_files import private_dir

VERSION = 1
TRIALS_FILE = "trials.json"
LONGEST_WORDS = 120
REVIEWS = "reviews"
DRAFTS = "drafts"
EVIDENCE_FILE = "evidence.json"
Item = Mapping[str, Any]
_CITATION = re.compile(r"E-([0-9]{1,6})", re.IGNORECASE)
_NAME = re.compile(r"[0-9A-Za-z.-]{1,40}")


def load_items(path: Path, name: str) -> list[Item]:
    """Return the items of a list such as “views”, none without a file; raises LedgerError.

    Anything in the list that is not a table is left out.
    """
    items = _table(name).load(path).get(name, [])
    return [item for item in items if isinstance(item, dict)]


def save_items(path: Path, name: str, items: Sequence[Item]) -> None:
    """Write the items of a list, keeping whatever else the file says; raises LedgerError."""
    table = _table(name)
    table.save(path, {**table.load(path), "version": VERSION, name: list(items)})


def _table(name: str) -> JsonDocument[dict[str, Any]]:
    def decode(document: Any) -> dict[str, Any]:
        table = as_table(document)
        if not isinstance(table.get(name, []), list):
            raise TypeError
        return table

    return JsonDocument(
        noun=f"The {name}", decode=decode, encode=to_json, empty={}, version=VERSION
    )


def load_trials(path: Path) -> Trials:
    """Return the declared trials, () when there are none; raises LedgerError for a broken file."""
    return _TRIALS.load(path)


def save_trials(path: Path, trials: Trials) -> None:
    """Write all declared trials; raises LedgerError."""
    _TRIALS.save(path, trials)


def _decode_trials(document: Any) -> Trials:
    return tuple(_trial(row) for row in document)


def _encode_trials(trials: Trials) -> bytes:
    rows = [
        {
            "what": trial.what,
            "start": trial.start.isoformat(),
            "days": trial.days,
            "declared": trial.declared.isoformat(),
            "given_up": trial.given_up.isoformat() if trial.given_up else None,
        }
        for trial in trials
    ]
    return json.dumps(rows, indent=1).encode("ascii")


def _trial(row: dict[str, str | int | None]) -> Trial:
    """Return the trial of a row; raises ValueError, TypeError or KeyError for anything else."""
    days, given_up = row["days"], row["given_up"]
    if not isinstance(days, int) or not SHORTEST <= days <= LONGEST:
        raise ValueError
    return Trial(
        one_line(str(row["what"]), LONGEST_WORDS),
        date.fromisoformat(str(row["start"])),
        days,
        date.fromisoformat(str(row["declared"])),
        date.fromisoformat(str(given_up)) if given_up else None,
    )


_TRIALS: JsonDocument[Trials] = JsonDocument(
    noun="The declared trials", decode=_decode_trials, encode=_encode_trials, empty=()
)


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
    save_bytes(_recipe_path(period), data, "The choices for the next review")


def keep_draft(period: str, data: bytes) -> None:
    """Keep what a person is writing for a review from being lost; raises LedgerError."""
    save_bytes(_draft_path(period), data, "The words you wrote")


def newest_draft(period: str) -> bytes | None:
    """Return the draft or the recipe of a period, whichever was written last; None without one."""
    paths = (_recipe_path(period), _draft_path(period))
    there = [path for path in paths if path.is_file()]
    try:
        return max(there, key=lambda path: path.stat().st_mtime_ns).read_bytes() if there else None
    except OSError as problem:
        raise LedgerError(
            f"The words you wrote were not read: {problem.strerror}.", f"Look at {reviews_dir()}."
        ) from problem


def _recipe_path(period: str) -> Path:
    return reviews_dir() / _file_name(period)


def _draft_path(period: str) -> Path:
    return private_dir(reviews_dir() / DRAFTS) / _file_name(period)


def _file_name(period: str) -> str:
    """Return the name of a period's file; raises LedgerError for one that could lead elsewhere."""
    if not _NAME.fullmatch(period):
        raise LedgerError("A review cannot be kept under that name.", "Name the period 2026-Q3.")
    return f"{period}.json"


class EvidenceBook:
    """Numbers for interactions that a review cites; a number never changes what it means."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or reviews_dir() / EVIDENCE_FILE
        self._ids = list(_EVIDENCE.load(self._path))

    def number(self, interaction: int) -> str:
        """Return the number of an interaction, a new one when it has none; `save` keeps it."""
        if interaction not in self._ids:
            self._ids.append(interaction)
        return f"E-{self._ids.index(interaction) + 1:03}"

    def interaction(self, number: str) -> int | None:
        """Return which interaction a number like E-014 means; None when it means none."""
        match = _CITATION.fullmatch(number.strip())
        if match is None or not 1 <= int(match[1]) <= len(self._ids):
            return None
        return self._ids[int(match[1]) - 1]

    def save(self) -> None:
        """Write the numbers down; raises LedgerError."""
        _EVIDENCE.save(self._path, tuple(self._ids))


def _decode_ids(document: Any) -> tuple[int, ...]:
    if not isinstance(document, list) or not all(type(identity) is int for identity in document):
        raise TypeError
    return tuple(document)


def _encode_ids(ids: tuple[int, ...]) -> bytes:
    return json.dumps(ids).encode("ascii")


# A damaged file stops everything: numbering anew would give old numbers another meaning.
_EVIDENCE: JsonDocument[tuple[int, ...]] = JsonDocument(
    noun="The evidence numbers", decode=_decode_ids, encode=_encode_ids, empty=()
)
