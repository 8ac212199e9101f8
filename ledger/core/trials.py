"""A change of habit that is tried out: what it is and when it counts, declared before looking."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

SHORTEST, LONGEST = 7, 182  # days on either side


class Trial(NamedTuple):
    """The days from `start` on are compared with as many before; nothing of it can be changed.

    What was declared stays: a trial can only be given up, and that shows.
    """

    what: str
    start: date
    days: int
    declared: date
    given_up: date | None = None

    @property
    def last(self) -> date:
        """Return the last day that counts."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def is_beforehand(self) -> bool:
        """Whether it was declared before its first day was over."""
        return self.declared <= self.start


Trials = tuple[Trial, ...]  # in the order they were declared


def given_up(trials: Iterable[Trial], trial: Trial, today: date) -> Trials:
    """Return the trials with one of them given up; it stays in its place with the day."""
    ended = trial._replace(given_up=today)
    return tuple(ended if other == trial else other for other in trials)
