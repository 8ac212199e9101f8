"""Folders and files that only this person can read, written whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ledger.core.errors import LedgerError


def private_dir(path: Path) -> Path:
    """Make a folder that only this person can read and return it; raises LedgerError.

    A folder that exists keeps its permissions: whoever opened it up did so on purpose.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or "it cannot be made"
        raise LedgerError(
            f"The folder {path} cannot be used: {reason}.",
            "Check its permissions and the space left on its disk.",
        ) from problem
    return path


def write_private(path: Path, data: bytes) -> None:
    """Replace a file with mode 0600 in one step that a crash cannot halve; raises OSError.

    A link is followed, so that settings kept elsewhere stay there.
    """
    with replacing_private(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacing_private(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write, which takes the place of `path` at the end; raises OSError.

    Until then, and after any error, `path` is as it was.
    """
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # Not every file system lets a folder be synced; the file itself already is.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
