"""Keys, masks and signatures of a sealed team sum; the only door to PyNaCl.

m_ij is the stream HMAC-SHA256(X25519(i, j), tag, round, counter); the lower key of a pair adds it
and the higher one takes it away, so it vanishes in the sum of all and nowhere before.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from nacl.bindings import crypto_scalarmult
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.signing import SigningKey, VerifyKey

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import MODULUS, MemberKey
from ledger.core.team import VERSION, Vector

MASK = f"signal-ledger team mask {VERSION}".encode()
NUMBER_BYTES = 8
HASH_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The private halves of one person's keys in one team; it shows nothing of itself."""

    agree: bytes
    sign: bytes


def new_secrets() -> Secrets:
    """Make fresh keys, for one team and no other."""
    return Secrets(bytes(PrivateKey.generate()), bytes(SigningKey.generate()))


def member_key(secrets: Secrets) -> MemberKey:
    """Return the public halves."""
    return MemberKey(
        bytes(PrivateKey(secrets.agree).public_key), bytes(SigningKey(secrets.sign).verify_key)
    )


def signature(secrets: Secrets, message: bytes) -> bytes:
    """Sign a file's content; Ed25519 gives the same signature every time (RFC 8032)."""
    return SigningKey(secrets.sign).sign(message).signature


def is_signed(sign: bytes, message: bytes, claimed_signature: bytes) -> bool:
    """Say whether the holder of this signing key signed the message."""
    try:
        VerifyKey(sign).verify(message, claimed_signature)
    except CryptoError:
        return False
    return True


def masked(
    secrets: Secrets, members: Iterable[MemberKey], context: bytes, vector: Vector
) -> tuple[int, ...]:
    """Return the numbers under this member's masks, modulo 2**64; raises TeamError."""
    me, numbers = member_key(secrets), list(vector)
    for other in members:
        if other == me:
            continue
        sign = 1 if me < other else -1
        for at, mask in enumerate(_masks(secrets, other, context, len(numbers))):
            numbers[at] = (numbers[at] + sign * mask) % MODULUS
    return tuple(numbers)


def _masks(secrets: Secrets, other: MemberKey, context: bytes, count: int) -> list[int]:
    try:
        shared = crypto_scalarmult(secrets.agree, other.agree)
    except CryptoError:  # a point of small order would give a mask that anybody can guess
        raise TeamError(
            "One of the keys in this round is no real key.", "Make a new round."
        ) from None
    stream = b"".join(
        hmac.digest(shared, MASK + context + counter.to_bytes(4, "big"), "sha256")
        for counter in range(-(-count * NUMBER_BYTES // HASH_BYTES))
    )
    return [
        int.from_bytes(stream[NUMBER_BYTES * at : NUMBER_BYTES * (at + 1)], "big")
        for at in range(count)
    ]
