"""A goal a person sets themselves: always a share of what became of work, never an amount."""

from dataclasses import dataclass
from enum import StrEnum

SHORTEST_DAYS, LONGEST_DAYS = 7, 365
LONGEST_GRACE = 60


class Measure(StrEnum):
    """What a goal is about; the value is how files and the command line write it."""

    THROWN = "thrown-away"
    KEPT = "kept"
    COVERAGE = "coverage"

    @property
    def words(self) -> str:
        """The measure as people read it."""
        return {"thrown-away": "Thrown-away share", "kept": "Kept share"}.get(self, "Tagged share")

    @property
    def is_most(self) -> bool:
        """Whether the threshold is not to be exceeded; else it is to be reached."""
        return self is Measure.THROWN


class GoalState(StrEnum):
    """How a goal stands, as far as the interval says."""

    MET = "met"
    NOT_MET = "not met"
    GRACE = "not met lately"  # for fewer days than its grace days
    EARLY = "too early to say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A share to stay under (thrown away) or to reach (kept, tagged), over the last days.

    `percent` is 1..99. `words` are filter words without a time. A miss is told as one only after
    it has lasted `grace_days`.
    """

    measure: Measure
    percent: int
    words: str = ""
    days: int = 28
    grace_days: int = 7

    @property
    def title(self) -> str:
        """The goal in words, without what it is narrowed to."""
        word = "under" if self.measure.is_most else "at least"
        return f"{self.measure.words} {word} {self.percent}\u202f%"
