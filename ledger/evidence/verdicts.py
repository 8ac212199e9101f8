"""What git and what the tool's own record say of an output, each by itself."""

from typing import NamedTuple

from ledger.core.words import Outcome, Tag
from ledger.evidence.suggesting import PRIORS, Facts, after_a_week


class Verdicts(NamedTuple):
    """Three witnesses of one output; None where one says nothing."""

    person: Tag | None
    git: Tag | None
    tool: Tag | None

    @property
    def differ(self) -> bool:
        """Whether two of them say different things."""
        return len(self._said) > 1

    @property
    def gap(self) -> int:
        """How far apart they are: 2 between kept and thrown away, 1 with edited."""
        return 2 if {Tag.KEPT, Tag.THROWN_AWAY} <= self._said else len(self._said) - 1

    @property
    def _said(self) -> set[Tag]:
        return {tag for tag in self if tag is not None}


def verdicts(facts: Facts, person: Tag | None) -> Verdicts:
    """Return what each witness says."""
    return Verdicts(person, git_verdict(facts), tool_verdict(facts))


def git_verdict(facts: Facts) -> Tag | None:
    """Return what the seventh day shows; what a later AI edit replaced says nothing."""
    rule = after_a_week(facts)
    return None if rule is None else PRIORS[rule].tag


def tool_verdict(facts: Facts) -> Tag | None:
    """Return what the tool recorded: refused, changed by hand, or accepted."""
    seen = facts.observation
    if (seen is not None and seen.rewound) or (facts.rejected and not facts.applied):
        return Tag.THROWN_AWAY
    if seen is not None and seen.hand_edits and facts.applied:
        return Tag.EDITED
    return Tag.KEPT if Outcome.APPLIED in facts.outcomes else None
