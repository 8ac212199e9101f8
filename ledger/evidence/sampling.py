"""Which work blocks are asked about today, drawn by chances that are recorded.

Poisson sampling: every block has its own chance and its own dice. Half of the chance is the same
for all, half goes to what the suggestion is least sure of. The dice are a keyed hash of the block,
so a draw that is repeated after a crash is the same draw.
"""

from collections.abc import Sequence
from hashlib import blake2b
from math import sqrt
from typing import NamedTuple

from ledger.core.evidence import Question

UNKNOWN_WORTH = 0.62  # what a block without evidence is expected to be worth
UNKNOWN_DOUBT = 0.5
MOST_A_DRAW = 6
DAYS_BACK = 7
DICE = 2.0**63


class Candidate(NamedTuple):
    """A work block that ended since the last draw."""

    project: str  # key: the directory
    half_hour: int  # half-hours since 1970
    volunteered: bool  # its worth was known before this draw
    expected: float | None  # by suggestion, 0..1; None without evidence
    useful: float | None  # chance that it is kept or edited; None without evidence


def how_many(a_day: int, days: int) -> int:
    """Return how many questions a draw over some days may ask; an absence piles nothing up."""
    return min(a_day * max(1, min(days, DAYS_BACK)), MOST_A_DRAW)


def sample(candidates: Sequence[Candidate], number: int, key: bytes, now_ms: int) -> list[Question]:
    """Return every candidate with its chance and whether it is asked about."""
    open_ones = [candidate for candidate in candidates if not candidate.volunteered]
    total = sum(_doubt(candidate) for candidate in open_ones)
    return [
        _question(candidate, _chance(candidate, len(open_ones), total, number), key, now_ms)
        for candidate in candidates
    ]


def _doubt(candidate: Candidate) -> float:
    if candidate.useful is None:
        return UNKNOWN_DOUBT
    return sqrt(max(candidate.useful * (1 - candidate.useful), 0.0))


def _chance(candidate: Candidate, open_count: int, total: float, number: int) -> float:
    if candidate.volunteered:  # its worth is known: it counts as it is
        return 1.0
    uniform = number / open_count
    by_doubt = number * _doubt(candidate) / total if total else uniform
    return min(1.0, 0.5 * uniform + 0.5 * by_doubt)


def _question(candidate: Candidate, chance: float, key: bytes, now_ms: int) -> Question:
    fallen = _dice(candidate, key)
    return Question(
        project=candidate.project,
        half_hour=candidate.half_hour,
        drawn_ms=now_ms,
        seed=fallen,
        pi=chance,
        expected=UNKNOWN_WORTH if candidate.expected is None else candidate.expected,
        volunteered=candidate.volunteered,
        asked=not candidate.volunteered and fallen / DICE < chance,
    )


def _dice(candidate: Candidate, key: bytes) -> int:
    """Return a number below `DICE` that only this ledger's key and this block decide."""
    block_key = f"{candidate.half_hour}\x1f{candidate.project}".encode("utf-8", "surrogateescape")
    digest = blake2b(block_key, digest_size=8, key=key[:64], person=b"daily question").digest()
    return int.from_bytes(digest, "big") >> 1
