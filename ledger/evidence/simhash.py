"""The simhash of a prompt: tells whether two ask for nearly the same, without their words.

A print is a 63-bit simhash (Charikar 2002) of the prompt's character 4-grams, whatever the
language; each gram's bits come from BLAKE2b under the ledger's key, so a print means nothing in
another ledger.
"""

from collections import Counter
from hashlib import blake2b

GRAM = 4
BITS = 63
FEWEST_GRAMS = 12  # shorter prompts (“go on”, “yes”) resemble each other without repeating
NEAR = 10  # bits that may differ between two prints of nearly the same words


def simhash(text: str, key: bytes) -> int:
    """Return the print of a prompt; 0 for one too short to say anything."""
    plain = " ".join(text.lower().split())
    grams = Counter(plain[at : at + GRAM] for at in range(len(plain) - GRAM + 1))
    if grams.total() < FEWEST_GRAMS:
        return 0
    sums = [0] * BITS
    for gram, times in grams.items():
        digest = blake2b(gram.encode("utf-8", "replace"), digest_size=8, key=key).digest()
        bits = int.from_bytes(digest, "big")
        for at in range(BITS):
            sums[at] += times if bits >> at & 1 else -times
    return sum(1 << at for at, total in enumerate(sums) if total > 0) or 1


def is_repeat(print_: int, other: int) -> bool:
    """Whether two prints are of nearly the same words; never for prompts too short to tell."""
    return bool(print_ and other) and (print_ ^ other).bit_count() <= NEAR
