"""Everything said about a selection and its groups, from one pass over it."""

from dataclasses import replace
from datetime import tzinfo
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Ratio, Summary
from ledger.core.vocabulary import Tag
from ledger.metrics.arrays import Bools, Floats, Ints, counted, weighed
from ledger.metrics.blocks import EDITED_WORTH, TAGS
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import GroupBy, Grouping, grouping, memberships
from ledger.metrics.intervals import GroupIntervals
from ledger.metrics.outcome import Outcome
from ledger.metrics.ratio import (
    FOURTHS,
    NEVER_EXEMPT,
    SCALE,
    Cost,
    DataQuality,
    all_fourths,
    evidences,
    headline_denominator_x4,
    is_capped,
    mte,
    str_of,
)
from ledger.metrics.sampled import SampledWorth, estimate_worth
from ledger.metrics.shares import kept_share, share
from ledger.metrics.spending import Spending, spending
from ledger.metrics.uncertain import likely, likely_of_groups


class GroupRatios(NamedTuple):
    """One way to count, for every group of a grouping."""

    is_headline: bool
    judged: Outcome
    known: list[DataQuality]
    ends: dict[int, tuple[float, float]]  # intervals, in percent per fourth
    guess: list[float]  # expected worth in percent; zeros where nobody may ask for it
    sample: SampledWorth | None = None  # of the only group, where the daily questions allow it

    def with_intervals(self, noise: GroupIntervals, spent: Spending) -> "GroupRatios":
        """Return the account with the interval of each group whose evidence allows one."""
        allowed = [at for at, known in enumerate(self.known) if known.allows_interval]
        if not allowed:
            return self
        weights = _weights(spent, is_headline=self.is_headline)
        ends = noise.intervals(self.judged.guess, weights, allowed)
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
            by_answers = self._sampled(middle, (lower, upper), known, low=low, high=high)
            if by_answers is not None:
                return by_answers
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
        known: DataQuality,
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
            (str_of(worth, cost) or 0.0) * counted for worth in (sample.worth, *sample.ends)
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
        fourths = headline_denominator_x4 if self.is_headline else all_fourths
        sums = (spent.low[at], spent.middle[at], spent.high[at])
        least, middle, most = (fourths(Cost(*sums_of_group.tolist())) for sums_of_group in sums)
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


def account(judged: Outcome, spent: Spending, *, is_headline: bool) -> GroupRatios:
    """Return an account without intervals."""
    counters = spent.counters
    took = likely_of_groups(spent.by_tag, spent.unknown, spent.missing, counters["requests"])
    known = evidences(judged.decided, judged.days, took, counters["requests"], counters["unknown"])
    return GroupRatios(is_headline, judged, known, {}, [0.0] * len(known))


def _weights(spent: Spending, *, is_headline: bool) -> Floats:
    """Say what a delivering and an exempt token-equivalent of each group costs, in fourths."""
    if not is_headline:
        return np.full((len(spent.te), 2), float(FOURTHS))
    capped, free = (NEVER_EXEMPT, NEVER_EXEMPT), (FOURTHS, 0)
    holds = is_capped(spent.middle)[:, np.newaxis]
    return np.where(holds, capped, free).astype(np.float64)


class Tally(NamedTuple):
    """The sums of one grouping of one selection."""

    groups: Grouping
    tags: Ints  # shape (groups, 4)
    spent: Spending
    headline: GroupRatios  # of deliveries
    together: GroupRatios  # of deliveries and experiments, and of automation that was tagged
    edited_worth: int


def tally(
    frame: Frame,
    selection: Selection,
    groups: Grouping,
    *,
    zone: tzinfo | None,
    edited_worth: int,
    interval: bool,
) -> Tally:
    """Add up a selection by group."""
    days, selected = frame.days(zone), selection.interactions
    spent = spending(frame, selection, groups.portion_group, groups.size)
    members = selected & frame.delivering
    judged = Outcome(frame, selection, groups, members, days, edited_worth)
    headline = account(judged, spent, is_headline=True)
    if interval and groups.size == 1 and not groups.shared and frame.questions:
        headline = headline._replace(sample=_sampled(frame, members, judged))
    if not frame.delivering[selection.rows].all():
        members = selected & (frame.prompted | (frame.tag != 0))
        judged = Outcome(frame, selection, groups, members, days, edited_worth)
    together = account(judged, spent, is_headline=False)
    if interval:
        noise = GroupIntervals(frame, selection, groups, days)
        headline = headline.with_intervals(noise, spent)
        is_same = together.judged is headline.judged and not spent.middle[:, 1].any()
        if is_same:
            together = headline._replace(is_headline=False, sample=None)
        else:
            together = together.with_intervals(noise, spent)
    tags = _tag_counts(frame, selection, groups)
    return Tally(groups, tags, spent, headline, together, edited_worth)


def _sampled(frame: Frame, members: Bools, judged: Outcome) -> SampledWorth | None:
    """Estimate the worth of the selected blocks from the daily questions."""
    blocks = frame.blocks
    selected = counted(blocks.of[members], len(blocks))
    complete: Bools = selected == counted(blocks.of[frame.delivering], len(blocks))
    return estimate_worth(frame.question_sample, judged.codes, complete, judged.edited_worth)


def _tag_counts(frame: Frame, selection: Selection, groups: Grouping) -> Ints:
    """Count interactions by group and tag."""
    members = memberships(groups, selection, selection.interactions)
    tag = frame.tag[members if groups.rows is None else groups.rows[members]]
    kind = groups.group[members] * np.intp(TAGS) + tag
    return counted(kind, groups.size * TAGS).reshape(groups.size, TAGS)


def summaries(sums: Tally) -> list[Summary]:
    """Return a summary of each group that has anything, in the order of the grouping's keys."""
    has_any = (sums.tags.sum(axis=1) > 0) | (sums.spent.counters["requests"] > 0)
    return [summary_at(sums, at) for at in np.flatnonzero(has_any).tolist()]


def summary_at(sums: Tally, at: int) -> Summary:
    """Return the summary of one group."""
    spent, tags = sums.spent, sums.tags[at].tolist()
    te = int(spent.by_tag[at].sum())
    low, high = (ends[at].sum(axis=0).tolist() for ends in (spent.te_low, spent.te_high))
    lower, upper = kept_share(low, high, sums.edited_worth)
    headline = sums.headline.ratio(spent, at)
    return Summary(
        key=sums.groups.keys[at],
        interactions=sum(tags),
        **{name: int(counter[at]) for name, counter in spent.counters.items()},
        kept=tags[Tag.KEPT],
        edited=tags[Tag.EDITED],
        thrown_away=tags[Tag.THROWN_AWAY],
        untagged=tags[0],
        mte=mte(te),
        ratio=headline,
        ratio_all=sums.together.ratio(spent, at),
        kept_share_lower=lower,
        kept_share_upper=upper,
        coverage=sums.headline.known[at].coverage,
        coverage_blocks=share(sums.headline.known[at].decided, headline.blocks),
        counted=_counted(spent, at),
    )


def _counted(spent: Spending, at: int) -> float | None:
    """Return which share of what a group likely took was counted by the tools."""
    counted, te = int(spent.counted[at]), int(spent.by_tag[at].sum())
    unknown, missing = (int(sums[at].sum()) for sums in (spent.unknown, spent.missing))
    requests = int(spent.counters["requests"][at])
    took = likely((counted, te - counted, 0), (0, 0, unknown), (0, 0, missing), requests)
    return share(took[0], sum(took))


def summary_of(
    frame: Frame,
    selection: Selection,
    key: str = "all",
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
    interval: bool = True,
) -> Summary:
    """Return the figures of a selection; `edited_worth` is in percent.

    Without `interval` neither intervals nor points are made, only counts, shares and bounds.
    """
    sums = tally(
        frame,
        selection,
        grouping(frame, "all"),
        zone=zone,
        edited_worth=edited_worth,
        interval=interval,
    )
    return replace(summary_at(sums, 0), key=key)


def summary_by_group(
    frame: Frame,
    selection: Selection,
    by: GroupBy,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
    interval: bool = True,
) -> list[Summary]:
    """Return a summary of each group that has anything in the selection, in the order of keys.

    Keys are tool keys, model names, project keys, keys of kinds, ISO days, or “all”. Without
    `interval` neither intervals nor points are made, only counts, shares and bounds.
    """
    sums = tally(
        frame,
        selection,
        grouping(frame, by, zone),
        zone=zone,
        edited_worth=edited_worth,
        interval=interval,
    )
    return sorted(summaries(sums), key=lambda summary: summary.key)
