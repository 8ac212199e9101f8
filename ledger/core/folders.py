r"""One spelling for one folder and for one remote repository, whoever wrote them down.

A folder of Windows is written with `\\?\` or without, with either case of its drive letter, and
as `/mnt/c/...` by programs inside WSL (learn.microsoft.com: “Naming Files, Paths, and Namespaces”,
“File Permissions for WSL”). Letters with marks are one sign or two (Unicode NFC and NFD).
"""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

_PREFIX: Final = re.compile(r"^//[?.]/(?:(unc)/)?", re.IGNORECASE)
_DRIVE: Final = re.compile(r"^([a-z]):(?=/|$)", re.IGNORECASE)
_MOUNTED: Final = re.compile(r"^/(?:mnt|cygdrive)/([a-z])(?=/|$)", re.IGNORECASE)
_LINUX_SHARE: Final = re.compile(r"^//wsl(?:\$|\.localhost)/[^/]+(?=/|$)", re.IGNORECASE)
_IS_WINDOWS: Final = re.compile(
    r"^(?:[a-z]:(?:[\\/]|$)|\\\\|//[?.]/|//wsl(?:\$|\.localhost)/)", re.IGNORECASE
)
_SIGN: Final = re.compile(r"[^a-zA-Z0-9]")
_SHORT_REMOTE: Final = re.compile(r"^(?:[^@/\s]+@)?(?P<host>[^:/\s]{2,}):(?!//)(?P<path>.+)$")


@lru_cache(maxsize=1 << 14)
def folder_of(directory: str) -> str:
    """Return the one spelling of a directory, with `/` between names; "" stays "".

    Two directories of one spelling are one folder. What is no absolute path is a name of its own.
    """
    text = normalize("NFC", directory)
    if _IS_WINDOWS.match(text):
        text = text.replace("\\", "/")
        text = _PREFIX.sub(lambda found: "//" if found[1] else "", text)
        text = _LINUX_SHARE.sub("", text) or "/"
    text = _MOUNTED.sub(lambda found: f"{found[1]}:", text)
    if _DRIVE.match(text):
        return normalize("NFC", _tidied(f"/{text}")[1:].casefold())
    if text.startswith("//"):  # a share: its names have no case either
        return normalize("NFC", f"/{_tidied(text)}".casefold())
    return _tidied(text) if text.startswith("/") else text.rstrip("/")


def name_of(directory: str) -> str:
    """Return a folder's own name; "" for a root."""
    return re.split(r"[\\/]", directory.rstrip("\\/"))[-1]


def flattened(directory: str) -> str:
    """Return the name that Claude Code gives the folder of a directory's logs.

    Every sign but a letter or a digit is written as `-`, so several directories have one name.
    """
    return _SIGN.sub("-", directory)


def is_absolute(directory: str) -> bool:
    """Whether this is a place, on whatever computer, and not only a name."""
    return directory.startswith("/") or _IS_WINDOWS.match(directory) is not None


def remote_of(address: str) -> str:
    """Return the one spelling of a remote repository's address: "example.org/path", no password.

    "" for what names no repository for everybody, such as a relative path.
    """
    text = address.strip()
    if "://" in text:
        try:
            parts = urlsplit(text)
            host, path = parts.hostname or "", unquote(parts.path)
        except ValueError:
            return ""
    elif found := _SHORT_REMOTE.match(text):
        host, path = found["host"], found["path"]
    else:
        host, path = "", text
        if not text.startswith("/"):
            return ""
    path = _tidied(f"/{path}").removesuffix(".git").strip("/")
    return f"{host}/{path}".casefold() if path else ""


def _tidied(path: str) -> str:
    """Return a path that begins with `/` without empty names, `.` and `..`, and without an end."""
    names: list[str] = []
    for name in PurePosixPath(path).parts[1:]:
        if name == "..":
            del names[-1:]
        else:
            names.append(name)
    return "/" + "/".join(names)
