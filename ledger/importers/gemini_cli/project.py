"""Finds out which folder a Gemini CLI session worked in: its log says so in the first message only.

The tool names the folder of a project after it (projectRegistry.ts) or by the SHA-256 of its path.
The message that sets up the context lists the folders of the workspace (environmentContext.ts).
"""

import hashlib
import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from ledger.importers.fields import text

LARGEST_BYTES = 1 << 20
RETENTION_DAYS = 30  # general.sessionRetention.maxAge unless it is set
AGE = re.compile(r"(\d{1,5})([hdwm])")
_LISTED = re.compile(
    r"(?:Workspace Directories:\*\*|working in the following directories:)[ \t]*\n"
    r"((?:[ \t]+- [^\n]+\n?)+)"
)
_SINGLE = re.compile(r"working in the directory: ([^\n]+)")
HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30}


class Named(NamedTuple):
    """What a session's log names that may be its project's directory."""

    hash: str = ""  # the SHA-256 of the directory
    added: Sequence[str] = ()  # to the workspace while it went on
    workspace: Sequence[str] = ()  # of the context message
    files: Sequence[str] = ()  # that were changed


def directory_of(folder: Path, named: Named) -> str:
    """Return the project's directory; "" when nothing tells it.

    `folder` is the project's own folder below tmp/. Of several directories that the log names only
    the hash tells which it was; the only one of a context message needs none.
    """
    candidates = [*named.workspace, *named.added, *_ancestors(named.files)]
    sole = named.workspace if len(named.workspace) == 1 and not named.hash else ()
    return (
        text(_small_file(folder / ".project_root").decode("utf-8", "replace")).strip()
        or _registered(folder, named.hash)
        or _recognised(named.hash, candidates)
        or next(iter((*sole, *named.added)), "")
    )


def workspace_of(contexts: Iterable[str]) -> list[str]:
    """Return the directories that messages of the tool about the context list."""
    found: list[str] = []
    for context in contexts:
        for listed in _LISTED.findall(context):
            found += (line.strip()[2:].strip() for line in listed.splitlines())
        found += (single.strip() for single in _SINGLE.findall(context))
    return list(dict.fromkeys(filter(None, found)))


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
        if any(_sha256(spelling) == project_hash for spelling in _spellings(path)):
            return path
    return ""


def _spellings(path: str) -> Iterator[str]:
    """Yield the ways in which the tool may have written a path when it made the hash of it."""
    bare = path.rstrip("/\\") or path
    for form in dict.fromkeys(
        (path, *(unicodedata.normalize(name, bare) for name in ("NFC", "NFD")), bare)
    ):
        yield form
        if form[1:2] == ":":  # a drive of Windows, where the same folder is written in many ways
            yield from (form[0].swapcase() + form[1:], form.lower())
            yield from (form.replace("\\", "/"), form.replace("\\", "/").lower())


def _sha256(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()


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
