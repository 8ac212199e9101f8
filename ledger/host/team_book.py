"""What this computer knows of the person's teams, and how far a sealed sum is: no secret, no row.

The keys' private halves are in the keyring. Of other people there are public keys alone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import Headcount, MemberKey, Sealed, Team, TeamBook
from ledger.core.team import Period, Vector
from ledger.host.json_document import JsonDocument, as_table, to_json
from ledger.host.paths import data_dir

BOOK_FILE = "teams.json"
LOCK_FILE = "teams.lock"
PROGRESS_FILE = "team-progress.json"
VERSION = 1

_PROGRESS: JsonDocument[dict[str, Any]] = JsonDocument(
    noun="The keys and the round",
    decode=as_table,
    encode=to_json,
    empty={},
    save_hint="Go on; after a restart you choose the files again.",
    error=TeamError,
)


class Progress(NamedTuple):
    """What came in for one team, as the files stand; `keys` are not confirmed yet.

    Both are files that colleagues handed over: public keys and a period, nothing of anybody's work.
    """

    keys: tuple[str, ...] = ()
    round: str = ""


def book_path() -> Path:
    """Return where the teams of this person are kept, whether or not there are any."""
    return data_dir() / BOOK_FILE


@contextmanager
def alone() -> Iterator[None]:
    """Let no other program change the book meanwhile; waits for one that does."""
    lock = os.open(data_dir() / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def load() -> TeamBook:
    """Read the book; raises TeamError for one that cannot be read, so that nothing is sealed."""
    return _BOOK.load(book_path())


def save(book: TeamBook) -> None:
    """Write the book down, whole or not at all; raises TeamError."""
    _BOOK.save(book_path(), book)


def progress_path() -> Path:
    """Return where the progress of all teams is kept, whether or not there is any."""
    return data_dir() / PROGRESS_FILE


def load_progress(team: str) -> Progress:
    """Return how far the person is with a team (its id); nothing where it cannot be read.

    What is lost so is asked for again: the files are in the person's own folders.
    """
    known = _known_progress().get(team)
    if not isinstance(known, dict):
        return Progress()
    keys = known.get("keys")
    texts = [text for text in keys if isinstance(text, str)] if isinstance(keys, list) else []
    return Progress(tuple(texts), str(known.get("round", "")))


def save_progress(team: str, progress: Progress) -> None:
    """Keep it; nothing to keep forgets the team. Raises TeamError."""
    known = {name: value for name, value in _known_progress().items() if name != team}
    if progress != Progress():
        known[team] = {"keys": list(progress.keys), "round": progress.round}
    _PROGRESS.save(progress_path(), known)


def _known_progress() -> dict[str, Any]:
    try:
        return _PROGRESS.load(progress_path())
    except TeamError:
        return {}


def _decode(document: Any) -> TeamBook:
    if document["version"] != VERSION:
        raise ValueError
    compared = document["compared"]
    return TeamBook(
        tuple(_team(row) for row in document["teams"]),
        Headcount(Period.read(compared["period"]), int(compared["people"])) if compared else None,
    )


def _encode(book: TeamBook) -> bytes:
    compared = book.compared
    return to_json(
        {
            "version": VERSION,
            "teams": [_written(team) for team in book.teams],
            "compared": compared and {"period": str(compared.period), "people": compared.people},
        }
    )


def _team(row: Any) -> Team:
    return Team(
        id=str(row["id"]),
        name=str(row["name"]),
        key=_key(row["key"]),
        confirmed=frozenset(_key(text) for text in row["confirmed"]),
        sealed=tuple(
            Sealed(
                Period.read(sealed["period"]),
                frozenset(bytes.fromhex(text) for text in sealed["signers"]),
                Vector(*(int(number) for number in sealed["vector"])),
            )
            for sealed in row["sealed"]
        ),
    )


def _written(team: Team) -> dict[str, Any]:
    return {
        "id": team.id,
        "name": team.name,
        "key": _hex(team.key),
        "confirmed": sorted(_hex(key) for key in team.confirmed),
        "sealed": [
            {
                "period": str(sealed.period),
                "signers": sorted(key.hex() for key in sealed.signers),
                "vector": list(sealed.vector),
            }
            for sealed in team.sealed
        ],
    }


def _key(text: str) -> MemberKey:
    agree, sign = text.split()
    return MemberKey(bytes.fromhex(agree), bytes.fromhex(sign))


def _hex(key: MemberKey) -> str:
    return f"{key.agree.hex()} {key.sign.hex()}"


_BOOK = JsonDocument(
    noun="Your teams",
    decode=_decode,
    encode=_encode,
    empty=TeamBook(),
    version=VERSION,
    hint="Restore a copy of {path}.",
    save_hint="Nothing was sealed or written.",
    error=TeamError,
)
