"""Finds out which folder a Gemini CLI session worked in: its log does not say.

The tool names the folder of a project after it (projectRegistry.ts) or by the SHA-256 of its path.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from ledger.importers.fields import text

LARGEST_BYTES = 1 << 20
RETENTION_DAYS = 30  # general.sessionRetention.maxAge unless it is set
AGE = re.compile(r"(\d{1,5})([hdwm])")
HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30}


def directory_of(
    folder: Path, project_hash: str, directories: list[str], files: Iterable[str]
) -> str:
    """Return the project's directory; "" when nothing tells it.

    `folder` is the project's own folder below tmp/, `files` are paths the session changed.
    """
    return (
        text(_small_file(folder / ".project_root").decode("utf-8", "replace")).strip()
        or _registered(folder, project_hash)
        or _recognised(project_hash, [*directories, *_ancestors(files)])
        or next(iter(directories), "")
    )


def keeps_days(root: Path) -> int | None:
    """Return after how many days the tool deletes sessions; None when it is told not to.

    `root` is the folder that holds settings.json.
    """
    settings = _json(root / "settings.json")
    general = settings.get("general")
    retention = general.get("sessionRetention") if isinstance(general, dict) else None
    if not isinstance(retention, dict):
        return RETENTION_DAYS
    if retention.get("enabled") is False:
        return None
    age = AGE.fullmatch(text(retention.get("maxAge")))
    return int(age[1]) * HOURS[age[2]] // 24 if age else RETENTION_DAYS


def _registered(folder: Path, project_hash: str) -> str:
    projects = _json(folder.parent.parent / "projects.json").get("projects")
    if not isinstance(projects, dict):
        return ""
    for path, slug in projects.items():
        if slug == folder.name:
            return text(path)
    known_hash = project_hash or folder.name
    return _recognised(known_hash, [text(path) for path in projects])


def _recognised(project_hash: str, candidates: Iterable[str]) -> str:
    """Return the candidate whose SHA-256 is the project's; a guess is never taken."""
    if not project_hash:
        return ""
    for path in dict.fromkeys(candidates):
        if hashlib.sha256(path.encode("utf-8", "replace")).hexdigest() == project_hash:
            return path
    return ""


def _ancestors(files: Iterable[str]) -> list[str]:
    folders = (str(parent) for file in files for parent in PurePath(file).parents)
    return list(dict.fromkeys(folders))


def _json(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(_small_file(path) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _small_file(path: Path) -> bytes:
    """Return a regular file's bytes; b"" when it is missing, large, or anything else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            is_small = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_BYTES
            return file.read(LARGEST_BYTES) if is_small else b""
    except (OSError, ValueError):
        return b""
