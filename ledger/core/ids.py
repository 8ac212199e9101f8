"""Ids made from content, so that reading the same log twice, anywhere, gives the same row."""

from hashlib import blake2b

SHOWN_LENGTH = 16


def content_id(*parts: str) -> int:
    """Return a positive 63-bit id of the words; at a million ids two collide with odds of 5e-8."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def bytes_id(data: bytes) -> int:
    """Return a positive 63-bit fingerprint of raw bytes, used to notice that a log line changed."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1


def shown(identity: int) -> str:
    """Return the id as people see and type it: 16 hexadecimal digits."""
    return f"{identity:016x}"
