"""Features of blobs by their ids, which are the same in every repository; shared by all of them."""

from collections.abc import Callable
from typing import Final

from ledger.evidence.features import Counts, Hashes, gram_counts, line_hashes
from ledger.flows.recent import Recent

_ROOM_TEXTS: Final = 8_000_000  # signs
_ROOM_GRAMS: Final = 32 * 1024 * 1024  # bytes
_ROOM_LINES: Final = 12 * 1024 * 1024
_OVERHEAD: Final = 200  # bytes of what holds the numbers


class BlobFeatures:
    """What was worked out of blobs lately, by the ledger's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._texts = Recent[str, str](_ROOM_TEXTS, len)
        self._lines = Recent[str, Hashes](_ROOM_LINES, lambda one: one.nbytes + _OVERHEAD)
        self._line_counts = Recent[str, Counts](_ROOM_LINES, _bytes)
        self._grams = Recent[str, Counts](_ROOM_GRAMS, _bytes)

    def text(self, oid: str, read: Callable[[], str]) -> str:
        """Return the text of a blob."""
        return self._texts.get(oid, read)

    def lines(self, oid: str, read: Callable[[], str]) -> Hashes:
        """Return the hashes of its informative lines in their order."""
        return self._lines.get(oid, lambda: line_hashes(self.text(oid, read), self._key))

    def line_counts(self, oid: str, read: Callable[[], str]) -> Counts:
        """Return the features of its lines."""
        return self._line_counts.get(oid, lambda: Counts.of(self.lines(oid, read)))

    def gram_counts(self, oid: str, read: Callable[[], str]) -> Counts:
        """Return the features of its 4-grams."""
        return self._grams.get(oid, lambda: gram_counts(self.text(oid, read), self._key))


def _bytes(counts: Counts) -> int:
    return counts.hashes.nbytes + counts.counts.nbytes + _OVERHEAD
