"""Two ways to count: the headline, of deliveries alone, and everything together."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Ratio
from ledger.metrics.arrays import Floats, weighed
from ledger.metrics.gates import Evidence, evidences
from ledger.metrics.noise import Noise
from ledger.metrics.outcome import Outcome
from ledger.metrics.ratio import (
    FOURTHS,
    NEVER_EXEMPT,
    SCALE,
    Cost,
    all_fourths,
    headline_fourths,
    is_capped,
    str_of,
)
from ledger.metrics.sampled import Sampled
from ledger.metrics.spending import Spending


class Account(NamedTuple):
    """One way to count, for every group of a grouping."""

    is_headline: bool
    judged: Outcome
    known: list[Evidence]
    ends: dict[int, tuple[float, float]]  # intervals, in percent per fourth
    guess: list[float]  # expected worth in percent; zeros where nobody may ask for it
    sample: Sampled | None = None  # of the only group, where the daily questions allow it

    def with_intervals(self, noise: Noise, spent: Spending) -> "Account":
        """Return the account with the interval of each group whose evidence allows one."""
        wanted = [at for at, known in enumerate(self.known) if known.allows_interval]
        if not wanted:
            return self
        weights = _weights(spent, is_headline=self.is_headline)
        ends = noise.intervals(self.judged.guess, weights, wanted)
        groups = self.judged.groups
        guess = weighed(groups.pair_group, self.judged.guess, groups.size)
        return self._replace(ends=ends, guess=guess.tolist())

    def ratio(self, spent: Spending, at: int) -> Ratio:
        """Return the STR of one group as far as the gates allow."""
        least, middle, most = self._costs(spent, at)
        worth_lower, worth_upper = self._worth(at)
        lower, upper = str_of(worth_lower, most), str_of(worth_upper, least)
        known, point = self.known[at], None
        low, high = self._interval(at)
        if known.allows_point(low, high) and lower is not None and upper is not None:
            best = str_of(worth_lower if worth_lower == worth_upper else self.guess[at], middle)
            if best is not None:
                point = min(max(best * (1 - known.unknown), lower), upper)
        if worth_lower != worth_upper and lower is not None and upper is not None:
            found = self._sampled(middle, (lower, upper), known, low=low, high=high)
            if found is not None:
                return found
        return Ratio(
            lower=lower,
            upper=upper,
            point=point,
            assumed=worth_lower != worth_upper or known.unknown > 0,
            low=low,
            high=high,
            blocks=int(self.judged.blocks[at]),
            days=known.days,
        )

    def _sampled(
        self,
        cost: int,
        bounds: tuple[float, float],
        known: Evidence,
        *,
        low: float | None,
        high: float | None,
    ) -> Ratio | None:
        """Return the ratio that rests on the daily questions; None where they do not tell."""
        sample = self.sample
        if sample is None or not sample.is_telling or not known.counts_enough:
            return None
        counted = 1 - known.unknown
        best, least, most = (
            (str_of(one, cost) or 0.0) * counted for one in (sample.worth, *sample.ends)
        )
        lower, upper = bounds
        return Ratio(
            lower=lower,
            upper=upper,
            point=min(max(best, lower), upper),
            assumed=known.unknown > 0,
            low=low,
            high=high,
            blocks=sample.blocks,
            days=known.days,
            sampled=True,
            answers=sample.answers,
            sample_low=min(max(least, lower), upper),
            sample_high=min(max(most, lower), upper),
        )

    def _costs(self, spent: Spending, at: int) -> tuple[int, int, int]:
        """Return the least, the likeliest and the most that the group cost, in fourths."""
        fourths = headline_fourths if self.is_headline else all_fourths
        sums = (spent.low[at], spent.middle[at], spent.high[at])
        least, middle, most = (fourths(Cost(*one.tolist())) for one in sums)
        return least, middle, most

    def _worth(self, at: int) -> tuple[Fraction, Fraction]:
        lower, upper = self.judged.bounds
        return lower[at], upper[at]

    def _interval(self, at: int) -> tuple[float | None, float | None]:
        # Requests of unknown usage are taken to cost as much as the others on average.
        if at not in self.ends:
            return None, None
        low, high = self.ends[at]
        counted = 1 - self.known[at].unknown
        return low * SCALE * counted, high * SCALE * counted


def account(judged: Outcome, spent: Spending, *, is_headline: bool) -> Account:
    """Return an account without intervals."""
    counters = spent.counters
    known = evidences(
        judged.decided, judged.days, spent.by_tag, counters["requests"], counters["unknown"]
    )
    return Account(is_headline, judged, known, {}, [0.0] * len(known))


def _weights(spent: Spending, *, is_headline: bool) -> Floats:
    """Say what a delivering and an exempt token-equivalent of each group costs, in fourths."""
    if not is_headline:
        return np.full((len(spent.te), 2), float(FOURTHS))
    capped, free = (NEVER_EXEMPT, NEVER_EXEMPT), (FOURTHS, 0)
    holds = is_capped(spent.middle)[:, np.newaxis]
    return np.where(holds, capped, free).astype(np.float64)
