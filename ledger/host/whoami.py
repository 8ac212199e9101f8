"""Who and where this is: only to make sure that neither stands in a file that leaves."""

import getpass
import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Identity(NamedTuple):
    """Names of this person and this computer."""

    users: tuple[str, ...]  # login name, full name and its parts
    hosts: tuple[str, ...]
    home: str


def identity() -> Identity:
    """Return what is known; what the system does not tell is missing."""
    users = []
    with suppress(OSError, KeyError):
        users.append(getpass.getuser())
    users += _full_name()
    hosts = [platform.node(), platform.node().partition(".")[0]]
    home = ""
    with suppress(RuntimeError):
        home = str(Path.home())
        users.append(Path(home).name)
    return Identity(_distinct(users), _distinct(hosts), home)


def _full_name() -> list[str]:
    if os.name != "posix":
        return []
    import pwd  # noqa: PLC0415 - there is none on other systems

    with suppress(KeyError):
        name = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
        return [name, *name.split()]
    return []


def _distinct(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
