"""Ratios of groups pulled towards the whole by as much as they are uncertain.

Worth is taken as events and token-equivalents as exposure: worth / phi ~ Poisson(rate * MTE / phi)
with rates ~ Gamma(alpha, beta) over the groups, so a group's rate given its figures is gamma again
(the gamma-Poisson model: Clayton and Kaldor 1987, Biometrics 43(3)). phi says how much more
unevenly worth falls than by chance alone (quasi-Poisson: McCullagh and Nelder 1989, chapter 6).
"""

from datetime import tzinfo
from math import lgamma, log
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Shrunken
from ledger.metrics.arrays import Bools, Floats, Ints, weighed
from ledger.metrics.blocks import EDITED_WORTH, FULL_WORTH
from ledger.metrics.distributions import gamma_quantile
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import GroupBy, grouping
from ledger.metrics.ratio import (
    COVERAGE,
    FOURTHS,
    UNKNOWN_SHARE,
    DataQuality,
    headline_costs,
    mte,
    str_of,
)
from ledger.metrics.sized import TWENTIETHS_A_MILLION, delivering_parts
from ledger.metrics.tally import Tally, tally

LEAST_PHI = 0.25
ENOUGH_GROUPS = 5  # from so many on they tell themselves how much they differ
PRIOR_BLOCKS = 8  # what the whole weighs against a group where they are fewer
MIN_PRIOR_WEIGHT = 1e-4  # of all exposure: the least that the whole may weigh
GRID_STEPS = 41
TAIL = 0.025  # nominally 95 %


class Prior(NamedTuple):
    """What is believed of a group's rate before its figures are looked at."""

    rate: float  # blocks per MTE: the ratio of the whole
    doubt: float  # variance of that rate
    betas: tuple[tuple[float, float], ...]  # what the rate may weigh (MTE / phi), how probable
    phi: float


def shrunken(
    frame: Frame,
    selection: Selection,
    by: GroupBy,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> list[Shrunken]:
    """Return every group with its raw and its shrunken STR of deliveries, in the order of keys.

    A group with less than half of its token-equivalents tagged, or with too many requests of
    unknown usage, has its lower bound as `raw` and no shrunken value; it tells nothing about the
    others either.
    """
    groups = grouping(frame, by, zone)
    sums = tally(frame, selection, groups, zone=zone, edited_worth=edited_worth, interval=False)
    worth = weighed(groups.pair_group, sums.headline.judged.guess, groups.size) / FULL_WORTH
    cost = headline_costs(sums.spent.middle) / (FOURTHS * TWENTIETHS_A_MILLION)
    counted = 1 - np.asarray([evidence.unknown for evidence in sums.headline.known])
    exposure = np.divide(cost, counted, out=np.zeros_like(cost), where=counted > 0)
    known = np.asarray([_is_known(one) for one in sums.headline.known], dtype=np.bool_)
    known &= exposure > 0
    phi = dispersion(*_cells(frame, selection, sums, zone, known))
    blocks = int(sums.headline.judged.blocks[known].sum())
    prior = prior_of(worth[known], exposure[known], blocks, phi)
    shrunk = []
    for at in np.flatnonzero((sums.headline.judged.blocks > 0) | (cost > 0)).tolist():
        if known[at] and prior is not None:
            value = posterior(float(worth[at]), float(exposure[at]), prior)
            shrunk.append(_shrunken_row(sums, at, float(worth[at] / exposure[at]), value))
        else:
            shrunk.append(_shrunken_row(sums, at, _lower_bound(sums, at), (None, None, None)))
    return sorted(shrunk, key=lambda group: group.key)


def dispersion(worth: Floats, exposure: Floats, group: Ints) -> float:
    """Return phi: how far cells (a group on a day) lie from their group's ratio, squared.

    Sum of squares over sum of expectations and not the sum of their quotients: a day with hardly
    any tokens would outweigh all others there.
    """
    size = int(group.max(initial=-1)) + 1
    total, spent = weighed(group, worth, size), weighed(group, exposure, size)
    rate = np.divide(total, spent, out=np.zeros_like(total), where=spent > 0)
    off = worth - rate[group] * exposure
    freedom = len(worth) - np.count_nonzero(spent)
    if freedom < 1 or worth.sum() <= 0:
        return 1.0
    return max(LEAST_PHI, float((off**2).sum() / worth.sum()) * len(worth) / freedom)


def prior_of(worth: Floats, exposure: Floats, blocks: int, phi: float) -> Prior | None:
    """Return the prior that groups of this worth and exposure (MTE) share; None without worth."""
    total_worth, spent = float(worth.sum()), float(exposure.sum())
    if total_worth <= 0 or not blocks:
        return None
    rate = total_worth / spent
    doubt = phi * rate / spent
    if len(worth) < ENOUGH_GROUPS:
        return Prior(rate, doubt, ((PRIOR_BLOCKS * spent / blocks, 1.0),), phi)
    scaled = list(zip((worth / phi).tolist(), (exposure / phi).tolist(), strict=True))
    betas = np.geomspace(MIN_PRIOR_WEIGHT * spent / phi, spent / phi, GRID_STEPS)
    likely = np.asarray([_likelihood(scaled, rate, beta) for beta in betas.tolist()])
    weights = np.exp(likely - likely.max())
    weights /= weights.sum()
    return Prior(rate, doubt, tuple(zip(betas.tolist(), weights.tolist(), strict=True)), phi)


def posterior(worth: float, exposure: float, prior: Prior) -> tuple[float, float, float]:
    """Return the mean rate of a group given its figures, and the ends of its interval.

    The mean lies between the group's own ratio and that of the whole. The interval is that of the
    gamma distribution with the mean and variance of the posterior over all weights of the prior,
    and with what is not known of the whole's ratio itself: intervals that leave these out are too
    narrow (Morris 1983, JASA 78(381)).
    """
    y, t = worth / prior.phi, exposure / prior.phi
    components = [
        (share, (prior.rate * beta + y) / (beta + t), beta + t, beta / (beta + t))
        for beta, share in prior.betas
    ]
    mean = sum(share * value for share, value, _, _ in components)
    spread = sum(
        share * (value / weight + (value - mean) ** 2 + pull**2 * prior.doubt)
        for share, value, weight, pull in components
    )
    low, high = (gamma_quantile(end, mean**2 / spread, mean / spread) for end in (TAIL, 1 - TAIL))
    # Where next to nothing was kept, the gamma is so skewed that its mean can leave its middle.
    return mean, min(low, mean), max(high, mean)


def _likelihood(scaled: list[tuple[float, float]], rate: float, beta: float) -> float:
    """Return the logarithm of the marginal, negative-binomial likelihood, but for a constant."""
    alpha = rate * beta
    constant = alpha * log(beta) - lgamma(alpha)
    return sum(constant + lgamma(alpha + y) - (alpha + y) * log(beta + t) for y, t in scaled)


def _is_known(known: DataQuality) -> bool:
    return (known.coverage or 0.0) >= COVERAGE and known.unknown <= UNKNOWN_SHARE


def _cells(
    frame: Frame, selection: Selection, sums: Tally, zone: tzinfo | None, known: Bools
) -> tuple[Floats, Floats, Ints]:
    """Return worth, exposure and group of every day of every group that is known."""
    groups, days = sums.groups, frame.days(zone)
    width, size = max(len(days.days), 1), groups.size
    parts = delivering_parts(frame, selection)
    spent_on = days.block[frame.blocks.of[frame.owners[parts]]]
    earned_on = days.block[groups.pair_block]
    spent = groups.portion_group[parts].astype(np.intp) * width + spent_on
    earned = groups.pair_group.astype(np.intp) * width + earned_on
    cost = weighed(spent, frame.te[parts], size * width)
    worth = weighed(earned, sums.headline.judged.guess, size * width)
    at = np.flatnonzero(((cost > 0) | (worth > 0)) & np.repeat(known, width))
    return worth[at] / FULL_WORTH, cost[at] / TWENTIETHS_A_MILLION, at // width


def _lower_bound(sums: Tally, at: int) -> float | None:
    lower, _ = sums.headline.judged.bounds
    return str_of(lower[at], int(headline_costs(sums.spent.high)[at]))


def _shrunken_row(
    sums: Tally,
    at: int,
    raw: float | None,
    value: tuple[float, float, float] | tuple[None, None, None],
) -> Shrunken:
    return Shrunken(
        key=sums.groups.keys[at],
        raw=raw,
        value=value[0],
        low=value[1],
        high=value[2],
        blocks=int(sums.headline.judged.blocks[at]),
        coverage=sums.headline.known[at].coverage,
        mte=mte(int(sums.spent.by_tag[at].sum())),
    )
