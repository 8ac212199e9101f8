"""What the figures say, in plain sentences: the headline, what changed, what is worth knowing.

A sentence is said only when the gates and the intervals support it; otherwise it says what is
still missing. Every sentence carries the anchor of its formula in docs/measure/.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.core.figures import Ratio, Summary
from ledger.core.formatting import count, dash, percent, short, span, span_of_shares
from ledger.metrics.arrays import Ints
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.ratio import (
    COVERAGE,
    INTERVAL_BLOCKS,
    INTERVAL_DAYS,
    UNKNOWN_SHARE,
    blocks_needed,
)
from ledger.metrics.uncertain import largest_share

HALF = 0.5
TRACE = 0.01  # a share below it is told with its upper end beside it
FEWEST_THROWN = 8  # interactions, before few of them are told apart
WIDE_SHARE = 0.03  # a kept share whose bounds lie further apart than this is told as “at least”
# The same text makes up to 1.5 times as many tokens in another tokenizer, so two tools are only
# told apart when their intervals stay apart after allowing for that (docs/measure/, comparisons).
TOKENIZER_SLACK = 1.5
TOO_LITTLE = "Too little to say yet."


@dataclass(frozen=True, slots=True)
class Statement:
    """One plain sentence, where its formula stands, and what a click shows behind it."""

    text: str
    anchor: str
    words: str = ""  # filter words that leave over what it is about
    chart: str = ""  # the question of the Charts page that draws it


def headline(
    summary: Summary, tags_needed: int = 0, edited_worth: int = EDITED_WORTH
) -> tuple[Statement, ...]:
    """Say what became of what was spent; `tags_needed` tags bring coverage to one half.

    `edited_worth` is in percent.
    """
    if not summary.interactions:
        return (Statement("Nothing was logged in this period.", "coverage"),)
    if not summary.coverage:
        return untagged(summary, tags_needed)
    statements = [kept_share(summary), ratio(summary, tags_needed), coverage(summary, edited_worth)]
    return tuple(statement for statement in statements if statement)


def untagged(summary: Summary, tags_needed: int) -> tuple[Statement, ...]:
    """Say that nothing is tagged, and what a few tags would do."""
    is_plural = summary.interactions > 1
    noun = f"a few of your {count(summary.interactions, 'interaction')}" if is_plural else "it"
    text = f"Say what became of {noun}, and this page begins to answer."
    if tags_needed:
        text += f" A first estimate needs at least {count(tags_needed, 'tag')}."
    return Statement("Nothing is tagged yet.", "coverage"), Statement(text, "gates")


def kept_share(summary: Summary) -> Statement | None:
    """Say which share of the spending went into kept work; None when nothing is tagged."""
    lower, upper = summary.kept_share_lower, summary.kept_share_upper
    if lower is None or upper is None or not summary.coverage:
        return None
    share = percent(lower)
    if summary.unknown and lower < TRACE:
        share = span_of_shares(lower, upper).capitalize()
    elif upper - lower > WIDE_SHARE:
        share = f"At least {share}"
    text = f"{share} of what you spent went into work you kept."
    return Statement(text, "kept-share")


def coverage(summary: Summary, edited_worth: int = EDITED_WORTH) -> Statement:
    """Say how much of the spending is tagged, and what edited work counted above."""
    share = "All" if summary.coverage == 1 else percent(summary.coverage or 0.0)
    if share != "All" and too_many_unknown(summary):
        share = "Some"
    worth = "half" if edited_worth == EDITED_WORTH else percent(edited_worth / 100)
    edited = f" Edited work counts {worth}." if summary.edited else ""
    return Statement(f"{share} of it is tagged.{edited}", "coverage")


def ratio(summary: Summary, tags_needed: int = 0) -> Statement | None:
    """Say the STR as far as the gates allow; None when nothing is tagged."""
    figure = summary.ratio
    if not summary.coverage or figure.lower is None or figure.upper is None:
        return None
    if figure.sampled:
        return _by_answers(figure)
    if figure.low is None or figure.high is None:
        lacks = lacking(summary, tags_needed)
        if too_little(summary):
            return Statement(f"{TOO_LITTLE} {lacks}", "gates")
        bounds = span(figure.lower, figure.upper)
        text = f"For each million tokens you got {bounds} half-hours of kept work. {lacks}"
        return Statement(text, "bounds")
    interval = span(figure.low, figure.high)
    if figure.point is None:
        return Statement(
            f"For each million tokens you got {interval} half-hours of kept work.", "interval"
        )
    text = f"For each million tokens you got {short(figure.point)} half-hours of kept work"
    guess = ", if what is untagged turned out like the rest" if figure.assumed else ""
    return Statement(f"{text}, {interval}{guess}.", "str")


def _by_answers(figure: Ratio) -> Statement:
    """Say the STR that rests on the daily questions, with the interval of asking so few."""
    interval = span(figure.sample_low or 0.0, figure.sample_high or 0.0)
    text = (
        f"For each million tokens you got {short(figure.point or 0.0)} half-hours of kept work, "
        f"{interval}: {count(figure.answers, 'answer')} to questions drawn by lot "
        f"{'speaks' if figure.answers == 1 else 'speak'} for the rest."
    )
    return Statement(text, "str")


def too_little(summary: Summary) -> bool:
    """Whether there is too little work for an estimate, however much of it is tagged."""
    return summary.ratio.blocks < INTERVAL_BLOCKS or summary.ratio.days < INTERVAL_DAYS


def too_many_unknown(summary: Summary) -> bool:
    """Whether too many requests told no token counts for a single value."""
    return summary.unknown > UNKNOWN_SHARE * summary.requests


def lacking(summary: Summary, tags_needed: int = 0) -> str:
    """Say which gate keeps an estimate back and what opens it; "" when none does."""
    figure = summary.ratio
    if figure.low is not None:
        return ""
    if figure.blocks < INTERVAL_BLOCKS:
        return f"An estimate needs {INTERVAL_BLOCKS} half-hours of work, {figure.blocks} so far."
    if figure.days < INTERVAL_DAYS:
        return f"An estimate needs work on {INTERVAL_DAYS} days, {figure.days} so far."
    if too_many_unknown(summary):
        return "Too many requests tell no token counts for an estimate."
    if tags_needed:
        return f"An estimate needs at least {count(tags_needed, 'more tag')}."
    open_blocks = blocks_needed(figure.blocks, summary.coverage_blocks)
    if open_blocks or (summary.coverage or 0.0) < COVERAGE:
        return "An estimate needs more tags."
    return "The figures vary too much for an estimate."


def change(now: Summary, before: Summary, current: str, earlier: str) -> Statement:
    """Compare two periods; a difference is only told when the intervals lie apart.

    `current` and `earlier` name the periods: “the four weeks to 15 Nov”, “the four before”.
    """
    current_ratio, earlier_ratio = now.ratio, before.ratio
    if (
        current_ratio.low is None
        or current_ratio.high is None
        or earlier_ratio.low is None
        or earlier_ratio.high is None
    ):
        return Statement(
            f"{TOO_LITTLE} {_weak_period(now, before, current, earlier)}", "comparisons"
        )
    figures = f"{_figure(current_ratio)} half-hours of kept work per million tokens, against "
    figures += f"{_figure(earlier_ratio)} in {earlier}."
    if current_ratio.low > earlier_ratio.high:
        return Statement(f"More signal per token in {current}: {figures}", "comparisons")
    if current_ratio.high < earlier_ratio.low:
        return Statement(f"Less signal per token in {current}: {figures}", "comparisons")
    return Statement(f"No clear difference. In {current}: {figures}", "comparisons")


def _weak_period(now: Summary, before: Summary, current: str, earlier: str) -> str:
    """Name the period that has no interval, and what it lacks."""
    name, weak = (current, now) if now.ratio.low is None else (earlier, before)
    if not weak.interactions:
        return f"Nothing was logged in {name}."
    figure = weak.ratio
    if too_little(weak):
        work = f"{count(figure.blocks, 'half-hour')} of work on {count(figure.days, 'day')}"
        return f"In {name} you began {work}."
    share = percent(weak.coverage) if weak.coverage else "None"
    return f"{share} of the tokens in {name} is tagged."


def _figure(figure: Ratio) -> str:
    """Return the best that can be said of a ratio that has an interval."""
    interval = dash(figure.low or 0.0, figure.high or 0.0)
    return interval if figure.point is None else f"{short(figure.point)} ({interval})"


def compared(groups: Sequence[Summary], names: dict[str, str]) -> Statement | None:
    """Tell the two groups apart that differ most; None when the intervals leave it open."""
    sure = [g for g in groups if g.ratio.low is not None and g.ratio.high is not None]
    best = max(sure, key=lambda g: g.ratio.low or 0.0, default=None)
    least = min(sure, key=lambda g: g.ratio.high or 0.0, default=None)
    if best is None or least is None or best.key == least.key:
        return None
    if (best.ratio.low or 0.0) <= TOKENIZER_SLACK * (least.ratio.high or 0.0):
        return None
    text = (
        f"{names.get(best.key, best.key)} gave more signal per token than "
        f"{names.get(least.key, least.key)}: {_figure(best.ratio)} against "
        f"{_figure(least.ratio)}. You chose which got which job."
    )
    return Statement(text, "comparisons", chart="groups")


def concentration(low: Ints, high: Ints) -> Statement | None:
    """Say when few interactions took half of what was thrown away, whatever was not counted.

    `low` and `high` are the ends of what each of them took.
    """
    if len(low) < FEWEST_THROWN or not high.any():
        return None
    number = number_to_half(low, high)
    if number * 4 > len(low):
        return None
    least, _ = largest_share(low, high, number)
    at_least = "" if (low == high).all() else "at least "
    text = (
        f"{count(number, 'interaction')} of the {len(low)} that you threw away "
        f"took {at_least}{percent(least or 0.0)} of their tokens."
    )
    return Statement(text, "kept-share", words="tag:thrown-away")


def number_to_half(low: Ints, high: Ints) -> int:
    """Return how few of the sizes, the largest first, surely make half of their sum."""
    return 1 + bisect_left(
        range(1, len(low)), HALF, key=lambda number: largest_share(low, high, number)[0] or 0.0
    )


def lift(covered: float, after: float, number: int) -> Statement | None:
    """Say what tagging the largest untagged interactions would do for the coverage."""
    if number == 0 or after - covered < 0.05:
        return None
    verb = "takes" if number == 1 else "take"
    noun = "The largest untagged interaction" if number == 1 else f"The {number} largest untagged"
    text = f"{noun} {verb} {percent(after - covered)} of all tokens: tagging "
    text += f"{'it' if number == 1 else 'them'} brings what is known to {percent(after)}."
    return Statement(text, "coverage", words="tag:untagged")


def experiments(share: float) -> Statement | None:
    """Say which share of the tokens went into experiments, once there are any."""
    if share <= 0:
        return None
    return Statement(
        f"{percent(share)} of the tokens went into experiments. "
        "Learning is counted apart and is no waste.",
        "experiments",
        words="intent:experiment",
    )


def unknown(summary: Summary) -> Statement | None:
    """Say how many requests told no token counts, because every figure must allow for them."""
    if not summary.unknown:
        return None
    verb = "tells" if summary.unknown == 1 else "tell"
    text = f"{count(summary.unknown, 'request')} {verb} no token counts; the bounds allow for them."
    return Statement(text, "unknown")
