"""Where log files lie on this machine, whatever else lies there, and which have something new."""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ledger.core.parts import Cursor
from ledger.core.vocabulary import Tool
from ledger.flows.importing.added_folders import places_of
from ledger.importers.base import Home, Importer, Place
from ledger.importers.registry import IMPORTERS

DEEPEST = 12  # folders below a place
MOST_FILES = 200_000


class LogFile(NamedTuple):
    """One log file on disk."""

    tool: Tool
    path: str
    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, tool: Tool, path: str, status: os.stat_result) -> "LogFile":
        """Return the log with what the system says of it."""
        return cls(tool, path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class _Folder(NamedTuple):
    path: str
    depth: int  # below the place
    device: int | None = None  # that a link led to: nothing mounted there is entered


class LogWalker:
    """Finds a tool's logs below a place.

    A linked folder is followed, for people keep projects elsewhere; links inside it and other
    disks mounted inside it are not: a link to /dev or /proc would lead round the machine.
    """

    def __init__(
        self, tool: Tool, importer: Importer, root: str, visited: set[tuple[int, int]]
    ) -> None:
        self._tool, self._importer, self._root, self._visited = tool, importer, root, visited
        self._real_root = os.path.realpath(root)
        self._folders = [_Folder(root, 0)]
        self.shut: list[tuple[str, str]] = []

    def files(self) -> Iterator[LogFile]:
        """Yield every log file once; raises OSError when the place itself cannot be read."""
        count = 0
        while self._folders and count < MOST_FILES:
            folder = self._folders.pop()
            for entry in self._entries(folder.path):
                log = self._log_at(entry, folder)
                if log is not None:
                    count += 1
                    yield log

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

    def _log_at(self, entry: "os.DirEntry[str]", folder: _Folder) -> LogFile | None:
        """Return the entry if it is a log that was not met before; remember folders for later."""
        status = _status(entry)
        if status is None or (status.st_dev, status.st_ino) in self._visited:
            return None
        if stat.S_ISDIR(status.st_mode):
            self._enter(entry, status, folder)
        elif stat.S_ISREG(status.st_mode) and self._importer.layout(Path(entry.path)) is not None:
            self._visited.add((status.st_dev, status.st_ino))
            return LogFile.of(self._tool, entry.path, status)
        return None

    def _enter(self, entry: "os.DirEntry[str]", status: os.stat_result, above: _Folder) -> None:
        device = above.device
        if entry.is_symlink():
            if device is not None or self._holds_us(entry.path):
                return
            device = status.st_dev
        if device not in (None, status.st_dev):
            return
        self._visited.add((status.st_dev, status.st_ino))
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


class PlaceScan(NamedTuple):
    """What one place held: its files, or the reason why there are none."""

    tool: Tool
    place: Place
    files: tuple[LogFile, ...]
    reason: str  # "" when files were found
    shut: tuple[tuple[str, str], ...] = ()  # (path, sentence) of folders inside that stayed closed


class Job(NamedTuple):
    """One file to read, and where to go on."""

    tool: Tool
    path: str
    size: int  # bytes still to read: for progress only
    cursor: Cursor | None


def scan_places(
    home: Home, off: Collection[str] = (), only: Collection[str] | None = None
) -> list[PlaceScan]:
    """Look at every place of every tool that is not switched off.

    With `only`, nothing is walked: just these paths are looked at, wherever they belong.
    """
    visited: set[tuple[int, int]] = set()
    scans = []
    for tool, place, reason in places_of(home):
        importer = IMPORTERS[tool]
        if tool in off:
            scans.append(PlaceScan(tool, place, (), "switched off in the settings"))
        elif reason:
            scans.append(PlaceScan(tool, place, (), reason))
        elif only is None:
            scans.append(_scan(tool, importer, place, visited))
        else:
            files = tuple(_files_at(tool, importer, place, only, visited))
            scans.append(PlaceScan(tool, place, files, ""))
    return scans


def _scan(tool: Tool, importer: Importer, place: Place, visited: set[tuple[int, int]]) -> PlaceScan:
    walk = LogWalker(tool, importer, str(place.path), visited)
    try:
        files = tuple(walk.files())
    except (FileNotFoundError, NotADirectoryError):
        return PlaceScan(tool, place, (), "there is no such folder")
    except PermissionError:
        return PlaceScan(tool, place, (), "the folder may not be read by this user")
    except OSError as problem:
        return PlaceScan(tool, place, (), f"the folder cannot be read: {problem.strerror}")
    reason = "" if files else "the folder holds no logs of this tool"
    return PlaceScan(tool, place, files, reason, tuple(walk.shut))


def _files_at(
    tool: Tool,
    importer: Importer,
    place: Place,
    paths: Collection[str],
    visited: set[tuple[int, int]],
) -> Iterator[LogFile]:
    root = str(place.path).rstrip(os.sep) + os.sep
    for path in paths:
        if not path.startswith(root) or importer.layout(Path(path)) is None:
            continue
        try:
            status = os.stat(path)
        except OSError:  # gone again: the ledger keeps what it has
            continue
        if stat.S_ISREG(status.st_mode) and (status.st_dev, status.st_ino) not in visited:
            visited.add((status.st_dev, status.st_ino))
            yield LogFile.of(tool, path, status)


def jobs(scans: list[PlaceScan], known: Mapping[str, Cursor]) -> list[Job]:
    """Return what has to be read, newest file first, so that this month is there soonest."""
    todo = []
    for scan in scans:
        version = IMPORTERS[scan.tool].version
        for log in scan.files:
            cursor = known.get(log.path)
            if cursor is None or not _unchanged(log, cursor, version):
                left = log.size - (cursor.offset if cursor else 0)
                job = Job(log.tool, log.path, max(left, 0) or log.size, cursor)
                todo.append((log.mtime_ns, job))
    todo.sort(key=lambda pair: (-pair[0], pair[1].path))
    return [job for _, job in todo]


def _unchanged(log: LogFile, cursor: Cursor, version: int) -> bool:
    return (cursor.inode, cursor.size, cursor.mtime_ns, cursor.parser) == (
        log.inode,
        log.size,
        log.mtime_ns,
        version,
    )
