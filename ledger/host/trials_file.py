"""Keeps the declared trials in a JSON file beside the ledger; a person may read it."""

import json
from datetime import date
from pathlib import Path

from ledger.core.cleaning import one_line
from ledger.core.errors import LedgerError
from ledger.core.trials import LONGEST, SHORTEST, Trial
from ledger.host.private_files import write_private

TRIALS_FILE = "trials.json"
LARGEST_BYTES = 1 << 20
LONGEST_WORDS = 120


def load(path: Path) -> tuple[Trial, ...]:
    """Return the declared trials, () when there are none; raises LedgerError for a broken file."""
    try:
        return tuple(_trial(row) for row in json.loads(_text(path)))
    except FileNotFoundError:
        return ()
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise LedgerError(f"The declared trials were not read: {reason}.", _mend(path)) from problem
    except (ValueError, TypeError, KeyError, RecursionError):
        raise LedgerError("The file of declared trials cannot be read.", _mend(path)) from None


def save(trials: tuple[Trial, ...], path: Path) -> None:
    """Write all declared trials; raises LedgerError."""
    text = json.dumps([_row(trial) for trial in trials], ensure_ascii=True, indent=1)
    try:
        write_private(path, text.encode("ascii"))
    except OSError as problem:
        reason = problem.strerror or "the file cannot be written"
        raise LedgerError(
            f"The trial was not saved: {reason}.", f"Check the folder {path.parent}."
        ) from problem


def _text(path: Path) -> bytes:
    """Return what the file holds; nothing, which is no JSON, of one that cannot be ours."""
    return path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else b""


def _mend(path: Path) -> str:
    return f"Mend it or put it aside: {path}."


def _row(trial: Trial) -> dict[str, str | int | None]:
    return {
        "what": trial.what,
        "start": trial.start.isoformat(),
        "days": trial.days,
        "declared": trial.declared.isoformat(),
        "given_up": trial.given_up.isoformat() if trial.given_up else None,
    }


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
