"""Files of a work tree, read by this program itself: git would run filters over them."""

import os
import stat
from typing import Final

_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe answers at once
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
)


def read_file(path: str, largest: int) -> bytes | None:
    """Return an ordinary file's bytes; None for anything else, a link, or a larger file."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError):  # a null character makes a ValueError
        return None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > largest:
            return None
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(largest + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return data if len(data) <= largest else None


def root_of(path: str) -> str | None:
    """Return the nearest folder above a path that holds `.git`; None outside any repository.

    `.git` is a folder, or the file that a linked work tree or a submodule has in its place.
    """
    folder = os.path.dirname(os.path.abspath(path)) if "\0" not in path else ""
    while folder:
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    return None


def is_there(path: str) -> bool:
    """Whether a folder or file exists."""
    return "\0" not in path and os.path.lexists(path)
