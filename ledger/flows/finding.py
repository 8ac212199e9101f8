"""Where log files lie on this machine, and which of them have something new."""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ledger.core.parts import Cursor
from ledger.core.words import Tool
from ledger.flows.walking import Found, Walk
from ledger.importers.base import Home, Importer, Place
from ledger.importers.registry import IMPORTERS


class Look(NamedTuple):
    """What one place held: its files, or the reason why there are none."""

    tool: Tool
    place: Place
    files: tuple[Found, ...]
    reason: str  # "" when files were found
    shut: tuple[tuple[str, str], ...] = ()  # (path, sentence) of folders inside that stayed closed


class Job(NamedTuple):
    """One file to read, and where to go on."""

    tool: Tool
    path: str
    size: int  # bytes still to read: for progress only
    cursor: Cursor | None


def look_around(
    home: Home, off: Collection[str] = (), only: Collection[str] | None = None
) -> list[Look]:
    """Look at every place of every tool that is not switched off.

    With `only`, nothing is walked: just these paths are looked at, wherever they belong.
    """
    seen: set[tuple[int, int]] = set()
    looks = []
    for tool, importer in IMPORTERS.items():
        for place in importer.places(home):
            if tool in off:
                looks.append(Look(tool, place, (), "switched off in the settings"))
            elif only is None:
                looks.append(_look(tool, importer, place, seen))
            else:
                files = tuple(_files_at(tool, importer, place, only, seen))
                looks.append(Look(tool, place, files, ""))
    return looks


def _look(tool: Tool, importer: Importer, place: Place, seen: set[tuple[int, int]]) -> Look:
    walk = Walk(tool, importer, str(place.path), seen)
    try:
        files = tuple(walk.files())
    except (FileNotFoundError, NotADirectoryError):
        return Look(tool, place, (), "there is no such folder")
    except PermissionError:
        return Look(tool, place, (), "the folder may not be read by this user")
    except OSError as problem:
        return Look(tool, place, (), f"the folder cannot be read: {problem.strerror}")
    reason = "" if files else "the folder holds no logs of this tool"
    return Look(tool, place, files, reason, tuple(walk.shut))


def _files_at(
    tool: Tool,
    importer: Importer,
    place: Place,
    paths: Collection[str],
    seen: set[tuple[int, int]],
) -> Iterator[Found]:
    root = str(place.path).rstrip(os.sep) + os.sep
    for path in paths:
        if not path.startswith(root) or importer.layout(Path(path)) is None:
            continue
        try:
            status = os.stat(path)
        except OSError:  # gone again: the ledger keeps what it has
            continue
        if stat.S_ISREG(status.st_mode) and (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            yield Found.of(tool, path, status)


def jobs(looks: list[Look], known: Mapping[str, Cursor]) -> list[Job]:
    """Return what has to be read, newest file first, so that this month is there soonest."""
    todo = []
    for look in looks:
        version = IMPORTERS[look.tool].version
        for found in look.files:
            cursor = known.get(found.path)
            if cursor is None or not _unchanged(found, cursor, version):
                left = found.size - (cursor.offset if cursor else 0)
                job = Job(found.tool, found.path, max(left, 0) or found.size, cursor)
                todo.append((found.mtime_ns, job))
    todo.sort(key=lambda pair: (-pair[0], pair[1].path))
    return [job for _, job in todo]


def _unchanged(found: Found, cursor: Cursor, version: int) -> bool:
    return (cursor.inode, cursor.size, cursor.mtime_ns, cursor.parser) == (
        found.inode,
        found.size,
        found.mtime_ns,
        version,
    )
