"""The fingerprint of a change: keyed hashes to look for it later, no text; and its bytes."""

import struct
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from ledger.core.evidence import ChangeFingerprint
from ledger.evidence.change import Change, FeatureSet, change_between
from ledger.evidence.exclusions import LARGEST, is_excluded, readable, says_generated

LONGEST_KEY: Final = 64

VERSION: Final = 1  # of the features too: other features cannot be compared
_HEAD: Final = struct.Struct("<BB")
_PART: Final = struct.Struct("<II")
_LARGEST_COUNT: Final = 0xFFFF


def fingerprint(
    before: str | None,
    after: str | None,
    replaced: Sequence[tuple[str, str]],
    key: bytes,
    path: str,
) -> ChangeFingerprint:
    """Return what a change added to and took from a file.

    `before` and `after` are the whole file before the first and after the last edit of an
    interaction; where either is None, only `replaced` counts: the (old, new) texts of all its
    edits in order. A file that nobody writes by hand leaves an empty trace.
    """
    whole = before is not None and after is not None
    originals, replacements = _sides(before, after, replaced, path)
    size = max(sum(map(len, originals)), sum(map(len, replacements)))
    if is_excluded(path) or size > LARGEST or any(map(says_generated, replacements)):
        return ChangeFingerprint(path, b"", 0, 0)
    change = change_between(originals, replacements, key[:LONGEST_KEY], whole=whole)
    return ChangeFingerprint(
        path, encode(change), change.added_grams.total, change.added_lines.total
    )


def _sides(
    before: str | None, after: str | None, replaced: Sequence[tuple[str, str]], path: str
) -> tuple[list[str], list[str]]:
    if before is not None and after is not None:
        return [readable(before, path)], [readable(after, path)]
    if after is not None and not replaced:
        return [], [readable(after, path)]
    return [old for old, _ in replaced], [new for _, new in replaced]


def encode(change: Change) -> bytes:
    """Return a change as bytes."""
    parts = b"".join(_encoded(part) for part in change[:4])
    return _HEAD.pack(VERSION, change.whole) + zlib.compress(parts, 1)


def decode(data: bytes) -> Change | None:
    """Return the change, None for bytes that other rules packed or nobody did."""
    if len(data) < _HEAD.size:
        return None
    version, whole = _HEAD.unpack_from(data)
    if version != VERSION:
        return None
    try:
        raw = zlib.decompress(data[_HEAD.size :])
        added_grams, offset = _decoded(raw, 0)
        added_lines, offset = _decoded(raw, offset)
        removed_grams, offset = _decoded(raw, offset)
        removed_lines, _ = _decoded(raw, offset)
    except (zlib.error, struct.error, ValueError):
        return None
    return Change(added_grams, added_lines, removed_grams, removed_lines, bool(whole))


def _encoded(part: FeatureSet) -> bytes:
    small = (np.minimum(column, _LARGEST_COUNT).astype("<u2") for column in part[1:3])
    columns = [part.hashes.astype("<u8"), *small, part.weights.astype("u1")]
    return _PART.pack(len(part.hashes), part.total) + b"".join(one.tobytes() for one in columns)


def _decoded(raw: bytes, offset: int) -> tuple[FeatureSet, int]:
    number, total = _PART.unpack_from(raw, offset)
    offset += _PART.size
    hashes = np.frombuffer(raw, "<u8", number, offset).astype(np.uint64)
    offset += 8 * number
    counts = np.frombuffer(raw, "<u2", 2 * number, offset).astype(np.int64)
    offset += 4 * number
    weights = np.frombuffer(raw, "u1", number, offset).astype(np.int64)
    part = FeatureSet(hashes, counts[:number], counts[number:], weights, total)
    return part, offset + number
