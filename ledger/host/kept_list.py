"""A short list that a person made, in a JSON file beside the ledger: saved views, goals.

Only this person can read it, it is replaced whole or not at all, and a file that cannot be
understood is never written over.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ledger.core.errors import LedgerError
from ledger.host.private_files import write_private

VERSION = 1
LARGEST_BYTES = 4 << 20
Item = Mapping[str, Any]


def load(path: Path, name: str) -> list[Item]:
    """Return the items under `name`, none when there is no file; raises LedgerError.

    Anything in the list that is not a table is left out.
    """
    document = _document(path)
    items = document.get(name, [])
    if not isinstance(items, list):
        raise LedgerError(f"The file {path.name} does not hold a list of {name}.", _mend(path))
    return [item for item in items if isinstance(item, dict)]


def save(path: Path, name: str, items: Sequence[Item]) -> None:
    """Write the items under `name`, keeping whatever else the file says; raises LedgerError."""
    document = {**_document(path), "version": VERSION, name: list(items)}
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    try:
        write_private(path, text.encode("ascii"))
    except OSError as problem:
        reason = problem.strerror or "the file cannot be written"
        raise LedgerError(
            f"The {name} were not saved: {reason}.", f"Check the folder {path.parent}."
        ) from problem


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise LedgerError(f"The file {path.name} is too large to be read.", _mend(path))
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise LedgerError(f"The file {path.name} was not read: {reason}.", _mend(path)) from problem
    except (ValueError, RecursionError):
        raise LedgerError(f"The file {path.name} is no JSON.", _mend(path)) from None
    if not isinstance(document, dict):
        raise LedgerError(f"The file {path.name} does not hold a table.", _mend(path))
    version = document.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise LedgerError(
            f"The file {path.name} was written by a newer version.", "Install that version."
        )
    return document


def _mend(path: Path) -> str:
    return f"Mend it or move it away: {path}."
