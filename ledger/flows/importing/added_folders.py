"""All places to look in: each tool's own, and the folders a person added, each of them once."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ledger.core.vocabulary import Tool
from ledger.importers.base import Home, Place
from ledger.importers.registry import IMPORTERS

SETTINGS = "settings"  # what makes us look in an added folder
NO_FOLDER = "there is no such folder"
UNKNOWN = "nothing in it looks like this tool’s logs"
REPEATED = "the same folder as {folder}, which is read"


class KnownPlace(NamedTuple):
    """A place of a tool, and why it is not to be read; "" where it is."""

    tool: Tool
    place: Place
    reason: str = ""


def places_of(home: Home) -> Iterator[KnownPlace]:
    """Yield the places of each tool; the same folder under two names is read by its first one.

    An added folder that is no known tool's stands with each tool, so that somebody sees it.
    """
    added = [_recognised(entry, home.path) for entry in home.added]
    for tool, importer in IMPORTERS.items():
        known = [KnownPlace(tool, place) for place in importer.places(home)]
        known += (place for places in added for place in places if place.tool is tool)
        yield from _without_repeats(known)


def _recognised(entry: str, home: Path) -> list[KnownPlace]:
    """Return the places that an entry of the settings stands for."""
    named, folder = _parted(entry, home)
    tools = [named] if named else list(IMPORTERS)
    if not os.path.isdir(folder):
        return [KnownPlace(tool, Place(folder, SETTINGS), NO_FOLDER) for tool in tools]
    found = [
        KnownPlace(tool, Place(path, SETTINGS))
        for tool in tools
        for path in IMPORTERS[tool].places_in(folder)
    ]
    if found:
        return found
    # The person says whose logs they are, and is believed.
    reason = "" if named else UNKNOWN
    return [KnownPlace(tool, Place(folder, SETTINGS), reason) for tool in tools]


def _parted(entry: str, home: Path) -> tuple[Tool | None, Path]:
    """Part an entry into the tool it names, if it does, and its folder."""
    key, _, rest = entry.partition(":")
    tool = next((tool for tool in IMPORTERS if tool == key.strip()), None)
    folder = (rest if tool else entry).strip()
    if folder == "~" or folder.startswith(("~/", "~\\")):
        return tool, home / folder[1:].lstrip("/\\")
    return tool, Path(folder)


def _without_repeats(known: list[KnownPlace]) -> Iterator[KnownPlace]:
    first: dict[str, Path] = {}
    for place in known:
        folder = place.place.path
        if place.reason or not os.path.isdir(folder):
            yield place
            continue
        real = os.path.realpath(folder)
        before = first.setdefault(real, folder)
        yield place if before is folder else place._replace(reason=REPEATED.format(folder=before))
