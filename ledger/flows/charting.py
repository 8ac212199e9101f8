"""From the frame and the filter to what the pages say: pure, without a clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from typing import Literal

import numpy as np

from ledger.core.days import day_of, start_of
from ledger.core.figures import Summary
from ledger.core.filters import Filter
from ledger.core.usage import TWENTIETHS
from ledger.core.words import TOOL_TITLES, Intent, Tag
from ledger.flows import headline
from ledger.flows.headline import Statement
from ledger.flows.phrasing import day
from ledger.metrics.arrays import Floats
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import COVERAGE, blocks_needed
from ledger.metrics.groups import by_group
from ledger.metrics.summary import summary

MATURE_DAYS = 7  # what became of younger work is not settled: it is left out of comparisons
PERIOD_DAYS = 28
MOST_FINDINGS = 3
LARGEST = 5  # so many of the largest untagged interactions are offered at once
DAYS_BY_DAY = 92  # up to a quarter by day, up to two years by week, then by month
DAYS_BY_WEEK = 731
Step = Literal["day", "week", "month"]
TE_PER_MTE = TWENTIETHS * 1_000_000
TOOL_NAMES = {str(tool): title for tool, title in TOOL_TITLES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a click on a point, bar, cell or row narrows the ledger to; days are both included."""

    first: date | None = None
    last: date | None = None
    tool: str = ""
    model: str = ""


def narrowed(chosen: Filter, choice: Choice, zone: tzinfo | None = None) -> Filter:
    """Return the filter with the choice put on it; other parts stay."""
    result = chosen
    if choice.first is not None and choice.last is not None:
        since = start_of(choice.first, zone)
        until = start_of(choice.last + timedelta(days=1), zone)
        result = replace(result, since_s=since, until_s=until)
    if choice.tool:
        result = replace(result, tools=frozenset((choice.tool,)))
    if choice.model:
        result = replace(result, models=frozenset((choice.model,)))
    return result


def fitting_step(frame: Frame, selection: Selection) -> Step:
    """Return the step that gives a stack of a readable number of bars."""
    times = frame.time_s[selection.rows]
    length = (int(times[-1]) - int(times[0])) // 86_400 if len(times) else 0
    if length <= DAYS_BY_DAY:
        return "day"
    return "week" if length <= DAYS_BY_WEEK else "month"


def weights(frame: Frame, selection: Selection) -> Floats:
    """Return the token-equivalents (twentieths) of every interaction, of selected portions only."""
    mine = selection.parts
    sums = np.bincount(frame.owners[mine], weights=frame.te[mine], minlength=len(frame))
    return sums.astype(np.float64, copy=False)


def tags_needed(frame: Frame, selection: Selection, whole: Summary) -> int:
    """Return how many tags, the largest interactions first, an estimate still needs.

    `whole` is the summary of the same selection. 0 where tags are not what is lacking.
    """
    if whole.ratio.low is not None:
        return 0
    te = weights(frame, selection)
    missing = COVERAGE * te.sum() - te[frame.tag != 0].sum()
    untagged = np.sort(te[(frame.tag == 0) & (te > 0)])[::-1]
    for_coverage = 0
    if missing > 0 and len(untagged):
        enough = int(np.searchsorted(np.cumsum(untagged), missing)) + 1
        for_coverage = min(enough, len(untagged))
    return max(for_coverage, blocks_needed(whole.ratio.blocks, whole.coverage_blocks))


def shares(frame: Frame, selection: Selection) -> tuple[tuple[int, float], ...]:
    """Return the MTE per tag: kept, edited, thrown away and (0) untagged."""
    sums = np.bincount(frame.tag, weights=weights(frame, selection), minlength=len(Tag) + 1)
    order = (*Tag, 0)
    return tuple((int(tag), float(sums[int(tag)]) / TE_PER_MTE) for tag in order)


def recent(frame: Frame, selection: Selection, number: int = 6) -> tuple[int, ...]:
    """Return the ids of the newest interactions, the newest first."""
    newest = frame.id[selection.rows][-number:][::-1]
    return tuple(int(identity) for identity in newest)


def change(
    frame: Frame,
    chosen: Filter,
    now_s: int,
    zone: tzinfo | None = None,
    *,
    edited_worth: int = EDITED_WORTH,
) -> Statement:
    """Compare the newest settled period with the one before it, within the filter's other parts."""
    first, end = settled_period(chosen, now_s, zone)
    length = end - first
    now = _between(frame, chosen, (first, end), zone, edited_worth)
    before = _between(frame, chosen, (first - length, first), zone, edited_worth)
    weeks = "the four weeks" if length.days == PERIOD_DAYS else f"the {length.days} days"
    last = end - timedelta(days=1)
    return headline.change(now, before, f"{weeks} to {day(last)}", f"{weeks} before")


def settled_period(chosen: Filter, now_s: int, zone: tzinfo | None = None) -> tuple[date, date]:
    """Return the first day and the day after the last of the newest settled period."""
    end = day_of(now_s, zone) - timedelta(days=MATURE_DAYS)
    if chosen.until_s is not None:
        end = min(end, day_of(chosen.until_s, zone))
    days = PERIOD_DAYS
    if chosen.since_s is not None:
        days = max((end - day_of(chosen.since_s, zone)).days, MATURE_DAYS)
    return end - timedelta(days=days), end


def _between(
    frame: Frame, chosen: Filter, days: tuple[date, date], zone: tzinfo | None, edited_worth: int
) -> Summary:
    since, until = (start_of(each, zone) for each in days)
    selection = frame.select(replace(chosen, since_s=since, until_s=until))
    return summary(frame, selection, "all", zone=zone, edited_worth=edited_worth)


def findings(
    frame: Frame,
    selection: Selection,
    whole: Summary,
    zone: tzinfo | None = None,
    *,
    edited_worth: int = EDITED_WORTH,
) -> tuple[Statement, ...]:
    """Return up to three sentences worth knowing; empty when the figures support none."""
    te = weights(frame, selection)
    total = float(te.sum())
    if not total:
        return ()
    tools = by_group(frame, selection, "tool", zone=zone, edited_worth=edited_worth)
    thrown: Sequence[float] = te[(frame.tag == Tag.THROWN_AWAY) & (te > 0)].tolist()
    said = (
        headline.compared(tools, TOOL_NAMES),
        headline.concentration(thrown),
        _largest_untagged(te, frame, total),
        headline.experiments(float(te[frame.intent == Intent.EXPERIMENT].sum()) / total),
        headline.unknown(whole),
    )
    return tuple(statement for statement in said if statement)[:MOST_FINDINGS]


def _largest_untagged(te: Floats, frame: Frame, total: float) -> Statement | None:
    untagged = te[frame.tag == 0]
    largest = np.partition(untagged, -LARGEST)[-LARGEST:] if len(untagged) > LARGEST else untagged
    covered = 1 - float(untagged.sum()) / total
    number = int(np.count_nonzero(largest))
    return headline.lift(covered, covered + float(largest.sum()) / total, number)
