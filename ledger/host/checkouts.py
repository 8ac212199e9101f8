"""Which repository a directory is of, read from git's own files; git itself is not run.

A linked worktree has a file `.git` with `gitdir: <folder>`, and in that folder a file `commondir`
(gitrepository-layout(5)). A submodule has the first without the second: a repository of its own.
"""

import os
import re
from contextlib import suppress
from typing import Final

from ledger.core.homes import NOT_SEEN, Checkout
from ledger.host.work_tree import read_file

_LARGEST: Final = 1 << 16
_MOST_WORKTREES: Final = 1000
_LINKED: Final = re.compile(r"^(?P<common>.+)/worktrees/(?P<name>[^/]+)/?$")
_DRIVE: Final = re.compile(r"^(?:\\\\\?\\)?([A-Za-z]):[\\/]")


def checkout_of(directory: str) -> Checkout:
    """Return the checkout that a directory lies in; `NOT_SEEN` where nothing is known of it.

    A folder that is gone belongs to the repository that it was inside of. A repository that is
    somebody's whole home folder keeps their settings: what lies in it is not of it.
    """
    folder = _local(directory)
    if not os.path.isabs(folder) or "\0" in folder:
        return NOT_SEEN
    folder = os.path.normpath(folder)
    found = _checkout_around(folder)
    real = os.path.realpath(folder)
    # A link may lead into a repository from outside of it.
    return found if found.repository or real == folder else _checkout_around(real)


def _checkout_around(folder: str) -> Checkout:
    is_there = os.path.isdir(folder)
    too_wide = {os.path.expanduser("~"), os.path.abspath(os.sep)} - {folder}
    top = folder
    while top not in too_wide:
        found = _repository_of(top)
        if found is not None:
            repository, worktree = found
            return Checkout(is_there, os.path.realpath(repository), top, worktree)
        above = os.path.dirname(top)
        if above == top:
            break
        top = above
    return Checkout(is_there)


def worktrees_of(repository: str) -> dict[str, str]:
    """Return the worktrees that a repository still lists, gone or not: folder -> git's name."""
    listed: dict[str, str] = {}
    for common in (os.path.join(repository, ".git"), repository):
        with suppress(OSError, ValueError):
            names = sorted(os.listdir(os.path.join(common, "worktrees")))[:_MOST_WORKTREES]
            for name in names:
                place = os.path.join(common, "worktrees", name)
                link = _line(os.path.join(place, "gitdir"))
                if link:
                    listed[os.path.dirname(os.path.normpath(os.path.join(place, link)))] = name
    return listed


def _local(directory: str) -> str:
    """Return the folder of Windows as this computer has it, inside WSL."""
    drive = _DRIVE.match(directory)
    if drive is None or os.name == "nt":
        return directory
    return f"/mnt/{drive[1].lower()}/" + directory[drive.end() :].replace("\\", "/")


def _repository_of(top: str) -> tuple[str, str] | None:
    """Return the main folder and the worktree's name, if this folder is a checkout's."""
    git = os.path.join(top, ".git")
    if os.path.isdir(git):
        return (top, "") if os.path.exists(os.path.join(git, "HEAD")) else None
    line = _line(git)
    if not line.startswith("gitdir:"):
        return None
    folder = os.path.normpath(os.path.join(top, line.removeprefix("gitdir:").strip()))
    common = _line(os.path.join(folder, "commondir"))
    linked = _LINKED.match(folder.replace(os.sep, "/"))
    if common:
        shared = os.path.normpath(os.path.join(folder, common))
    elif linked and not os.path.isdir(folder):  # the repository is gone, or somewhere else now
        shared = linked["common"]
    else:
        return top, ""
    return _main_folder(shared), os.path.basename(folder)


def _main_folder(common: str) -> str:
    """Return the folder that people know a repository by: `shop` of `shop/.git`, `shop/.bare`."""
    above, name = os.path.split(common)
    return above if name.startswith(".") else common


def _line(path: str) -> str:
    data = read_file(path, _LARGEST) or b""
    return os.fsdecode(data).split("\n", 1)[0].strip()
