"""What git, the tool's record and the person say of an output, each by itself."""

from typing import NamedTuple

from ledger.core.vocabulary import Outcome, Tag
from ledger.evidence.rules import PRIORS, Facts, after_a_week


class Witnesses(NamedTuple):
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


def witnesses(facts: Facts, person: Tag | None) -> Witnesses:
    """Return what each witness says."""
    return Witnesses(person, git_witness(facts), tool_witness(facts))


def git_witness(facts: Facts) -> Tag | None:
    """Return what the seventh day shows; what a later AI edit replaced says nothing."""
    rule = after_a_week(facts)
    return None if rule is None else PRIORS[rule].tag


def tool_witness(facts: Facts) -> Tag | None:
    """Return what the tool recorded: refused, changed by hand, or accepted."""
    observation = facts.observation
    if facts.taken_back or (facts.rejected and not facts.applied):
        return Tag.THROWN_AWAY
    if observation is not None and observation.hand_edits and facts.applied:
        return Tag.EDITED
    return Tag.KEPT if Outcome.APPLIED in facts.outcomes else None
