"""How much of what was added was still there after a week and a month, beside the repositories'."""

from collections.abc import Iterable, Sequence

import numpy as np

from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.report import Estimate, Survived, rounded, rounded_or_none
from ledger.metrics.intervals import interval

HORIZONS = (Horizon.WEEK, Horizon.MONTH)
FEWEST = 8  # measured interactions
# What git can tell: reverted work is measured as gone; parked and superseded work is set apart.
MEASURED = frozenset((Fate.MEASURED, Fate.REVERTED))


def survived(found: Iterable[Survival]) -> tuple[Survived, ...]:
    """Return the survival at 7 and 30 days, weighted by how much was added."""
    known = [one for one in found if one.fate in MEASURED and one.anywhere is not None]
    return tuple(
        _at(horizon, [one for one in known if one.horizon is horizon]) for horizon in HORIZONS
    )


def _at(horizon: Horizon, found: Sequence[Survival]) -> Survived:
    grams = np.asarray([one.grams for one in found], dtype=np.float64)
    left = grams * np.asarray([one.anywhere or 0.0 for one in found], dtype=np.float64)
    if len(found) < FEWEST or not grams.any():
        return Survived(horizon=horizon.value, share=Estimate(n=len(found)))
    ends = interval(left, grams)
    low, high = (ends[0], min(ends[1], 1.0)) if ends else (None, None)
    based = [(one.grams, one.baseline) for one in found if one.baseline is not None]
    weight = sum(size for size, _ in based)
    baseline = sum(size * share for size, share in based) / weight if weight else None
    return Survived(
        horizon=horizon.value,
        share=Estimate(
            value=rounded(float(left.sum() / grams.sum())),
            low=rounded_or_none(low),
            high=rounded_or_none(high),
            n=len(found),
        ),
        baseline=rounded_or_none(baseline),
    )
