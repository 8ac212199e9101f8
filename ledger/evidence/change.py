"""What a change added to and took from one file, in features, with what netting needs later."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple, Self

import numpy as np

from ledger.evidence.features import (
    Bools,
    Counts,
    Hashes,
    Numbers,
    as_numbers,
    grams,
    hash_grams,
    hash_lines,
    lines,
    weight,
)

# The features with the smallest hashes stand for all: the same ones in every text, an error of
# about 2 % in a share.
MAX_FEATURES: Final = 2_000


class FeatureSet(NamedTuple):
    """Features that one side of a change has more of than the other; hashes ascend.

    `bases` says how many of each the poorer side has: what was there before is no credit.
    `total` counts all of them, also those beyond the 2,000 that are kept.
    """

    hashes: Hashes
    counts: Numbers
    bases: Numbers
    weights: Numbers
    total: int

    @classmethod
    def nothing(cls) -> Self:
        """Return a part without features."""
        none = np.zeros(0, np.int64)
        return cls(np.zeros(0, np.uint64), none, none, none, 0)

    def __bool__(self) -> bool:
        """Whether there is any feature."""
        return bool(len(self.hashes))

    def only(self, rows: Bools) -> Self:
        """Return the features chosen by a mask; the total shrinks in proportion."""
        total_count, selected = int(self.counts.sum()), int(self.counts[rows].sum())
        return type(self)(
            self.hashes[rows],
            self.counts[rows],
            self.bases[rows],
            self.weights[rows],
            round(self.total * selected / total_count) if total_count else 0,
        )


class Change(NamedTuple):
    """What a change did to one file; `whole` when the text around it was known too."""

    added_grams: FeatureSet
    added_lines: FeatureSet
    removed_grams: FeatureSet
    removed_lines: FeatureSet
    whole: bool


def change_between(
    originals: Iterable[str], replacements: Iterable[str], key: bytes, *, whole: bool
) -> Change:
    """Return the features that texts and what replaced them differ in."""
    (old_grams, old_lines), (new_grams, new_lines) = (
        _grams_and_lines(originals),
        _grams_and_lines(replacements),
    )
    return Change(
        _surplus_part(new_grams, old_grams, key, hash_grams),
        _surplus_part(new_lines, old_lines, key, hash_lines, weight),
        _surplus_part(old_grams, new_grams, key, hash_grams),
        _surplus_part(old_lines, new_lines, key, hash_lines, weight),
        whole,
    )


def additions(before: Counts, after: Counts) -> FeatureSet:
    """Return what a text has more of than the one before it; every feature weighs the same."""
    bases = before.at(after.hashes)
    more = np.maximum(0, after.counts - bases)
    part = FeatureSet(after.hashes, more, bases, np.ones(len(more), np.int64), int(more.sum()))
    return part.only(more > 0)


def _grams_and_lines(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    all_grams, all_lines = Counter[str](), Counter[str]()
    for text in texts:
        all_grams.update(grams(text))
        all_lines.update(lines(text))
    return all_grams, all_lines


def _surplus_part(
    rich: Counter[str],
    poor: Counter[str],
    key: bytes,
    hashing: Callable[[Collection[str], bytes], Hashes],
    weighing: Callable[[str], int] = lambda _: 1,
) -> FeatureSet:
    surplus = rich - poor
    hashes = hashing(surplus, key)
    smallest = np.argsort(hashes)[:MAX_FEATURES]
    features = list(surplus)
    selected = [features[place] for place in smallest]
    return FeatureSet(
        hashes[smallest],
        as_numbers(surplus)[smallest],
        np.array([poor[word] for word in selected], np.int64),
        np.array([weighing(word) for word in selected], np.int64),
        surplus.total(),
    )
