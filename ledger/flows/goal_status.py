"""How goals stand, as far as the interval says: met, not met, or too early to say."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from ledger.core.days import start_of
from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.goals import Goal, GoalState, Measure
from ledger.core.phrasing import count, dash_of_shares, percent
from ledger.flows.filter_words.reader import read
from ledger.flows.filter_words.vocabulary import Names
from ledger.flows.headline import Statement
from ledger.metrics.fate_rates import FateRate, fate_rates, together
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import INTERVAL_BLOCKS
from ledger.metrics.shares import jeffreys
from ledger.metrics.summary import summary

KNOWN = 0.8  # of the blocks must be tagged throughout: a miss left untagged must not make a goal
DAYS_OF_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Status(NamedTuple):
    """How one goal stands; the share is None while nothing can be said of it."""

    goal: Goal
    state: GoalState
    share: float | None
    low: float | None
    high: float | None
    blocks: int
    text: str
    filter: Filter  # what it looked at


def status(goal: Goal, frame: Frame, today: date, zone: tzinfo | None = None) -> Status:
    """Return how a goal stands today; raises LedgerError when its words mean nothing any more."""
    now = _at(goal, frame, today, zone)
    if now.state is not GoalState.NOT_MET or not goal.grace_days:
        return now
    before = _at(goal, frame, today - timedelta(days=goal.grace_days), zone)
    if before.state is GoalState.NOT_MET:
        return now
    grace = count(goal.grace_days, "day")
    return now._replace(
        state=GoalState.GRACE, text=f"{now.text} That counts once it has lasted {grace}."
    )


def statuses(
    goals: Sequence[Goal], frame: Frame, today: date, zone: tzinfo | None = None
) -> list[Status]:
    """Return how all goals stand; one whose words mean nothing any more says so."""
    found = []
    for goal in goals:
        try:
            found.append(status(goal, frame, today, zone))
        except LedgerError as problem:
            early = GoalState.EARLY
            found.append(Status(goal, early, None, None, None, 0, str(problem), Filter()))
    return found


def _at(goal: Goal, frame: Frame, today: date, zone: tzinfo | None) -> Status:
    """Return how a goal stood at the end of a day."""
    chosen = read(goal.words, Names.of(frame), today, zone=zone).filter
    first = today - timedelta(days=goal.days - 1)
    since, until = (start_of(day, zone) for day in (first, today + timedelta(days=1)))
    chosen = replace(chosen, since_s=since, until_s=until)
    selection = frame.select(chosen)
    rates = fate_rates(frame, selection, "all", zone)
    rate = together(rates) if rates else FateRate("all", 0, 0, 0, 0)
    share, low, high, lacks = _measured(goal, frame, selection, rate)
    state = GoalState.EARLY if lacks else _state(goal, low, high)
    text = _words(goal, state, share, (low, high), rate, lacks)
    if share is None:
        return Status(goal, state, None, None, None, rate.blocks, text, chosen)
    return Status(goal, state, share, low, high, rate.blocks, text, chosen)


def _measured(
    goal: Goal, frame: Frame, selection: Selection, rate: FateRate
) -> tuple[float | None, float, float, str]:
    """Return the share, its interval, and what is lacking to say more; "" when nothing is."""
    if rate.blocks < INTERVAL_BLOCKS:
        lacks = f"It needs {INTERVAL_BLOCKS} half-hours of work, {rate.blocks} so far."
        return None, 0.0, 1.0, lacks
    if goal.measure is Measure.COVERAGE:
        share = summary(frame, selection, "all", interval=False).coverage or 0.0
        return share, share, share, ""
    lacks = "" if rate.settled >= KNOWN * rate.blocks else _untagged(rate)
    if rate.settled < INTERVAL_BLOCKS:
        return None, 0.0, 1.0, lacks
    hits = rate.thrown if goal.measure is Measure.THROWN else rate.kept
    return hits / rate.settled, *jeffreys(hits, rate.settled), lacks


def _untagged(rate: FateRate) -> str:
    return (
        f"{rate.settled} of its {rate.blocks} half-hours are tagged throughout; it needs "
        f"{percent(KNOWN)}, "
        "or what is left untagged could decide."
    )


def _state(goal: Goal, low: float, high: float) -> GoalState:
    limit = goal.percent / 100
    if goal.measure.is_most:
        met, missed = high < limit, low >= limit
    else:
        met, missed = low >= limit, high < limit
    return GoalState.MET if met else GoalState.NOT_MET if missed else GoalState.EARLY


def _words(
    goal: Goal,
    state: GoalState,
    share: float | None,
    ends: tuple[float, float],
    rate: FateRate,
    lacks: str,
) -> str:
    told = state.value.capitalize()
    if share is None:
        return f"{told}. {lacks}"
    span = f"the last {count(goal.days, 'day')}"
    if goal.measure is Measure.COVERAGE:
        return f"{told}: {percent(share)} of the tokens in {span}."
    of = f"of {count(rate.settled, 'half-hour')} of work in {span}"
    return f"{told}: {percent(share)} ({dash_of_shares(*ends)}) {of}. {lacks}".strip()


def digest(
    found: Sequence[Status], today: date, hour: int, day: str, quiet: Collection[int] = ()
) -> Statement | None:
    """Return the weekly line; None on other days, in quiet hours, or without goals."""
    if not found or day != DAYS_OF_WEEK[today.weekday()] or hour in quiet:
        return None
    parts = []
    for state in GoalState:
        number = sum(1 for one in found if one.state is state)
        if number:
            parts.append(f"{number} {state.value}")
    return Statement(
        f"Your {count(len(found), 'goal')} this week: {', '.join(parts)}.", "kept-rate"
    )


def quiet_hours(first: int, end: int) -> tuple[int, ...]:
    """Return the hours from `first` up to but not including `end`, past midnight if need be."""
    return tuple((first + step) % 24 for step in range((end - first) % 24))
