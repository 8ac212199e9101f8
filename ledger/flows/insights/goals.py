"""The goals of a ledger and how they stand: met, not met, or too early to say."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple

from ledger.core.days import start_of
from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.formatting import count, dash_of_shares, percent
from ledger.core.goals import LONGEST_DAYS, LONGEST_GRACE, SHORTEST_DAYS, Goal, GoalState, Measure
from ledger.flows.filters.parser import parse
from ledger.flows.filters.resolver import TIMES, Names, nearest
from ledger.flows.filters.tokens import LONGEST, terms
from ledger.flows.insights.headline import Statement
from ledger.host import documents
from ledger.metrics.distributions import jeffreys
from ledger.metrics.fate_rates import FateRate, fate_rates, together
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.ratio import INTERVAL_BLOCKS
from ledger.metrics.tally import summary_of

NAME = "goals"
MOST = 20
# What people may want to count, and what Goodhart's law makes of it.
AMOUNTS = (
    *("token", "tokens", "prompt", "prompts", "interaction", "interactions", "session", "sessions"),
    *(
        "cost",
        "spend",
        "spending",
        "dollars",
        "money",
        "blocks",
        "hours",
        "lines",
        "days",
        "signal",
    ),
)
REFUSAL = (
    "An amount that becomes a goal gets produced: more of it is easily made without keeping "
    "anything, and less of it by not logging. Choose a share of what became of your work: "
    "thrown-away, kept or coverage."
)
LEAST_SETTLED_SHARE = (
    0.8  # of the blocks must be tagged throughout: a miss left untagged must not make a goal
)
DAYS_OF_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def path_of(ledger: Path) -> Path:
    """Return where the goals of a ledger lie, whether or not there are any."""
    return ledger.with_suffix(".goals.json")


def load(path: Path) -> tuple[Goal, ...]:
    """Return the goals in their order; raises LedgerError when the file cannot be understood."""
    goals = []
    for item in documents.load_items(path, NAME):
        try:
            goals.append(_goal(**item))
        except (TypeError, ValueError, LedgerError):  # not one of ours, or of a later version
            continue
    return tuple(goals)


def save(path: Path, goals: Sequence[Goal]) -> None:
    """Write the goals in their order; raises LedgerError."""
    documents.save_items(path, NAME, [asdict(goal) for goal in goals])


def measure_of(text: str) -> Measure:
    """Return the measure that a word names; raises LedgerError, for an amount with the reason."""
    word = text.strip().casefold().replace(" ", "-")
    if word in AMOUNTS:
        raise LedgerError(f"A goal on {word} is refused.", REFUSAL)
    for measure in Measure:
        if word and (measure.value.startswith(word) or word == f"{measure.value}-share"):
            return measure
    near = nearest(word, list(Measure))
    hint = f"Did you mean {near}?" if near else f"There are {', '.join(Measure)}."
    raise LedgerError("A goal is about a share of what became of your work.", hint)


def usable(goal: Goal, names: Names) -> Goal:
    """Return the goal with its words tidied; raises LedgerError when it cannot be used."""
    typed = terms(goal.words)
    if any(term.key.casefold() in TIMES for term in typed):
        raise LedgerError("A goal always looks at its last days.", "Leave the time words out.")
    if any(not term.key for term in typed):
        raise LedgerError(
            "A goal cannot be about words searched for.", "Use tool:, kind:, project: or label:."
        )
    filter_ = parse(goal.words, names, date.min).filter
    if filter_.tags:
        raise LedgerError("A goal cannot choose its own tags.", "Leave tag: out.")
    if filter_.intents:
        raise LedgerError("Goals are about deliveries.", "Leave intent: out.")
    return replace(goal, words=" ".join(goal.words.split()))


def with_goal(goals: Sequence[Goal], goal: Goal) -> tuple[Goal, ...]:
    """Return the goals with one more, in the place of one on the same; raises LedgerError."""
    same = [other for other in goals if (other.measure, other.words) == (goal.measure, goal.words)]
    if same:
        return tuple(goal if other == same[0] else other for other in goals)
    if len(goals) >= MOST:
        raise LedgerError(f"There are {MOST} goals already.", "Remove one first.")
    return (*goals, goal)


def _goal(measure: str, percent: int, words: str = "", days: int = 28, grace_days: int = 7) -> Goal:
    """Return a goal made of values that may be anything; raises TypeError, ValueError."""
    numbers = (percent, days, grace_days)
    if not all(type(number) is int for number in numbers) or not isinstance(words, str):
        raise TypeError
    if not fits(percent, days, grace_days) or len(words) > LONGEST:
        raise ValueError
    return Goal(
        measure=Measure(measure), percent=percent, words=words, days=days, grace_days=grace_days
    )


def fits(percent: int, days: int, grace_days: int) -> bool:
    """Whether a goal can have these numbers."""
    return (
        1 <= percent <= 99
        and SHORTEST_DAYS <= days <= LONGEST_DAYS
        and 0 <= grace_days <= LONGEST_GRACE
    )


class GoalStatus(NamedTuple):
    """How one goal stands; the share is None while nothing can be said of it."""

    goal: Goal
    state: GoalState
    share: float | None
    low: float | None
    high: float | None
    blocks: int
    text: str
    filter: Filter  # what it looked at


def goal_status(goal: Goal, frame: Frame, today: date, zone: tzinfo | None = None) -> GoalStatus:
    """Return how a goal stands today; raises LedgerError when its words mean nothing any more."""
    now = _status_at(goal, frame, today, zone)
    if now.state is not GoalState.NOT_MET or not goal.grace_days:
        return now
    before = _status_at(goal, frame, today - timedelta(days=goal.grace_days), zone)
    if before.state is GoalState.NOT_MET:
        return now
    grace = count(goal.grace_days, "day")
    return now._replace(
        state=GoalState.GRACE, text=f"{now.text} That counts once it has lasted {grace}."
    )


def goal_statuses(
    goals: Sequence[Goal], frame: Frame, today: date, zone: tzinfo | None = None
) -> list[GoalStatus]:
    """Return how all goals stand; one whose words mean nothing any more says so."""
    statuses = []
    for goal in goals:
        try:
            statuses.append(goal_status(goal, frame, today, zone))
        except LedgerError as problem:
            early = GoalState.EARLY
            statuses.append(GoalStatus(goal, early, None, None, None, 0, str(problem), Filter()))
    return statuses


def _status_at(goal: Goal, frame: Frame, today: date, zone: tzinfo | None) -> GoalStatus:
    """Return how a goal stood at the end of a day."""
    filter_ = parse(goal.words, Names.of(frame), today, zone=zone).filter
    first = today - timedelta(days=goal.days - 1)
    since, until = (start_of(day, zone) for day in (first, today + timedelta(days=1)))
    filter_ = replace(filter_, since_s=since, until_s=until)
    selection = frame.select(filter_)
    rates = fate_rates(frame, selection, "all", zone)
    rate = together(rates) if rates else FateRate("all", 0, 0, 0, 0)
    share, low, high, lacks = _measure_share(goal, frame, selection, rate)
    state = GoalState.EARLY if lacks else _goal_state(goal, low, high)
    text = _goal_words(goal, state, share, (low, high), rate, lacks)
    if share is None:
        return GoalStatus(goal, state, None, None, None, rate.blocks, text, filter_)
    return GoalStatus(goal, state, share, low, high, rate.blocks, text, filter_)


def _measure_share(
    goal: Goal, frame: Frame, selection: Selection, rate: FateRate
) -> tuple[float | None, float, float, str]:
    """Return the share, its interval, and what is lacking to say more; "" when nothing is."""
    if rate.blocks < INTERVAL_BLOCKS:
        lacks = f"It needs {INTERVAL_BLOCKS} half-hours of work, {rate.blocks} so far."
        return None, 0.0, 1.0, lacks
    if goal.measure is Measure.COVERAGE:
        share = summary_of(frame, selection, "all", interval=False).coverage or 0.0
        return share, share, share, ""
    lacks = "" if rate.settled >= LEAST_SETTLED_SHARE * rate.blocks else _untagged(rate)
    if rate.settled < INTERVAL_BLOCKS:
        return None, 0.0, 1.0, lacks
    hits = rate.thrown if goal.measure is Measure.THROWN else rate.kept
    return hits / rate.settled, *jeffreys(hits, rate.settled), lacks


def _untagged(rate: FateRate) -> str:
    return (
        f"{rate.settled} of its {rate.blocks} half-hours are tagged throughout; it needs "
        f"{percent(LEAST_SETTLED_SHARE)}, "
        "or what is left untagged could decide."
    )


def _goal_state(goal: Goal, low: float, high: float) -> GoalState:
    limit = goal.percent / 100
    if goal.measure.is_most:
        met, missed = high < limit, low >= limit
    else:
        met, missed = low >= limit, high < limit
    return GoalState.MET if met else GoalState.NOT_MET if missed else GoalState.EARLY


def _goal_words(
    goal: Goal,
    state: GoalState,
    share: float | None,
    ends: tuple[float, float],
    rate: FateRate,
    lacks: str,
) -> str:
    verdict = state.value.capitalize()
    if share is None:
        return f"{verdict}. {lacks}"
    span = f"the last {count(goal.days, 'day')}"
    if goal.measure is Measure.COVERAGE:
        return f"{verdict}: {percent(share)} of the tokens in {span}."
    of = f"of {count(rate.settled, 'half-hour')} of work in {span}"
    return f"{verdict}: {percent(share)} ({dash_of_shares(*ends)}) {of}. {lacks}".strip()


def digest(
    statuses: Sequence[GoalStatus], today: date, hour: int, day: str, quiet: Collection[int] = ()
) -> Statement | None:
    """Return the weekly line; None on other days, in quiet hours, or without goals."""
    if not statuses or day != DAYS_OF_WEEK[today.weekday()] or hour in quiet:
        return None
    parts = []
    for state in GoalState:
        number = sum(1 for status in statuses if status.state is state)
        if number:
            parts.append(f"{number} {state.value}")
    return Statement(
        f"Your {count(len(statuses), 'goal')} this week: {', '.join(parts)}.", "kept-rate"
    )


def quiet_hours(first: int, end: int) -> tuple[int, ...]:
    """Return the hours from `first` up to but not including `end`, past midnight if need be."""
    return tuple((first + step) % 24 for step in range((end - first) % 24))
