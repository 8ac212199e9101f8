"""Everything said about groups of interactions, from one pass over the selection."""

from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Summary
from ledger.core.words import Tag
from ledger.metrics.accounts import Account, account
from ledger.metrics.arrays import Bools, Ints, counted
from ledger.metrics.blocks import TAGS
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import Grouping, memberships
from ledger.metrics.noise import Noise
from ledger.metrics.outcome import Outcome
from ledger.metrics.ratio import mte
from ledger.metrics.sampled import Sampled, sampled
from ledger.metrics.shares import coverage, kept_share, share
from ledger.metrics.spending import Spending, spending


class Tally(NamedTuple):
    """The sums of one grouping of one selection."""

    groups: Grouping
    tags: Ints  # shape (groups, 4)
    spent: Spending
    headline: Account  # of deliveries
    together: Account  # of deliveries and experiments, and of automation that was tagged
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
    days, chosen = frame.days(zone), selection.interactions
    spent = spending(frame, selection, groups.portion_group, groups.size)
    mine = chosen & frame.delivering
    judged = Outcome(frame, selection, groups, mine, days, edited_worth)
    headline = account(judged, spent, is_headline=True)
    if interval and groups.size == 1 and not groups.shared and frame.questions:
        headline = headline._replace(sample=_sampled(frame, mine, judged))
    if not frame.delivering[selection.rows].all():
        mine = chosen & (frame.prompted | (frame.tag != 0))
        judged = Outcome(frame, selection, groups, mine, days, edited_worth)
    together = account(judged, spent, is_headline=False)
    if interval:
        noise = Noise(frame, selection, groups, days)
        headline = headline.with_intervals(noise, spent)
        is_same = together.judged is headline.judged and not spent.middle[:, 1].any()
        if is_same:
            together = headline._replace(is_headline=False, sample=None)
        else:
            together = together.with_intervals(noise, spent)
    tags = _tags(frame, selection, groups)
    return Tally(groups, tags, spent, headline, together, edited_worth)


def _sampled(frame: Frame, mine: Bools, judged: Outcome) -> Sampled | None:
    """Estimate the worth of the selected blocks from the daily questions."""
    blocks = frame.blocks
    members = counted(blocks.of[mine], len(blocks))
    whole: Bools = members == counted(blocks.of[frame.delivering], len(blocks))
    return sampled(frame.asked, judged.codes, whole, judged.edited_worth)


def _tags(frame: Frame, selection: Selection, groups: Grouping) -> Ints:
    """Count interactions by group and tag."""
    mine = memberships(groups, selection, selection.interactions)
    tag = frame.tag[mine if groups.rows is None else groups.rows[mine]]
    kind = groups.group[mine] * np.intp(TAGS) + tag
    return counted(kind, groups.size * TAGS).reshape(groups.size, TAGS)


def summaries(made: Tally) -> list[Summary]:
    """Return a summary of each group that has anything, in the order of the grouping's keys."""
    has_any = (made.tags.sum(axis=1) > 0) | (made.spent.counters["requests"] > 0)
    return [summary_at(made, at) for at in np.flatnonzero(has_any).tolist()]


def summary_at(made: Tally, at: int) -> Summary:
    """Return the summary of one group."""
    spent, tags = made.spent, made.tags[at].tolist()
    by_tag = spent.by_tag[at]
    te = int(by_tag.sum())
    lower, upper = kept_share(by_tag, made.edited_worth)
    headline = made.headline.ratio(spent, at)
    return Summary(
        key=made.groups.keys[at],
        interactions=sum(tags),
        **{name: int(sums[at]) for name, sums in spent.counters.items()},
        kept=tags[Tag.KEPT],
        edited=tags[Tag.EDITED],
        thrown_away=tags[Tag.THROWN_AWAY],
        untagged=tags[0],
        mte=mte(te),
        ratio=headline,
        ratio_all=made.together.ratio(spent, at),
        kept_share_lower=lower,
        kept_share_upper=upper,
        coverage=coverage(by_tag),
        coverage_blocks=share(made.headline.known[at].decided, headline.blocks),
        counted=share(int(spent.counted[at]), te),
    )
