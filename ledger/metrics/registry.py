"""Every figure that is shown: its name, its unit, what it says, and where its formula stands."""

from typing import NamedTuple


class Metric(NamedTuple):
    """One figure; `anchor` is a heading of docs/measure.md."""

    key: str
    name: str
    unit: str
    sentence: str
    anchor: str


METRICS = (
    Metric(
        "str",
        "Signal per token",
        "half-hours per million tokens",
        "Half-hours of work you kept for each million tokens, weighted by what tokens cost.",
        "str",
    ),
    Metric(
        "bounds",
        "Bounds",
        "half-hours per million tokens",
        "What the ratio would be if all untagged work was thrown away, and if all of it was kept.",
        "bounds",
    ),
    Metric(
        "interval",
        "Interval",
        "half-hours per million tokens",
        "Another period like this one would give a ratio in here about nine times in ten.",
        "interval",
    ),
    Metric(
        "blocks",
        "Work blocks",
        "half-hours",
        "Half-hours of a project in which you started AI work.",
        "work-blocks",
    ),
    Metric(
        "mte",
        "Token-equivalents",
        "million",
        "Tokens weighted by what they cost: output 5, fresh input 1, read from a cache 0.1.",
        "token-equivalents",
    ),
    Metric(
        "kept_share",
        "Kept share",
        "share of token-equivalents",
        "This much of what you spent went into work you kept, edited work counting half.",
        "kept-share",
    ),
    Metric(
        "coverage",
        "Coverage",
        "share of token-equivalents",
        "This much of what you spent is tagged, so this much of the answer is known.",
        "coverage",
    ),
    Metric(
        "counted",
        "Counted",
        "share of token-equivalents",
        "This much was counted by the tool; the rest is estimated from text.",
        "unknown",
    ),
    Metric(
        "unknown",
        "Unknown",
        "requests",
        "Requests whose tool told no token counts; they are never taken as free.",
        "unknown",
    ),
    Metric(
        "experiments",
        "Experiments",
        "share of token-equivalents",
        "Learning is counted apart: up to a quarter of the tokens is left out of the headline.",
        "experiments",
    ),
    Metric(
        "trend",
        "Trend",
        "half-hours per million tokens",
        "The ratio of the 28 days that end with each day, and a line that forgets half every 14.",
        "trend",
    ),
    Metric(
        "groups",
        "By group",
        "half-hours per million tokens",
        "A half-hour in which several tools or models worked is shared between the best of them.",
        "groups",
    ),
)
BY_KEY = {metric.key: metric for metric in METRICS}
