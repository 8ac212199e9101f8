"""Which repository a file of a log belongs to, and under which name."""

import os
import re
from typing import Final, NamedTuple

from ledger.host.work_tree import is_there, root_of

# Tools put work trees of their own inside the repository and delete them afterwards.
_INNER: Final = re.compile(r"^(?:\.[\w-]+/)?\.?worktrees?/[^/]+/(?P<rest>.+)$")


class Place(NamedTuple):
    """A file by its repository's folder and its path in there, with `/` between names."""

    root: str
    path: str
    is_folder_there: bool  # a folder that went says nothing of the file


def place_of(path: str) -> Place | None:
    """Return where a file belongs, None outside any repository.

    A file of a work tree that was inside its repository and is gone belongs to the repository.
    """
    if not os.path.isabs(path) or "\0" in path or "\n" in path:
        return None
    path = os.path.normpath(path)
    root = root_of(path)
    if root is None:
        return None
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    is_folder_there = is_there(os.path.dirname(path))
    gone = None if is_folder_there else _INNER.match(inside)
    if gone:
        inside = gone["rest"]
        is_folder_there = is_there(os.path.dirname(os.path.join(root, inside)))
    return Place(root, inside, is_folder_there)
