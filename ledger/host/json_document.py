"""One small JSON file that only this person can read: replaced whole, and only after it was read.

Every such file has one policy: the same limit of size, the same private write, and the same
sentences when it cannot be read or written.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from ledger.core.errors import LedgerError
from ledger.host.private_files import write_private

T = TypeVar("T")
LARGEST_BYTES: Final = 4 << 20
MEND_HINT: Final = "Mend it or move it away: {path}."
CHECK_FOLDER: Final = "Check the space and the permissions of {folder}."


def save_bytes(
    path: Path,
    data: bytes,
    noun: str,
    hint: str = CHECK_FOLDER,
    error: type[LedgerError] = LedgerError,
) -> None:
    """Replace a private file; raises `error`. `noun` is a plural that begins the sentence."""
    try:
        write_private(path, data)
    except OSError as problem:
        reason = problem.strerror or "the file cannot be written"
        raise error(
            f"{noun} were not saved: {reason}.", hint.format(folder=path.parent)
        ) from problem


def to_json(document: object, indent: int = 1) -> bytes:
    """Return a document as most of these files hold it: keys in order, a line break at the end."""
    return (json.dumps(document, indent=indent, sort_keys=True) + "\n").encode("ascii")


def as_table(document: Any) -> dict[str, Any]:
    """Return a document that is a table; raises TypeError for anything else."""
    if not isinstance(document, dict):
        raise TypeError
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonDocument(Generic[T]):
    """How one kind of file is read and written; `empty` is what a missing file means.

    `noun` is a plural that begins every sentence about the file. `decode` raises ValueError,
    TypeError, KeyError or AttributeError for a document it does not understand. A table whose
    `version` is above ours is refused; `hint` may name the `path`, `save_hint` the `folder`.
    """

    noun: str
    decode: Callable[[Any], T]
    encode: Callable[[T], bytes]
    empty: T
    version: int | None = None
    hint: str = MEND_HINT
    save_hint: str = CHECK_FOLDER
    error: type[LedgerError] = LedgerError

    def load(self, path: Path) -> T:
        """Return what the file holds; raises `error` when it cannot be understood."""
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_BYTES + 1)
        except FileNotFoundError:
            return self.empty
        except OSError as problem:
            raise self._unread(path, problem.strerror or "it cannot be opened") from problem
        if len(data) > LARGEST_BYTES:
            raise self._unread(path, f"{path.name} is too large")
        try:
            document = json.loads(data)
        except (ValueError, RecursionError):
            raise self._unread(path, f"{path.name} is no JSON") from None
        self._check_version(document, path)
        try:
            return self.decode(document)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._unread(path, f"{path.name} is damaged") from None

    def save(self, path: Path, value: T) -> None:
        """Write the value, whole or not at all; raises `error`."""
        save_bytes(path, self.encode(value), self.noun, self.save_hint, self.error)

    def _check_version(self, document: object, path: Path) -> None:
        if self.version is None or not isinstance(document, dict):
            return
        version = document.get("version", self.version)
        if not isinstance(version, int) or version > self.version:
            raise self.error(
                f"{self.noun} were not read: a newer version of Signal Ledger wrote {path.name}.",
                "Install that version.",
            )

    def _unread(self, path: Path, reason: str) -> LedgerError:
        return self.error(f"{self.noun} were not read: {reason}.", self.hint.format(path=path))
