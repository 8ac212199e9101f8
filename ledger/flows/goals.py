"""The goals of a ledger, as its file keeps them; a goal on an amount is refused with the reason."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from ledger.core.errors import LedgerError
from ledger.core.goals import LONGEST_DAYS, LONGEST_GRACE, SHORTEST_DAYS, Goal, Measure
from ledger.flows.filter_words.reader import read
from ledger.flows.filter_words.resolving import nearest
from ledger.flows.filter_words.tokens import LONGEST, terms
from ledger.flows.filter_words.vocabulary import TIMES, Names
from ledger.host import documents

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
    found = terms(goal.words)
    if any(term.key.casefold() in TIMES for term in found):
        raise LedgerError("A goal always looks at its last days.", "Leave the time words out.")
    if any(not term.key for term in found):
        raise LedgerError(
            "A goal cannot be about words searched for.", "Use tool:, kind:, project: or label:."
        )
    chosen = read(goal.words, names, date.min).filter
    if chosen.tags:
        raise LedgerError("A goal cannot choose its own tags.", "Leave tag: out.")
    if chosen.intents:
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
