"""What the curves and comparisons say, in plain sentences: never more than their intervals do."""

from ledger.core.curves import Change, Comparison, Sizes, StopLoss, Verdict, WorthCurve
from ledger.core.phrasing import (
    count,
    day,
    percent,
    short,
    span,
    span_of_shares,
    tokens,
)

SURE = 0.995  # a probability above it is told as “over 99 %”


def change_words(change: Change) -> str:
    """Say that a scan found a change, which way, how large, when, and how surely."""
    weeks = count(change.weeks_either_way, "week")
    gave = f"{percent(change.factor)} of the half-hours of kept work it gave before"
    if change.factor >= 1:
        gave = f"{short(change.factor)} times as many half-hours of kept work as before"
    return (
        f"Around the week of {day(change.week, year=True)}, give or take {weeks}, a typical "
        f"million tokens began to give {gave}. Shuffled weeks show as much in "
        f"{percent(change.p)} of cases."
    )


def worth_words(curve: WorthCurve) -> str:
    """Say whether size matters."""
    values = [worth for _, worth in curve.fit]
    number = count(curve.blocks, "completely tagged half-hour")
    if not values or min(values) == max(values):
        return f"Flat: in {number} of work, size shows no sure effect on what is kept."
    way = "more" if values[-1] > values[0] else "less"
    return f"Larger work tended to be worth {way}, in {number}; chance alone seldom shows as much."


def stop_words(curve: StopLoss) -> str:
    """Say how the share kept falls with what was already spent; "" while it surely does not."""
    if len(curve.stops) < 2:
        return ""
    start = curve.stops[0]
    surely = [stop for stop in curve.stops[1:] if stop.high < start.low]
    if not surely:
        return "No size is a sure sign that work will not be kept."
    stop = surely[0]
    return (
        f"Once a half-hour's work has passed {tokens(stop.mte)} tokens, {percent(stop.share)} of "
        f"it ends up kept, {span_of_shares(stop.low, stop.high)}; of all work it is "
        f"{percent(start.share)}."
    )


def sizes_words(sizes: Sizes) -> str:
    """Say what the median costs and how much the largest took."""
    words = f"Half of the interactions cost less than {tokens(sizes.median_mte)} tokens."
    if sizes.top_share is None:
        return words
    return f"{words} The largest 5\u202f% of them took {percent(sizes.top_share)} of all tokens."


def verdict_words(found: Comparison, first: str, second: str) -> str:
    """Say what a comparison supports; `first` and `second` are the names people know."""
    if found.verdict is Verdict.NOT_COMPARABLE or found.ratio is None:
        reason = found.reason.replace(f"“{found.first}”", f"“{first}”")
        return f"Not comparable. {reason.replace(f'“{found.second}”', f'“{second}”')}".strip()
    if found.verdict is Verdict.NO_DIFFERENCE:
        return f"No clear difference between {first} and {second} within the same work."
    better, worse, ratio, chance = first, second, found.ratio, found.probability or 0.0
    low, high = found.low, found.high
    if found.verdict is Verdict.LIKELY_SECOND:
        better, worse, ratio, chance = second, first, 1 / ratio, 1 - chance
        low, high = (1 / high if high else None), (1 / low if low else None)
    interval = f", {span(low, high)}" if low is not None and high is not None else ""
    sure = percent(min(chance, SURE))
    return (
        f"{better} likely gives more signal per token than {worse} within the same work: "
        f"{short(ratio)} times as much{interval}, with a chance of {sure}."
    )


def simpson_words(found: Comparison, first: str, second: str) -> str:
    """Warn where all work together points the other way than the same work does; else ""."""
    if not found.simpson or found.crude is None:
        return ""
    looks, does = (first, second) if found.crude > 1 else (second, first)
    return (
        f"Careful: all work together makes {looks} look better, but within the same work {does} "
        "is. The two did different work; only the figures within the same work are a comparison."
    )
