"""Ids made from content, so that reading the same log twice, anywhere, gives the same row."""

import re
from hashlib import blake2b
from typing import NamedTuple

SHOWN_LENGTH = 16

# Ids that two sources do not make alike: a UUID, or a word and enough random letters and digits.
_UNIVERSAL = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
    r"|(?:[a-z]+[_-])*(?=[a-z_-]*[0-9])(?=[0-9_-]*[a-z])[0-9a-z]{16,}",
    re.IGNORECASE,
)
_FEWEST_CHARACTERS = 6  # different ones: “000…0001” is a counter


def content_id(*parts: str) -> int:
    """Return a positive 63-bit id of the words; at a million ids two collide with odds of 5e-8."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def is_universal(source_id: str) -> bool:
    """Whether a source's id is random enough to mean the same thing wherever it is found.

    Names such as `turn-1` or the constant id of a gateway are not: they mean something only inside
    their session.
    """
    return (
        _UNIVERSAL.fullmatch(source_id) is not None
        and len(set(source_id.lower())) >= _FEWEST_CHARACTERS
    )


class SessionIds(NamedTuple):
    """Makes the ids of what one session holds, so that no importer mixes two sessions up."""

    tool: str
    session: str  # the tool's own id of it

    @property
    def own(self) -> int:
        """The id of the session."""
        return content_id(self.tool, self.session)

    def inside(self, *names: str) -> int:
        """Return the id of what bears these names inside this session only."""
        return content_id(self.tool, self.session, *names)

    def of(self, source_id: str, *names: str) -> int:
        """Return the id of what bears a source's id: the same in every copy of it.

        A copy in another session is known by a universal id; any other one is taken to mean
        something only inside this session.
        """
        if is_universal(source_id):
            return content_id(self.tool, source_id, *names)
        return self.inside(source_id, *names)


def bytes_id(data: bytes) -> int:
    """Return a positive 63-bit fingerprint of raw bytes, used to notice that a log line changed."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1


def shown(identity: int) -> str:
    """Return the id as people see and type it: 16 hexadecimal digits."""
    return f"{identity:016x}"
