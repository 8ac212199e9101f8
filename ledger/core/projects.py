"""Short names for projects: the folder's own name, longer only where two would be the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

NO_PROJECT = "(no project)"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def names(keys: Iterable[str], given: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Return a short, unique name for every project key (a directory); "" gets `NO_PROJECT`.

    `given` holds the names that the person gave some of them.
    """
    parts = {key: [*_parts(key)[:-1], given[key]] if key in given else _parts(key) for key in keys}
    short_names = {key: NO_PROJECT if not split else split[-1] for key, split in parts.items()}
    depth = 1
    while clashes := _clashes(short_names):
        depth += 1
        for key in clashes:
            short_names[key] = "/".join(parts[key][-depth:]) if depth <= len(parts[key]) else key
        if depth > max(len(parts[key]) for key in clashes):
            break
    return short_names


def _parts(key: str) -> list[str]:
    return [part for part in key.replace("\\", "/").split("/") if part]


def _clashes(short_names: dict[str, str]) -> list[str]:
    by_name = defaultdict(list)
    for key, name in short_names.items():
        by_name[name].append(key)
    return [key for keys in by_name.values() if len(keys) > 1 for key in keys]
