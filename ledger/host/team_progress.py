"""Keeps how far the person is with a team between two starts: keys to confirm, and the round.

Both are files that colleagues handed over: public keys and a period, nothing of anybody's work.
"""

import json
from pathlib import Path
from typing import NamedTuple

from ledger.core.errors import TeamError
from ledger.host.paths import data_dir
from ledger.host.private_files import write_private

PROGRESS_FILE = "team-progress.json"
LARGEST_BYTES = 4 << 20


class Progress(NamedTuple):
    """What came in for one team, as the files stand; `keys` are not confirmed yet."""

    keys: tuple[str, ...] = ()
    round: str = ""


def progress_path() -> Path:
    """Return where it is kept, whether or not there is any."""
    return data_dir() / PROGRESS_FILE


def load(team: str) -> Progress:
    """Return how far the person is with a team (its id); nothing where it cannot be read.

    What is lost so is asked for again: the files are in the person's own folders.
    """
    known = _read().get(team)
    if not isinstance(known, dict):
        return Progress()
    keys = known.get("keys")
    texts = [one for one in keys if isinstance(one, str)] if isinstance(keys, list) else []
    return Progress(tuple(texts), str(known.get("round", "")))


def save(team: str, progress: Progress) -> None:
    """Keep it; nothing to keep forgets the team. Raises TeamError."""
    known = _read()
    known.pop(team, None)
    if progress != Progress():
        known[team] = {"keys": list(progress.keys), "round": progress.round}
    text = json.dumps(known, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
    try:
        write_private(progress_path(), text.encode("ascii"))
    except OSError as problem:
        raise TeamError(
            f"How far you are could not be kept: {problem.strerror}.",
            "Go on; after a restart you choose the files again.",
        ) from problem


def _read() -> dict[str, object]:
    try:
        if progress_path().stat().st_size > LARGEST_BYTES:
            return {}
        document = json.loads(progress_path().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
