"""Finds the rollouts in which a thread was written on after the person went back in it.

Going back begins another file, `rollout-TIME-THREAD_ID.jsonl`, whose head says by `history_base`
where in the thread it goes on: what came after that was left out of the conversation. No file is
put back by it.
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FOLDERS = ("sessions", "archived_sessions")

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAME = re.compile(
    rf"rollout-(?P<time>[0-9T-]{{19}})-(?P<thread>{_UUID})(?P<sequel>_{_UUID})?\.jsonl(?:\.zst)?",
    re.IGNORECASE,
)
_FOLDERS_KEPT = 1024  # of a day each; looking into one again is a thousand times slower


def sequels(path: Path) -> tuple[Path, ...]:
    """Return the later rollouts of this one's thread, the earliest first."""
    name = _NAME.fullmatch(path.name)
    root = next((folder for folder in path.parents if folder.name in FOLDERS), None)
    if name is None or root is None:
        return ()
    found = []
    for folder in _folders(root, name["time"][:10]):
        for other in _sequels_in(str(folder), _changed(folder)):
            match = _NAME.fullmatch(other)
            if match and match["thread"] == name["thread"] and match["time"] > name["time"]:
                found.append((match["time"], folder / other))
    return tuple(other for _, other in sorted(found))


def _folders(root: Path, day: str) -> Iterator[Path]:
    """Yield every folder that may hold a rollout of that day or a later one."""
    for name in FOLDERS:
        place = root.with_name(name)
        yield place
        for folder in sorted(place.glob("[0-9]*/[0-9]*/[0-9]*")):
            if "-".join(folder.parts[-3:]) >= day:
                yield folder


def _changed(folder: Path) -> int:
    """Return when a folder last got or lost a file; -1 when there is none."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return -1


@lru_cache(maxsize=_FOLDERS_KEPT)
def _sequels_in(folder: str, changed_ns: int) -> tuple[str, ...]:
    """Return the names of rollouts that go on with a thread, as they were at that moment."""
    if changed_ns < 0:
        return ()
    try:
        names = os.listdir(folder)
    except OSError:
        return ()
    return tuple(name for name in names if (match := _NAME.fullmatch(name)) and match["sequel"])
