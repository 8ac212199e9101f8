"""The ratio of two ratios within like work: person-time Mantel-Haenszel with its interval.

For strata k with worth a, b and exposure t1, t0 of the two arms, and t = t1 + t0:

    ratio = sum(a * t0 / t) / sum(b * t1 / t)

(Rothman, Greenland and Lash 2008, Modern Epidemiology, chapter 15.) Its error is linearised over
units, which may be days: what happens on one day hangs together.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from ledger.metrics.arrays import Bools, Floats, Ints
from ledger.metrics.distributions import student
from ledger.metrics.intervals import LEVEL, MAX_END_FACTOR, RESAMPLES, draws

MAX_BOOTSTRAP_CELLS = (
    20_000  # beyond it the linearised error alone agrees with the bootstrap, and is quick
)
MAX_IN_MEMORY = 2_000_000  # numbers held in memory at a time
ZERO_ERROR = 1e-12
# Intervals made for 95 % hold the truth about 90 % of the time on work as uneven as this, so the
# same data speaks for a difference by as much less.
COVERAGE_CORRECTION = NormalDist().inv_cdf(0.95) / NormalDist().inv_cdf(0.975)


class Cells(NamedTuple):
    """Worth and exposure of each (unit, stratum, arm) that has any; every stratum has both arms."""

    unit: Ints
    stratum: Ints
    arm: Ints  # 0 or 1
    worth: Floats
    exposure: Floats


class Stratified(NamedTuple):
    """A ratio first / second within strata; the probability is that the first is better."""

    ratio: float
    low: float
    high: float
    probability: float


class _Plan(NamedTuple):
    """Cells in the order of their slots (stratum, arm), and how to add them up."""

    cells: Cells
    slot: Ints
    slot_starts: Ints
    by_unit: Ints  # the order of units
    unit_starts: Ints
    units: int


def stratified(cells: Cells) -> Stratified | None:
    """Return the ratio; None where an arm is worth nothing or the ends lie worlds apart."""
    if not len(cells.unit):
        return None
    plan = _plan_of(cells)
    once = np.ones((plan.units, 1))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        log, error = (float(draws_of[0]) for draws_of in _log_ratio(plan, once))
        if not np.isfinite(log) or plan.units < 2:
            return None
        if error < ZERO_ERROR:
            return Stratified(np.exp(log), np.exp(log), np.exp(log), 0.5 * (1 + np.sign(log)))
        below, above, probability = _tails(plan, log, error)
        low, high = np.exp(log - above * error), np.exp(log - below * error)
    if not (low > 0 and np.isfinite(high) and high <= MAX_END_FACTOR * low):
        return None
    return Stratified(float(np.exp(log)), float(low), float(high), _corrected(probability))


def _corrected(probability: float) -> float:
    normal, least = NormalDist(), 1 / (2 * RESAMPLES)
    return normal.cdf(COVERAGE_CORRECTION * normal.inv_cdf(min(max(probability, least), 1 - least)))


def _plan_of(cells: Cells) -> _Plan:
    order = np.argsort(cells.stratum * 2 + cells.arm, kind="stable")
    cells = Cells._make(column[order] for column in cells)
    _, slot_starts, slot = np.unique(
        cells.stratum * 2 + cells.arm, return_index=True, return_inverse=True
    )
    units, unit = np.unique(cells.unit, return_inverse=True)
    by_unit = np.argsort(unit, kind="stable")
    unit_starts = np.searchsorted(unit[by_unit], np.arange(len(units)))
    return _Plan(cells._replace(unit=unit), slot, slot_starts, by_unit, unit_starts, len(units))


def _tails(plan: _Plan, log: float, error: float) -> tuple[float, float, float]:
    """Return the studentised tails, and how often a draw lies below what was seen."""
    if len(plan.slot) > MAX_BOOTSTRAP_CELLS:
        reach = student((1 + LEVEL) / 2, plan.units - 1)
        return -reach, reach, NormalDist().cdf(log / error)
    times = draws(plan.units)
    step = max(1, MAX_IN_MEMORY // len(plan.slot))
    parts = []
    for start in range(0, RESAMPLES, step):
        logs, errors = _log_ratio(plan, times[:, start : start + step].astype(np.float64))
        moved = logs - log
        studentised = np.divide(
            moved, errors, out=np.zeros_like(moved), where=np.abs(moved) >= ZERO_ERROR
        )
        parts.append(
            np.where(np.isnan(studentised), np.sign(np.nan_to_num(moved)) * np.inf, studentised)
        )
    ordered = np.sort(np.nan_to_num(np.concatenate(parts), nan=0.0, posinf=np.inf, neginf=-np.inf))
    cut = round(RESAMPLES * (1 - LEVEL) / 2)
    observed = log / error
    between = np.searchsorted(ordered, observed, side="left") + np.searchsorted(
        ordered, observed, side="right"
    )
    return (
        float(ordered[cut - 1]),
        float(ordered[RESAMPLES - cut]),
        float(between) / (2 * RESAMPLES),
    )


def _log_ratio(plan: _Plan, times: Floats) -> tuple[Floats, Floats]:
    """Return ln ratio and its linearised error of every draw; `times` has shape (units, draws)."""
    cells = plan.cells
    drawn = times[cells.unit]
    worth = np.add.reduceat(drawn * cells.worth[:, np.newaxis], plan.slot_starts, axis=0)
    exposure = np.add.reduceat(drawn * cells.exposure[:, np.newaxis], plan.slot_starts, axis=0)
    a, b, t1, t0 = worth[0::2], worth[1::2], exposure[0::2], exposure[1::2]
    exposed = t1 + t0
    share1, share0 = _quotient(t1, exposed), _quotient(t0, exposed)
    top, bottom = (a * share0).sum(axis=0), (b * share1).sum(axis=0)
    # The derivatives of ln top - ln bottom by worth and exposure of each slot.
    tilt = _quotient(a / top + b / bottom, exposed)
    by_worth = np.stack([share0 / top, -share1 / bottom], axis=1).reshape(worth.shape)
    by_exposure = np.stack([-tilt * share0, tilt * share1], axis=1).reshape(worth.shape)
    moves = cells.worth[:, np.newaxis] * by_worth[plan.slot]
    moves += cells.exposure[:, np.newaxis] * by_exposure[plan.slot]
    by_unit = np.add.reduceat(moves[plan.by_unit], plan.unit_starts, axis=0)
    return np.log(top) - np.log(bottom), np.sqrt((times * by_unit**2).sum(axis=0))


def _quotient(part: Floats, whole: Floats) -> Floats:
    there: Bools = whole > 0
    return np.divide(part, whole, out=np.zeros_like(part), where=there)
