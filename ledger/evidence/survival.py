"""Netted survival: how much of what a change added is in a later text, what moved or came back.

A = phi(Q) - phi(P), D = phi(P) - phi(Q) for the text before (P) and after (Q); for a later text F
surv(F) = sum min(A, max(0, phi(F) - phi(P))) / sum A, once over token 4-grams, once over weighted
lines; the larger one counts. Exactly 1 at Q and 0 at P whatever else stands in the file.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, Self

import numpy as np

from ledger.evidence.change import MAX_FEATURES, Change, FeatureSet
from ledger.evidence.features import Bools, Counts, Hashes, Numbers

FEWEST_GRAMS: Final = 40
FEWEST_LINES: Final = 8
GONE: Final = 0.02  # of the 4-grams: less than this is nothing
STILL_AWAY: Final = 0.1  # of what was taken away: less than this means that it came back

SHORTEST_RUN: Final = 3  # lines


class Measure(NamedTuple):
    """What one later text holds of one change; shares are 0..1, None without such features."""

    change: Change
    left_grams: Numbers
    left_lines: Numbers
    removed: float | None  # share of what was taken away that is still away

    @property
    def grams(self) -> float | None:
        """The share of the added 4-grams that is there."""
        return _share(self.change.added_grams, self.left_grams)

    @property
    def lines(self) -> float | None:
        """The share of the added lines that is there, by weight."""
        return _share(self.change.added_lines, self.left_lines)

    @property
    def kept(self) -> float | None:
        """The share of what was added that is there."""
        return max((share for share in (self.grams, self.lines) if share is not None), default=None)

    @property
    def line_count(self) -> int:
        """How many of the added lines are there, those included that were only reformatted."""
        part = self.change.added_lines
        feature_count = int(part.counts.sum())
        by_lines = int(self.left_lines.sum()) / feature_count if feature_count else 0.0
        return round(part.total * max(by_lines, self.grams or 0.0))

    @property
    def missing(self) -> FeatureSet:
        """The added 4-grams that are not there, or the lines where there are no 4-grams."""
        if self.change.added_grams:
            return _missing_part(self.change.added_grams, self.left_grams)
        return self.missing_lines

    @property
    def missing_lines(self) -> FeatureSet:
        """The added lines that are not there."""
        return _missing_part(self.change.added_lines, self.left_lines)

    def with_moved(self, lines: Counts) -> Self:
        """Return the measure with lines that were found in another file."""
        part = self.change.added_lines
        left_lines = np.minimum(part.counts, self.left_lines + lines.at(part.hashes))
        return self._replace(left_lines=left_lines)


class Total(NamedTuple):
    """What became of all files of a change together."""

    kept: float | None  # None: too small to measure
    reverted: bool
    lines: int
    lines_left: int


def measure(change: Change, lines: Counts, grams: Callable[[], Counts]) -> Measure:
    """Compare a later text with a change; 4-grams are asked for where lines do not suffice."""
    left_lines = _left_counts(change.added_lines, lines)
    enough = change.added_lines.total >= FEWEST_LINES
    if enough and _share(change.added_lines, left_lines) == 1:
        return Measure(change, change.added_grams.counts, left_lines, None)
    present = grams()
    if change.removed_grams:
        removed = _still_away(change.removed_grams, present)
    else:
        removed = _still_away(change.removed_lines, lines)
    return Measure(change, _left_counts(change.added_grams, present), left_lines, removed)


def share_left(part: FeatureSet, text_counts: Counts) -> float | None:
    """Return how much of a part is in a later text, None when there is nothing in it."""
    return _share(part, _left_counts(part, text_counts))


def rebased(change: Change, lines: Counts, grams: Counts) -> Change:
    """Return a change of which only the replaced texts are known, netted by the file before it.

    What the file had elsewhere already is no longer looked at: nobody could tell whose it is.
    """
    return Change(
        change.added_grams.only(grams.at(change.added_grams.hashes) == 0),
        change.added_lines.only(lines.at(change.added_lines.hashes) == 0),
        _with_bases(change.removed_grams, grams),
        _with_bases(change.removed_lines, lines),
        whole=True,
    )


def together(measures: Sequence[Measure]) -> Total:
    """Return what became of the files of one interaction, each by the size of its change.

    What mainly takes away is judged by whether it is still away.
    """
    changes = [measured.change for measured in measures]
    lines = sum(change.added_lines.total for change in changes)
    left = sum(measured.line_count for measured in measures)
    removed = _mean((measured.removed, _removed_size(measured.change)) for measured in measures)
    came_back = removed is None or removed < STILL_AWAY
    if _is_enough(change.added_grams.total for change in changes) or lines >= FEWEST_LINES:
        share = _mean((measured.kept, _added_size(measured.change)) for measured in measures)
        grams = _mean((measured.grams, _added_size(measured.change)) for measured in measures)
        gone = (grams or 0.0) < GONE and (share or 0.0) < STILL_AWAY
        return Total(share, gone and came_back, lines, left)
    if _is_enough(change.removed_grams.total for change in changes):
        return Total(removed, came_back and removed is not None, lines, left)
    return Total(None, False, lines, left)


def replaced_share(pairs: Sequence[tuple[Measure, Sequence[Change]]]) -> float:
    """Return how much of what is missing was taken away by later changes of its file, 0..1."""
    all_missing, taken = 0, 0
    for measured, later in pairs:
        missing = measured.missing
        known, away = _taken_by_later(missing, later)
        all_missing += int(missing.counts[known].sum())
        taken += int(missing.counts[known & away].sum())
    return taken / all_missing if all_missing else 0.0


def _taken_by_later(missing: FeatureSet, later: Sequence[Change]) -> tuple[Bools, Bools]:
    """Return which features later changes can speak of, and which of them they took away."""
    known = np.ones(len(missing.hashes), np.bool_)
    away = np.zeros(len(missing.hashes), np.bool_)
    for change in later:
        for part in (change.removed_grams, change.removed_lines):
            away |= np.isin(missing.hashes, part.hashes)
            if len(part.hashes) == MAX_FEATURES:
                known &= (missing.hashes <= part.hashes[-1]) | away
    return known, away


def _left_counts(part: FeatureSet, text_counts: Counts) -> Numbers:
    there: Numbers = np.maximum(0, text_counts.at(part.hashes) - part.bases)
    return np.minimum(part.counts, there)


def _share(part: FeatureSet, left: Numbers) -> float | None:
    total = int((part.counts * part.weights).sum())
    return int((left * part.weights).sum()) / total if total else None


def _still_away(part: FeatureSet, text_counts: Counts) -> float | None:
    back = share_left(part, text_counts)
    return None if back is None else 1 - back


def _missing_part(part: FeatureSet, left: Numbers) -> FeatureSet:
    missing = part.counts - left
    return part._replace(counts=missing).only(missing > 0)


def _with_bases(part: FeatureSet, counts_after: Counts) -> FeatureSet:
    """Return removed features with how often the file still had each after the change."""
    return part._replace(bases=np.maximum(0, counts_after.at(part.hashes) - part.counts))


def _added_size(change: Change) -> int:
    return change.added_grams.total + change.added_lines.total


def _removed_size(change: Change) -> int:
    return change.removed_grams.total + change.removed_lines.total


def _is_enough(grams: Iterable[int]) -> bool:
    return sum(grams) >= FEWEST_GRAMS


def _mean(shares: Iterable[tuple[float | None, int]]) -> float | None:
    known = [(share, size) for share, size in shares if share is not None]
    total = sum(size for _, size in known)
    return sum(share * size for share, size in known) / total if total else None


def moved(missing: FeatureSet, lines: Hashes, before: Callable[[], Counts]) -> Counts:
    """Return which missing lines stand in another file, in rows of at least three.

    `lines` are that file's lines in their order, `before` gives what it had before the change:
    lines that stood there already did not come from elsewhere.
    """
    candidates = _are_in(lines, missing.hashes)
    if np.count_nonzero(candidates) < SHORTEST_RUN:
        return Counts.nothing()
    candidates &= before().at(lines) == 0
    edges = np.diff(np.concatenate(([0], candidates.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    long = ends - starts >= SHORTEST_RUN
    if not long.any():
        return Counts.nothing()
    runs = [lines[start:end] for start, end in zip(starts[long], ends[long], strict=True)]
    moved_lines = Counts.of(np.concatenate(runs))
    rows = np.searchsorted(missing.hashes, moved_lines.hashes)
    return Counts(moved_lines.hashes, np.minimum(moved_lines.counts, missing.counts[rows]))


def _are_in(lines: Hashes, ascending: Hashes) -> Bools:
    """Tell which lines are among others; much quicker than `np.isin` where both are few."""
    if not len(ascending):
        return np.zeros(len(lines), np.bool_)
    place = np.searchsorted(ascending, lines)
    place[place == len(ascending)] = 0
    is_among: Bools = ascending[place] == lines
    return is_among
