"""The values of a sealed team sum: members' public keys, a round, and one person's sealed numbers.

Additive masking with pairwise keys: Bonawitz et al. 2017, “Practical Secure Aggregation for
Privacy-Preserving Machine Learning”, without recovery of those who drop out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, Self

from ledger.core.team import LEAST_PEOPLE, MOST_PEOPLE, VERSION, Period, Vector

MODULUS = 2**64
WORDS = 6
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


class MemberKey(NamedTuple):
    """The public keys of one person in one team; 32 bytes each."""

    agree: bytes  # X25519: two people agree on a mask with it
    sign: bytes  # Ed25519: shows who made a file

    @property
    def words(self) -> tuple[str, ...]:
        """Six made-up words to compare by voice: 96 bits of a hash of both keys.

        Each word is 16 bits as consonant, vowel, consonant, vowel, consonant (“proquints”,
        Wilkerson 2009, arXiv 0901.4016), so no list of words is needed.
        """
        digest = sha256(f"signal-ledger team key {VERSION}".encode() + self.agree + self.sign)
        return tuple(_word(digest.digest()[2 * at : 2 * at + 2]) for at in range(WORDS))


def _word(pair: bytes) -> str:
    bits = int.from_bytes(pair, "big")
    letters = (
        _CONSONANTS[bits >> 12],
        _VOWELS[bits >> 10 & 3],
        _CONSONANTS[bits >> 6 & 15],
        _VOWELS[bits >> 4 & 3],
        _CONSONANTS[bits & 15],
    )
    return "".join(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One sum that a team agrees to make: which period, and whose numbers."""

    period: Period
    id: bytes  # 16 random bytes
    members: tuple[MemberKey, ...]  # in rising order
    maker: bytes  # the signing key of whoever made it
    signature: bytes = b""

    @property
    def signers(self) -> frozenset[bytes]:
        """The signing keys of all members."""
        return frozenset(member.sign for member in self.members)


def round_faults(round_: Round) -> list[str]:
    """Return why nobody may seal anything for this round, a sentence each."""
    members, sentences = round_.members, []
    if len(members) < LEAST_PEOPLE:
        sentences.append(f"It has {len(members)} members; {LEAST_PEOPLE} are the least.")
    if len(members) > MOST_PEOPLE:
        sentences.append(f"It has more than {MOST_PEOPLE} members.")
    if round_.period.quarter:
        sentences.append("A sealed sum is about four weeks, not about a quarter.")
    if tuple(sorted(members)) != members or share_a_key(members):
        sentences.append("One key stands in it twice, or out of order.")
    if round_.maker not in round_.signers:
        sentences.append("It was not made by one of its members.")
    return sentences


def share_a_key(members: Iterable[MemberKey]) -> bool:
    """Say whether any two of these have a key in common: then they are the same person."""
    listed = list(members)
    return any(len(set(half)) < len(listed) for half in zip(*listed, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One member's numbers under masks that only vanish in the sum of all."""

    context: bytes  # SHA-256 of the round
    sender: bytes  # the signing key of the member
    masked: tuple[int, ...]  # eight numbers modulo 2**64
    signature: bytes = b""


class Sealed(NamedTuple):
    """What this program remembers of having sealed a period: it never seals another."""

    period: Period
    signers: frozenset[bytes]
    vector: Vector

    @property
    def digest(self) -> str:
        """A short hash of all of it, which the keyring keeps as a second witness."""
        keys = b"".join(sorted(self.signers))
        content = f"{self.period} {self.vector[:]}".encode()
        return sha256(content + keys).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """One team as this computer knows it; the name is one's own and never leaves."""

    id: str  # random, names the secret in the keyring
    name: str
    key: MemberKey
    confirmed: frozenset[MemberKey] = field(default_factory=frozenset)
    sealed: tuple[Sealed, ...] = ()

    @property
    def members(self) -> tuple[MemberKey, ...]:
        """Oneself and everybody whose words were compared, in the order of a round."""
        return tuple(sorted({self.key, *self.confirmed}))

    def sealed_in(self, period: Period) -> Sealed | None:
        """Return what was sealed for a period; None when nothing was."""
        return next((seal for seal in self.sealed if seal.period == period), None)


class Headcount(NamedTuple):
    """How many people a comparison was about; all that is kept of it."""

    period: Period
    people: int


@dataclass(frozen=True, slots=True)
class TeamBook:
    """All teams of this person, and the latest comparison of open cards."""

    teams: tuple[Team, ...] = ()
    compared: Headcount | None = None

    def with_team(self, team: Team) -> Self:
        """Return the book with a team that is new or changed."""
        others = tuple(other for other in self.teams if other.id != team.id)
        return type(self)(
            tuple(sorted((*others, team), key=lambda entry: entry.name)), self.compared
        )


def sum_of(seals: Iterable[Seal]) -> Vector:
    """Add sealed numbers up; only all seals of one round give anything but noise."""
    columns = zip(*(seal.masked for seal in seals), strict=True)
    return Vector(*(sum(column) % MODULUS for column in columns))
