"""What charts and the table show: steps, shares, order, and the sentence above each curve."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ledger.core.figures import Change, Comparison, Sizes, StopLoss, Summary, Verdict, WorthCurve
from ledger.core.filters import Filter
from ledger.core.formatting import count, day, percent, short, span, span_of_shares, tokens
from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import TOOL_TITLES, Tag
from ledger.metrics.arrays import Floats
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.ratio import COVERAGE, blocks_needed
from ledger.metrics.uncertain import likely_te

DAYS_BY_DAY = 92  # up to a quarter by day, up to two years by week, then by month
DAYS_BY_WEEK = 731
Step = Literal["day", "week", "month"]
TE_PER_MTE = TWENTIETHS * 1_000_000
TOOL_NAMES = {str(tool): title for tool, title in TOOL_TITLES.items()}
SURE = 0.995  # a probability above it is told as “over 99 %”


def fitting_step(frame: Frame, selection: Selection) -> Step:
    """Return the step that gives a stack of a readable number of bars."""
    times = frame.time_s[selection.rows]
    length = (int(times[-1]) - int(times[0])) // 86_400 if len(times) else 0
    if length <= DAYS_BY_DAY:
        return "day"
    return "week" if length <= DAYS_BY_WEEK else "month"


def weights(frame: Frame, selection: Selection) -> Floats:
    """Return the token-equivalents (twentieths) of every interaction, of selected portions only."""
    parts = selection.parts
    sums = np.bincount(frame.owners[parts], weights=frame.te[parts], minlength=len(frame))
    return sums.astype(np.float64, copy=False)


def likely_weights(frame: Frame, selection: Selection) -> Floats:
    """Return the same with what nobody counted: as much as the others took on average."""
    parts = selection.parts
    sums = np.bincount(frame.owners[parts], weights=likely_te(frame, parts), minlength=len(frame))
    return sums.astype(np.float64, copy=False)


def tags_needed(frame: Frame, selection: Selection, summary: Summary) -> int:
    """Return how many tags, the largest interactions first, an estimate still needs.

    `summary` is that of the same selection. 0 where tags are not what is lacking.
    """
    if summary.ratio.low is not None:
        return 0
    for_coverage = tags_for_coverage(frame, selection)
    return max(for_coverage, blocks_needed(summary.ratio.blocks, summary.coverage_blocks))


def tags_for_coverage(frame: Frame, selection: Selection) -> int:
    """Return how many tags, the largest interactions first, bring what is known to one half."""
    te = likely_weights(frame, selection)
    missing = COVERAGE * te.sum() - te[frame.tag != 0].sum()
    untagged = np.sort(te[(frame.tag == 0) & (te > 0)])[::-1]
    if missing <= 0 or not len(untagged):
        return 0
    enough = int(np.searchsorted(np.cumsum(untagged), missing)) + 1
    return min(enough, len(untagged))


def shares(frame: Frame, selection: Selection) -> tuple[tuple[int, float], ...]:
    """Return the MTE per tag: kept, edited, thrown away and (0) untagged."""
    sums = np.bincount(frame.tag, weights=weights(frame, selection), minlength=len(Tag) + 1)
    order = (*Tag, 0)
    return tuple((int(tag), float(sums[int(tag)]) / TE_PER_MTE) for tag in order)


def recent(frame: Frame, selection: Selection, number: int = 6) -> tuple[int, ...]:
    """Return the ids of the newest interactions, the newest first."""
    newest = frame.id[selection.rows][-number:][::-1]
    return tuple(int(identity) for identity in newest)


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
    sentence = f"Half of the interactions cost less than {tokens(sizes.median_mte)} tokens."
    if sizes.top_share is None:
        return sentence
    return f"{sentence} The largest 5\u202f% of them took {percent(sizes.top_share)} of all tokens."


def verdict_words(comparison: Comparison, first: str, second: str) -> str:
    """Say what a comparison supports; `first` and `second` are the names people know."""
    if comparison.verdict is Verdict.NOT_COMPARABLE or comparison.ratio is None:
        reason = comparison.reason.replace(f"“{comparison.first}”", f"“{first}”")
        return f"Not comparable. {reason.replace(f'“{comparison.second}”', f'“{second}”')}".strip()
    if comparison.verdict is Verdict.NO_DIFFERENCE:
        return f"No clear difference between {first} and {second} within the same work."
    better, worse, ratio, chance = first, second, comparison.ratio, comparison.probability or 0.0
    low, high = comparison.low, comparison.high
    if comparison.verdict is Verdict.LIKELY_SECOND:
        better, worse, ratio, chance = second, first, 1 / ratio, 1 - chance
        low, high = (1 / high if high else None), (1 / low if low else None)
    interval = f", {span(low, high)}" if low is not None and high is not None else ""
    sure = percent(min(chance, SURE))
    return (
        f"{better} likely gives more signal per token than {worse} within the same work: "
        f"{short(ratio)} times as much{interval}, with a chance of {sure}."
    )


def simpson_words(comparison: Comparison, first: str, second: str) -> str:
    """Warn where all work together points the other way than the same work does; else ""."""
    if not comparison.simpson or comparison.crude is None:
        return ""
    seeming, better = (first, second) if comparison.crude > 1 else (second, first)
    return (
        f"Careful: all work together makes {seeming} look better, but within the same work "
        f"{better} is. The two did different work; only the figures within the same work are a "
        "comparison."
    )


Ids = NDArray[np.int64]


def ordered(frame: Frame, filter_: Filter, by: str, *, falling: bool) -> Ids:
    """Return the ids that pass the filter, sorted by time, tool, project, tag or cost.

    Equal ones stay newest first.
    """
    positions = np.flatnonzero(frame.select(filter_).interactions)[::-1]
    if by == "time":
        return frame.id[positions if falling else positions[::-1]]
    keys = _keys(frame, by)[positions]
    order = np.argsort(-keys if falling else keys, kind="stable")
    return frame.id[positions[order]]


def by_session(frame: Frame, filter_: Filter) -> tuple[Ids, Ids]:
    """Return the ids session by session, the session used last first, and each id's session."""
    positions = np.flatnonzero(frame.select(filter_).interactions)
    sessions = frame.session[positions]
    _, inverse = np.unique(sessions, return_inverse=True)
    latest = np.zeros(inverse.max(initial=-1) + 1, np.int64)
    np.maximum.at(latest, inverse, frame.time_s[positions])
    order = np.lexsort((positions, inverse, -latest[inverse]))
    ordered_positions = positions[order]
    return frame.id[ordered_positions], frame.session[ordered_positions]


def _keys(frame: Frame, by: str) -> NDArray[np.int64]:
    match by:
        case "tool":
            return np.asarray(frame.tool, np.int64)
        case "tag":
            return np.asarray(frame.tag, np.int64)
        case "cost":
            return np.bincount(frame.owner, frame.te, len(frame)).astype(np.int64)
        case "project":
            ranks = np.argsort(np.argsort(np.array([key.lower() for key in frame.projects])))
            return np.asarray(ranks[frame.project] if len(ranks) else frame.project, np.int64)
        case _:
            raise ValueError(by)
