"""The folders that a person names: in a variable of the environment, or in the settings."""

import os
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from ledger.importers.base import Home, Place

FIRST = 1_000  # names that a folder is judged by


def listed_folders(home: Home, variable: str) -> list[Path]:
    """Return the folders a variable lists, separated by commas, or as the system separates paths.

    `~` is the person's home, where a relative path begins too. A folder whose own name holds a
    separator is taken as it stands when it is there.
    """
    value = home.variables.get(variable, "")
    return [_placed(entry, home.path) for entry in _entries(value, home.path, ",", os.pathsep)]


def without_repeats(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places in their order, each where it stands first."""
    first: dict[Path, Place] = {}
    for place in places:
        first.setdefault(place.path, place)
    return tuple(first.values())


def existing(*folders: Path) -> tuple[Path, ...]:
    """Return those of the folders that are there."""
    return tuple(folder for folder in folders if os.path.isdir(folder))


def holds(folder: Path, name: str) -> bool:
    """Whether one of the first names in a folder matches a pattern from its beginning on."""
    try:
        with os.scandir(folder) as entries:
            return any(re.match(name, entry.name) for entry in islice(entries, FIRST))
    except OSError:
        return False


def _entries(value: str, home: Path, *separators: str) -> list[str]:
    if not value.strip():
        return []
    if not separators or os.path.isdir(_placed(value.strip(), home)):
        return [value.strip()]
    separator, *others = separators
    return [name for entry in value.split(separator) for name in _entries(entry, home, *others)]


def _placed(entry: str, home: Path) -> Path:
    is_home = entry == "~" or entry.startswith(("~/", f"~{os.sep}"))
    return home / entry[1:].lstrip("/" + os.sep) if is_home else home / entry
