"""Walks a tool's folder for its logs, whatever else people keep or link there."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ledger.core.words import Tool
from ledger.importers.base import Importer

DEEPEST = 12  # folders below a place
MOST_FILES = 200_000


class Found(NamedTuple):
    """One log file on disk."""

    tool: Tool
    path: str
    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, tool: Tool, path: str, status: os.stat_result) -> "Found":
        """Return the log with what the system says of it."""
        return cls(tool, path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class _Folder(NamedTuple):
    path: str
    depth: int  # below the place
    device: int | None = None  # that a link led to: nothing mounted there is entered


class Walk:
    """Finds a tool's logs below a place.

    A linked folder is followed, for people keep projects elsewhere; links inside it and other
    disks mounted inside it are not: a link to /dev or /proc would lead round the machine.
    """

    def __init__(
        self, tool: Tool, importer: Importer, root: str, seen: set[tuple[int, int]]
    ) -> None:
        self._tool, self._importer, self._root, self._seen = tool, importer, root, seen
        self._real_root = os.path.realpath(root)
        self._folders = [_Folder(root, 0)]
        self.shut: list[tuple[str, str]] = []

    def files(self) -> Iterator[Found]:
        """Yield every log file once; raises OSError when the place itself cannot be read."""
        count = 0
        while self._folders and count < MOST_FILES:
            folder = self._folders.pop()
            for entry in self._entries(folder.path):
                found = self._met(entry, folder)
                if found is not None:
                    count += 1
                    yield found

    def _entries(self, folder: str) -> "list[os.DirEntry[str]]":
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as problem:
            if folder == self._root:
                raise
            if not isinstance(problem, FileNotFoundError):  # it vanished while we were looking
                self.shut.append((folder, problem.strerror or "it cannot be read"))
            return []

    def _met(self, entry: "os.DirEntry[str]", folder: _Folder) -> Found | None:
        """Return the entry if it is a log that was not met before; remember folders for later."""
        status = _status(entry)
        if status is None or (status.st_dev, status.st_ino) in self._seen:
            return None
        if stat.S_ISDIR(status.st_mode):
            self._enter(entry, status, folder)
        elif stat.S_ISREG(status.st_mode) and self._importer.layout(Path(entry.path)) is not None:
            self._seen.add((status.st_dev, status.st_ino))
            return Found.of(self._tool, entry.path, status)
        return None

    def _enter(self, entry: "os.DirEntry[str]", status: os.stat_result, above: _Folder) -> None:
        device = above.device
        if entry.is_symlink():
            if device is not None or self._holds_us(entry.path):
                return
            device = status.st_dev
        if device not in (None, status.st_dev):
            return
        self._seen.add((status.st_dev, status.st_ino))
        if above.depth < DEEPEST:
            self._folders.append(_Folder(entry.path, above.depth + 1, device))

    def _holds_us(self, link: str) -> bool:
        """Whether a link leads to a folder that this place lies in, such as the whole disk."""
        target = os.path.realpath(link)
        return os.path.commonpath((target, self._real_root)) == target


def _status(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:  # a dangling link, a loop of links, or gone since
        return None
