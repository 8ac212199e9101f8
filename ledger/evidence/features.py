"""Features of a text: token 4-grams and normalised lines, as keyed hashes that say nothing of it.

Token 4-grams are unmoved by formatters; normalised lines are unmoved by changes around them.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]

GRAM: Final = 4  # tokens
LEAST_SIGNS: Final = 4  # letters and digits that make a line informative
LONGEST_WEIGHT: Final = 80
# A word, or one mark; those that formatters add, remove and swap are not looked at.
_TOKEN: Final = re.compile(r"""\w+|[^\w\s,()"';\\]""")
_NO_SIGN: Final = re.compile(r"[\W_]+")
_ROOM_GRAMS: Final = 80_000  # hashes, some 15 MB
_ROOM_LINES: Final = 40_000


class Counts(NamedTuple):
    """A multiset of hashes: each once, in ascending order, with how often it occurs."""

    hashes: Hashes
    counts: Numbers

    @classmethod
    def of(cls, hashes: Hashes, counts: Numbers | None = None) -> Self:
        """Count hashes; equal ones are added up."""
        unique_hashes, place = np.unique(hashes, return_inverse=True)
        totals = np.bincount(place, weights=counts, minlength=len(unique_hashes)).astype(np.int64)
        return cls(unique_hashes, totals)

    @classmethod
    def nothing(cls) -> Self:
        """Return the features of an empty text."""
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.int64))

    def at(self, hashes: Hashes) -> Numbers:
        """Return how often each of these occurs."""
        if not len(self.hashes):
            return np.zeros(len(hashes), np.int64)
        place = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[place] == hashes, self.counts[place], 0)


def grams(text: str) -> Counter[str]:
    """Return the token 4-grams of a text."""
    tokens = _TOKEN.findall(text)
    return Counter(map(" ".join, zip(*(tokens[start:] for start in range(GRAM)), strict=False)))


def lines(text: str) -> list[str]:
    """Return the informative lines of a text in their order, each normalised."""
    return [line for raw in text.splitlines() if (line := _normal(raw))]


def weight(line: str) -> int:
    """Return what a normalised line counts: its signs without spaces, 80 at most."""
    return min(LONGEST_WEIGHT, len(line) - line.count(" "))


def gram_counts(text: str, key: bytes) -> Counts:
    """Return the keyed hashes of a text's token 4-grams."""
    counter = grams(text)
    return Counts.of(hash_grams(counter, key), as_numbers(counter))


def line_hashes(text: str, key: bytes) -> Hashes:
    """Return the keyed hashes of a text's informative lines in their order."""
    return hash_lines(lines(text), key)


def hash_grams(grams: Collection[str], key: bytes) -> Hashes:
    """Return the keyed hash of each 4-gram."""
    return _hasher(key, b"gram", _ROOM_GRAMS).hashed(grams)


def hash_lines(lines: Collection[str], key: bytes) -> Hashes:
    """Return the keyed hash of each normalised line."""
    return _hasher(key, b"line", _ROOM_LINES).hashed(lines)


def as_numbers(counter: Mapping[str, int]) -> Numbers:
    """Return the values of a counter as an array."""
    return np.fromiter(counter.values(), np.int64, len(counter))


class _Hasher:
    """Keyed hashes; versions of a file share nearly all features, so each is hashed once."""

    def __init__(self, key: bytes, kind: bytes, room: int) -> None:
        self._begun = blake2b(digest_size=8, key=key, person=kind)
        self._room = room
        self._known: dict[str, int] = {}

    def hashed(self, features: Collection[str]) -> Hashes:
        """Return the hash of each word."""
        if len(self._known) > self._room:
            self._known = {}  # not cleared: another thread may be reading the old ones
        known = self._known
        for feature in features:
            if feature not in known:
                digest = self._begun.copy()
                digest.update(feature.encode("utf-8", "surrogatepass"))
                known[feature] = int.from_bytes(digest.digest(), "little")
        return np.fromiter(map(known.__getitem__, features), np.uint64, len(features))


@lru_cache(maxsize=4)
def _hasher(key: bytes, kind: bytes, room: int) -> _Hasher:
    return _Hasher(key, kind, room)


@lru_cache(maxsize=30_000)
def _normal(raw: str) -> str:
    line = " ".join(raw.split()).rstrip(",; ")
    return line if len(_NO_SIGN.sub("", line)) >= LEAST_SIGNS else ""
