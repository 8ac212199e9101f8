"""Finds out where a Claude Code session was opened, when its rows do not say: by its folder's name.

The tool names the folder of a project's logs after the path, every sign but a letter or a digit
written as `-`: `/home/ada/my.shop` becomes `-home-ada-my-shop`. Several paths have one such name,
so a path is taken only where just one is known, or just one is on the disk.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ledger.core.folders import flattened
from ledger.importers.fields import text

_LARGEST: Final = 32 << 20  # of ~/.claude.json, which holds what was typed lately, too
_MOST_FOLDERS: Final = 2000  # that are looked into
_WORKTREE: Final = "--claude-worktrees-"  # of `/.claude/worktrees/`
_BETWEEN: Final = re.compile(r"[\\/]")
_ENCODED: Final = re.compile(r"^(?:-|[A-Za-z]--)")


def opened_in(log: Path, directory: str) -> str:
    """Return where a session was opened that works in a directory: there, or in one above it.

    A row names the folder that the shell changed to, and with `/clear` so does the first one.
    """
    folder = _folder(log)
    if folder is not None:
        ends = [len(directory), *(found.start() for found in _BETWEEN.finditer(directory))]
        for end in ends:
            if flattened(directory[:end]) == folder.name:
                return directory[:end]
    return directory


def directory_of(log: Path) -> str:
    """Return the directory that a session was opened in, by where its log lies.

    The folder's name itself where nothing, or more than one thing, tells the path; "" where the
    log lies in no folder of such a name.
    """
    folder = _folder(log)
    if folder is None:
        return ""
    name = text(folder.name)
    found = _path_of(name, folder)
    repository, between, worktree = name.partition(_WORKTREE)
    if not found and between and (found := _path_of(repository, folder)):
        return f"{found}/.claude/worktrees/{worktree}"
    return found or name


def _path_of(name: str, folder: Path) -> str:
    """Return the one path of a name, "" where none or several are known."""
    for candidates in (_known(folder), _existing(name)):
        found = {path for path in candidates if flattened(path) == name}
        if found:
            return text(found.pop()) if len(found) == 1 else ""
    return ""


def _folder(log: Path) -> Path | None:
    """Return the folder of a project's logs that a log lies in."""
    return next((above for above in log.parents if _ENCODED.match(above.name)), None)


def _known(folder: Path) -> Iterator[str]:
    """Yield the directories that the tool keeps settings of."""
    config = folder.parent.parent
    for place in (config / ".claude.json", config.parent / ".claude.json"):
        try:
            if place.is_file() and place.stat().st_size <= _LARGEST:
                projects = json.loads(place.read_bytes())["projects"]
                yield from (text(path) for path in projects)
        except (OSError, ValueError, RecursionError, LookupError, TypeError):
            continue


def _existing(name: str) -> Iterator[str]:
    """Yield directories of this computer that have this name, written so."""
    if not name.startswith("-") or os.sep != "/":
        return
    waiting, looked = ["/"], 0
    while waiting and looked < _MOST_FOLDERS:
        folder = waiting.pop()
        looked += 1
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    written = flattened(entry.path)
                    if not (name == written or name.startswith(f"{written}-")):
                        continue
                    if entry.is_dir():
                        waiting.append(entry.path)
                        if name == written:
                            yield entry.path
        except OSError:
            continue
