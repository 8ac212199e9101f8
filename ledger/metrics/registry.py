"""Every figure that is shown: name, unit, sentence, source; and all of them of a selection.

The one table of figures. A row with `compute` has a value for any selection (`panel`); a row
without one is a chart or a rule with a page of its own.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from enum import StrEnum
from typing import NamedTuple

from ledger.core.figures import Doubt, Estimate, Figure
from ledger.metrics.cost import (
    cost,
    cost_per_block,
    cost_per_block_marginal,
    cost_per_block_paid,
    priced,
)
from ledger.metrics.figures import (
    agreement,
    block_size,
    blocks_per_day,
    by_hand,
    cache_share,
    exploration,
    kept_rate,
    projects_per_day,
    rework,
    tokens_per_block,
    top_share,
)
from ledger.metrics.query import (
    Query,
    block_count,
    mte_spent,
    share_counted,
    share_kept,
    share_tagged,
    str_bounds,
    str_of_all,
    str_ratio,
    unknown_requests,
)

RATIO_UNIT = "half-hours per million tokens"
TE_SHARE = "share of token-equivalents"
OWN = "own definition"
DENG = "Deng, Knoblich, Lu 2018"
MANSKI = "Manski 1989"


class Form(StrEnum):
    """How a figure is written."""

    NUMBER = "number"
    COUNT = "count"
    SHARE = "share"
    DOLLARS = "dollars"


class Metric(NamedTuple):
    """One figure; `anchor` is a heading of docs/measure/, on the page `page`.md."""

    key: str
    name: str
    unit: str
    sentence: str
    anchor: str
    source: str
    page: str
    form: Form = Form.NUMBER
    compute: Callable[[Query], Estimate] | None = None


METRICS = (
    Metric("str", "Signal per token", RATIO_UNIT,
        "Half-hours of work you kept for each million tokens, weighted by what tokens cost.",
        "str", DENG, "str", Form.NUMBER, str_ratio),
    Metric("str_all", "Signal per token, experiments included", RATIO_UNIT,
        "The same for everything: experiments, and automation that you tagged.",
        "str-all", OWN, "str_all", Form.NUMBER, str_of_all),
    Metric("bounds", "Bounds", RATIO_UNIT,
        "What the ratio would be if all untagged work was thrown away, and if all of it was kept.",
        "bounds", MANSKI, "bounds", Form.NUMBER, str_bounds),
    Metric("interval", "Interval", RATIO_UNIT,
        "Another period like this one would give a ratio in here about nine times in ten.",
        "interval", "Polsky, Glick, Willke, Schulman 1997", "interval"),
    Metric("kept_share", "Kept share", TE_SHARE,
        "This much of what you spent went into work you kept, edited work counting half.",
        "kept-share", MANSKI, "kept_share", Form.SHARE, share_kept),
    Metric("kept_rate", "Kept rate", "share of work blocks",
        "In this many of your work blocks you kept something.",
        "kept-rate", "Brown, Cai, DasGupta 2001", "kept_rate", Form.SHARE, kept_rate),
    Metric("coverage", "Coverage", TE_SHARE,
        "This much of what you spent is tagged, so this much of the answer is known.",
        "coverage", OWN, "coverage", Form.SHARE, share_tagged),
    Metric("blocks", "Work blocks", "half-hours",
        "Half-hours of a project in which you started AI work.",
        "work-blocks", OWN, "blocks", Form.COUNT, block_count),
    Metric("blocks_per_day", "Blocks per active day", "half-hours a day",
        "Half-hours of AI work on a day with any.",
        "blocks-per-day", OWN, "blocks_per_day", Form.NUMBER, blocks_per_day),
    Metric("block_size", "Size of a block", "million token-equivalents",
        "Half of your work blocks took less than this.",
        "block-size", "Conover 1999", "block_size", Form.NUMBER, block_size),
    Metric("top_share", "Largest blocks", TE_SHARE,
        "The largest twentieth of your work blocks took this much of what they all took.",
        "top-share", OWN, "top_share", Form.SHARE, top_share),
    Metric("mte", "Token-equivalents", "million",
        "Tokens weighted by what they cost: output 5, fresh input 1, read from a cache 0.1.",
        "token-equivalents", "list prices of 1,466 models", "mte", Form.NUMBER, mte_spent),
    Metric("tokens_per_block", "Tokens per kept block", "million token-equivalents",
        "What one half-hour of work that you kept took.",
        "tokens-per-block", OWN, "tokens_per_block", Form.NUMBER, tokens_per_block),
    Metric("rework", "Rework", TE_SHARE,
        "This much of what you spent was thrown away.",
        "rework", OWN, "rework", Form.SHARE, rework),
    Metric("cache_share", "Cache share", "share of tokens read in",
        "This much of what the models read came out of a cache, usually at a tenth of the price.",
        "cache-share", OWN, "cache_share", Form.SHARE, cache_share),
    Metric("experiments", "Experiments", TE_SHARE,
        "Learning is counted apart: up to a quarter of the tokens is left out of the headline.",
        "experiments", OWN, "experiments", Form.SHARE, exploration),
    Metric("projects_per_day", "Projects per active day", "projects a day",
        "Projects with AI work on a day with any.",
        "projects-per-day", OWN, "projects_per_day", compute=projects_per_day),
    Metric("by_hand", "Logged by hand", "share of work blocks",
        "This many of your work blocks are known only because you entered them by hand.",
        "by-hand", OWN, "by_hand", Form.SHARE, by_hand),
    Metric("agreement", "Agreement with evidence", "share of tagged interactions",
        "Where there is evidence, this many of your tags are what it suggests.",
        "agreement", "Brown, Cai, DasGupta 2001", "agreement", Form.SHARE, agreement),
    Metric("cost", "Cost at list prices", "US dollars",
        "What this would have cost at the vendors' list prices of the day.",
        "cost", "list prices, dated in the table", "cost", Form.DOLLARS, cost),
    Metric("priced", "Priced", TE_SHARE,
        "This much of what you spent has a list price; the rest is never taken as free.",
        "priced", OWN, "cost", Form.SHARE, priced),
    Metric("cost_per_block", "Cost per kept block, API-equivalent", "US dollars",
        "What one half-hour of work that you kept would have cost at list prices.",
        "cost-per-block", OWN, "cost_per_block", Form.DOLLARS, cost_per_block),
    Metric("cost_per_block_paid", "Cost per kept block, paid", "US dollars",
        "What one half-hour of work that you kept took of your plan's fee.",
        "cost-per-block-paid", OWN, "cost_per_block", Form.DOLLARS, cost_per_block_paid),
    Metric("cost_per_block_marginal", "Cost per kept block, marginal", "US dollars",
        "What one more half-hour of kept work cost on top of your plan.",
        "cost-per-block-marginal", OWN, "cost_per_block", Form.DOLLARS, cost_per_block_marginal),
    Metric("counted", "Counted", TE_SHARE,
        "This much was counted by the tool; the rest is estimated from text.",
        "counted", OWN, "unknown", Form.SHARE, share_counted),
    Metric("unknown", "Unknown", "requests",
        "Requests whose tool told no token counts; they are never taken as free.",
        "unknown", OWN, "unknown", Form.COUNT, unknown_requests),
    Metric("trend", "Trend", RATIO_UNIT,
        "The ratio of the 28 days that end with each day, and a line that forgets half every 14.",
        "trend", OWN, "trend"),
    Metric("groups", "By group", RATIO_UNIT,
        "A half-hour in which several tools or models worked is shared between the best of them.",
        "groups", OWN, "groups"),
    Metric("changes", "Changes", RATIO_UNIT,
        "One lasting change of the typical ratio, if the weeks show one, within two weeks.",
        "changes", OWN, "changes"),
    Metric("worth_curve", "Worth by size", "share of a kept block",
        "What blocks of each size came to be worth; flat means that size does not matter.",
        "worth-curve", "Ayer, Brunk, Ewing, Reid, Silverman 1955", "worth_curve"),
    Metric("stop_loss", "When to stop", "share of work blocks",
        "Of the blocks that had passed a size, this many ended up kept.",
        "stop-loss", "Brown, Cai, DasGupta 2001", "stop_loss"),
    Metric("shrinkage", "Shrunken ratios", RATIO_UNIT,
        "A group's ratio, pulled towards the whole by as much as it is uncertain.",
        "shrinkage", "Clayton, Kaldor 1987", "shrinkage"),
    Metric("comparisons", "Comparisons", "ratio of two ratios",
        "How two groups did within the same projects and kinds of work.",
        "comparisons", "Rothman, Greenland, Lash 2008", "comparisons"),
    Metric("before_after", "Before and after", "ratio of two ratios",
        "Whether a change of habit, on a day named beforehand, changed the ratio.",
        "before-after", OWN, "before_after"),
    Metric("sessions", "Sessions", "million token-equivalents",
        "Every session by its size and by what its tagged tokens became.",
        "sessions", OWN, "sessions"),
    Metric("outcomes", "Where the tokens went", "million token-equivalents",
        "Token-equivalents of each day, week or month by what became of the output.",
        "outcomes", OWN, "outcomes"),
    Metric("flow", "Flow", "million token-equivalents",
        "Where tokens went: from tools to models to what became of the output.",
        "flow", OWN, "flow"),
    Metric("calendar", "Calendar", "half-hours",
        "How many half-hours of work each day had, and how much of them was kept.",
        "calendar", OWN, "calendar"),
    Metric("week_hours", "Hours of the week", "half-hours",
        "When in the week work began, and how much of it was kept.",
        "week-hours", OWN, "week_hours"),
    Metric("sizes", "Sizes of interactions", "interactions",
        "How many interactions cost how much, by what became of them.",
        "sizes", OWN, "sizes"),
    Metric("marks", "Marks", "days",
        "When a tool or a model was used first, so that what follows is not read as skill.",
        "marks", OWN, "marks"),
)  # fmt: skip
BY_KEY = {metric.key: metric for metric in METRICS}


def panel(query: Query) -> tuple[Figure, ...]:
    """Return every figure of the selection that can be computed, in the order of the registry."""
    return tuple(figure(metric, query) for metric in METRICS if metric.compute is not None)


def figure(metric: Metric, query: Query) -> Figure:
    """Return one figure; without `compute`, one that says nothing."""
    if metric.compute is None:
        return Figure(key=metric.key, unit=metric.unit, of="")
    estimate = metric.compute(query)
    if estimate.low is None and estimate.high is None:
        estimate = replace(estimate, doubt=Doubt.NONE)
    return Figure(key=metric.key, unit=metric.unit, **asdict(estimate))
