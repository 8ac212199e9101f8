"""The review's groups and shares: tools, projects, models, kinds of work, labels on request."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Ratio, Summary
from ledger.core.filters import Filter
from ledger.core.report import (
    Group,
    Include,
    RoundedEstimate,
    RoundedRatio,
    TagShare,
    rounded,
    rounded_or_none,
)
from ledger.core.vocabulary import TOOLS, UNTAGGED, Intent, Kind, Tag
from ledger.flows.review.names import Names
from ledger.flows.review.recipe import Recipe
from ledger.metrics.arrays import Bools, Floats, Ints, counted, summed
from ledger.metrics.distributions import jeffreys
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.intervals import FEWEST_DAYS, interval
from ledger.metrics.ratio import UNKNOWN_SHARE
from ledger.metrics.tally import summary_of
from ledger.metrics.uncertain import likely_te, part_of_spending

MOST_GROUPS = 8  # groups of one sort; the smaller ones are told together
REST = "the rest"
LEVEL = 0.9
TAG_ORDER = (*(int(tag) for tag in Tag), UNTAGGED)
FEWEST_INTERACTIONS = 8  # interactions below which a token share gets no interval


class ReviewContext(NamedTuple):
    """What every group is computed from."""

    frame: Frame
    mine: Selection
    zone: tzinfo | None
    edited_worth: int


def groups(context: ReviewContext, names: Names, recipe: Recipe) -> tuple[Group, ...]:
    """Return every group that the review tells, the largest of each sort first."""
    frame, mine = context.frame, context.mine
    tools = {
        names.tool(TOOLS[at]): Filter(tools=frozenset((TOOLS[at],))) for at in _used_tools(context)
    }
    by_project = {name: Filter(projects=frozenset((key,))) for key, name in names.projects.items()}
    kinds = np.flatnonzero(counted(frame.kind[mine.rows], len(Kind))).tolist()
    by_kind = {Kind(kind).title: Filter(kinds=frozenset((kind,))) for kind in kinds}
    all_groups = [
        *_sorted(context, "tool", tools),
        *_sorted(context, "model", _models(context, names)),
        *_sorted(context, "project", by_project),
        *(_sorted(context, "kind of work", by_kind) if kinds != [Kind.UNSORTED] else ()),
    ]
    if Include.LABELS in recipe.include:
        by_label = {label: Filter(labels=frozenset((label,))) for label in frame.labels}
        all_groups += _sorted(context, "label", by_label)
    return tuple(all_groups)


def _used_tools(context: ReviewContext) -> list[int]:
    uses = counted(context.frame.tool[context.mine.rows], len(TOOLS))
    used: list[int] = np.flatnonzero(uses).tolist()
    return used


def _models(context: ReviewContext, names: Names) -> dict[str, Filter]:
    """Return a filter per name in the file: several models may share one."""
    numbers = context.frame.model[context.mine.parts]
    used = np.flatnonzero(counted(numbers, len(context.frame.models))).tolist()
    shared: dict[str, set[str]] = {}
    for at in used:
        model = context.frame.models[at]
        shared.setdefault(names.models[model], set()).add(model)
    return {name: Filter(models=frozenset(models)) for name, models in shared.items()}


def _sorted(context: ReviewContext, by: str, filters: Mapping[str, Filter]) -> Iterator[Group]:
    """Yield the largest groups of one sort, then the rest as one when there are many."""
    te = np.zeros(len(context.frame.owners), dtype=np.int64)
    te[context.mine.parts] = likely_te(context.frame, context.mine.parts)
    sizes = {name: _size(context, filter_, te) for name, filter_ in filters.items()}
    order = sorted((name for name in filters if sizes[name][0]), key=lambda n: (-sizes[n][1], n))
    total = sum(te for _, te in sizes.values()) or 1
    many = len(order) > MOST_GROUPS
    for name in order[: MOST_GROUPS - 1] if many else order:
        part = selected(context, filters[name])
        yield _group(context, by, name, part, sizes[name][1] / total)
    if many:
        smaller = order[MOST_GROUPS - 1 :]
        part = _together(context, [filters[name] for name in smaller])
        share = sum(sizes[name][1] for name in smaller) / total
        yield _group(context, by, f"{REST} ({len(smaller)})", part, share)


def selected(context: ReviewContext, filter_: Filter) -> Selection:
    """Return what a filter leaves of what the review is about."""
    part = context.frame.select(filter_)
    mine = context.mine
    return Selection(
        part.interactions & mine.interactions, part.portions & mine.portions, part.models
    )


def _together(context: ReviewContext, filters: list[Filter]) -> Selection:
    parts = [selected(context, filter_) for filter_ in filters]
    models = [part.models for part in parts if part.models is not None]
    return Selection(
        np.logical_or.reduce([part.interactions for part in parts]),
        np.logical_or.reduce([part.portions for part in parts]),
        np.logical_or.reduce(models) if models else None,
    )


def _size(context: ReviewContext, filter_: Filter, te: Ints) -> tuple[int, int]:
    """Return how many interactions a filter leaves, and what they likely took."""
    part = selected(context, filter_)
    number = int(np.count_nonzero(part.interactions))
    return number, int(te[part.parts].sum())


def _group(context: ReviewContext, by: str, name: str, part: Selection, share: float) -> Group:
    summary = summary_of(
        context.frame, part, name, zone=context.zone, edited_worth=context.edited_worth
    )
    return Group(
        by=by,
        name=name,
        interactions=summary.interactions,
        tokens=rounded(share),
        ratio=as_estimate(summary.ratio),
        thrown_away=share_of_count(summary.thrown_away, tagged(summary)),
        coverage=rounded_or_none(summary.coverage),
    )


def tagged(summary: Summary) -> int:
    """Return how many interactions have a tag."""
    return summary.kept + summary.edited + summary.thrown_away


def as_estimate(ratio: Ratio) -> RoundedRatio:
    """Return a ratio as it is told: rounded, and without how many days were worked."""
    return RoundedRatio(
        lower=rounded_or_none(ratio.lower),
        upper=rounded_or_none(ratio.upper),
        point=rounded_or_none(ratio.point),
        assumed=ratio.assumed,
        sampled=ratio.sampled,
        low=rounded_or_none(ratio.low),
        high=rounded_or_none(ratio.high),
        blocks=ratio.blocks,
    )


def share_of_count(hits: int, tries: int) -> RoundedEstimate:
    """Return a share of things counted one by one, with its Jeffreys interval."""
    if not tries:
        return RoundedEstimate()
    low, high = jeffreys(hits, tries, LEVEL)
    return RoundedEstimate(
        value=rounded(hits / tries), low=rounded(low), high=rounded(high), n=tries
    )


def token_share(
    frame: Frame, selection: Selection, mine: Bools, zone: tzinfo | None
) -> RoundedEstimate:
    """Return which share of the token-equivalents some interactions took; n counts them all.

    Its interval reaches as far as what was not counted could move the share. No share is told
    where too many requests told no counts.
    """
    days, parts = frame.days(zone), selection.parts
    day_of, size = days.portion[parts], len(days.days)
    te, is_mine = likely_te(frame, parts), mine[frame.owners[parts]]
    whole = summed(day_of, te, size).astype(np.float64)
    part = summed(day_of, te * is_mine, size).astype(np.float64)
    total, number = float(whole.sum()), int(np.count_nonzero(selection.interactions))
    requests, unknown = (int(column[parts].sum()) for column in (frame.requests, frame.unknown))
    if not total or unknown > UNKNOWN_SHARE * requests:
        return RoundedEstimate(n=number)
    low, high = _share_ends(part, whole) if number >= FEWEST_INTERACTIONS else (None, None)
    _, (least, most) = part_of_spending(frame, parts, is_mine)
    if None not in (low, high, least, most) and least != most:
        low, high = min(low or 0.0, least or 0.0), max(high or 0.0, most or 0.0)
    value = rounded(float(part.sum()) / total)
    return RoundedEstimate(
        value=value, low=rounded_or_none(low), high=rounded_or_none(high), n=number
    )


def _share_ends(part: Floats, whole: Floats) -> tuple[float | None, float | None]:
    active = whole > 0
    if np.count_nonzero(active) < FEWEST_DAYS or not part.any():
        return None, None
    ends = interval(part[active], whole[active])
    return (ends[0], min(ends[1], 1.0)) if ends else (None, None)


def share_of_fates(frame: Frame, selection: Selection, zone: tzinfo | None) -> tuple[TagShare, ...]:
    """Return what became of it: kept, edited, thrown away, untagged."""
    tags = np.bincount(frame.tag[selection.rows], minlength=len(TAG_ORDER))
    total = int(tags.sum())
    return tuple(
        TagShare(
            tag=Tag(tag).title if tag else "untagged",
            interactions=int(tags[tag]),
            share=share_of_count(int(tags[tag]), total),
            tokens=token_share(frame, selection, frame.tag == tag, zone),
        )
        for tag in TAG_ORDER
    )


def share_of_experiments(
    frame: Frame, selection: Selection, zone: tzinfo | None
) -> RoundedEstimate:
    """Return which share of the token-equivalents went into experiments."""
    return token_share(frame, selection, frame.intent == Intent.EXPERIMENT, zone)
