"""Keeps what this computer knows of the person's teams in one private file: no secret, no row.

The keys' private halves are in the keyring. Of other people it holds public keys alone.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.core.errors import TeamError
from ledger.core.sealed import Headcount, MemberKey, Sealed, Team, TeamBook
from ledger.core.team import Vector
from ledger.core.team_periods import Period
from ledger.host.paths import data_dir
from ledger.host.private_files import write_private

BOOK_FILE = "teams.json"
LOCK_FILE = "teams.lock"
VERSION = 1


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
    try:
        document = json.loads(book_path().read_bytes())
        if document["version"] != VERSION:
            raise TeamError("A newer version of Signal Ledger keeps your teams.", "Update it.")
        compared = document["compared"]
        return TeamBook(
            tuple(_team(words) for words in document["teams"]),
            Headcount(Period.read(compared["period"]), int(compared["people"]))
            if compared
            else None,
        )
    except FileNotFoundError:
        return TeamBook()
    except OSError as problem:
        raise TeamError(
            f"Your teams could not be read: {problem.strerror}.", f"Look at {book_path()}."
        ) from problem
    except (ValueError, KeyError, TypeError, RecursionError):
        raise TeamError(
            "The file with your teams is damaged.", f"Restore a copy of {book_path()}."
        ) from None


def save(book: TeamBook) -> None:
    """Write the book down, whole or not at all; raises TeamError."""
    compared = book.compared
    document = {
        "version": VERSION,
        "teams": [_written(team) for team in book.teams],
        "compared": compared and {"period": str(compared.period), "people": compared.people},
    }
    text = json.dumps(document, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
    try:
        write_private(book_path(), text.encode("ascii"))
    except OSError as problem:
        raise TeamError(
            f"Your teams could not be kept: {problem.strerror}.", "Nothing was sealed or written."
        ) from problem


def _team(words: Any) -> Team:
    return Team(
        id=str(words["id"]),
        name=str(words["name"]),
        key=_key(words["key"]),
        confirmed=frozenset(_key(text) for text in words["confirmed"]),
        sealed=tuple(
            Sealed(
                Period.read(one["period"]),
                frozenset(bytes.fromhex(text) for text in one["signers"]),
                Vector(*(int(number) for number in one["vector"])),
            )
            for one in words["sealed"]
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
                "period": str(one.period),
                "signers": sorted(key.hex() for key in one.signers),
                "vector": list(one.vector),
            }
            for one in team.sealed
        ],
    }


def _key(text: str) -> MemberKey:
    agree, sign = text.split()
    return MemberKey(bytes.fromhex(agree), bytes.fromhex(sign))


def _hex(key: MemberKey) -> str:
    return f"{key.agree.hex()} {key.sign.hex()}"
