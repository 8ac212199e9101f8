"""Changes as bytes for the ledger, and back; keyed hashes and small numbers, nothing else."""

import struct
import zlib
from typing import Final

import numpy as np

from ledger.evidence.change import Change, Part

VERSION: Final = 1  # of the features too: other features cannot be compared
_HEAD: Final = struct.Struct("<BB")
_PART: Final = struct.Struct("<II")
_LARGEST_COUNT: Final = 0xFFFF


def pack(change: Change) -> bytes:
    """Return a change as bytes."""
    parts = b"".join(_packed(part) for part in change[:4])
    return _HEAD.pack(VERSION, change.whole) + zlib.compress(parts, 1)


def unpack(data: bytes) -> Change | None:
    """Return the change, None for bytes that other rules packed or nobody did."""
    if len(data) < _HEAD.size:
        return None
    version, whole = _HEAD.unpack_from(data)
    if version != VERSION:
        return None
    try:
        raw = zlib.decompress(data[_HEAD.size :])
        added_grams, offset = _unpacked(raw, 0)
        added_lines, offset = _unpacked(raw, offset)
        removed_grams, offset = _unpacked(raw, offset)
        removed_lines, _ = _unpacked(raw, offset)
    except (zlib.error, struct.error, ValueError):
        return None
    return Change(added_grams, added_lines, removed_grams, removed_lines, bool(whole))


def _packed(part: Part) -> bytes:
    small = (np.minimum(column, _LARGEST_COUNT).astype("<u2") for column in part[1:3])
    columns = [part.hashes.astype("<u8"), *small, part.weights.astype("u1")]
    return _PART.pack(len(part.hashes), part.total) + b"".join(one.tobytes() for one in columns)


def _unpacked(raw: bytes, offset: int) -> tuple[Part, int]:
    number, total = _PART.unpack_from(raw, offset)
    offset += _PART.size
    hashes = np.frombuffer(raw, "<u8", number, offset).astype(np.uint64)
    offset += 8 * number
    counts = np.frombuffer(raw, "<u2", 2 * number, offset).astype(np.int64)
    offset += 4 * number
    weights = np.frombuffer(raw, "u1", number, offset).astype(np.int64)
    part = Part(hashes, counts[:number], counts[number:], weights, total)
    return part, offset + number
