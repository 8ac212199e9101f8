"""The rules from evidence to a suggested tag, with its confidence and reasons.

The rules are an ordered table: the first that applies speaks. Confidence is how often such a
suggestion is expected to agree with the person; their own sampled answers replace it
(`calibration`).
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from ledger.core.evidence import Fate, Horizon, Observation, Suggestion, Survival
from ledger.core.formatting import percent
from ledger.core.vocabulary import Outcome, Tag

FEWEST_GRAMS = 40
FEWEST_LINES = 8
KEPT_FROM = 0.80  # survives: kept from here on
THROWN_AWAY_BELOW = 0.25  # survives: thrown away below it


class Rule(StrEnum):
    """Why something was suggested; calibration counts agreement for each."""

    REVERTED = "reverted"
    LANDED = "landed"
    SURVIVES = "survives in the branch or work tree"
    PARTLY = "survives in part"
    VANISHED = "hardly anything survives"
    TOOK_BACK = "taken back in the tool"
    REJECTED = "rejected in the tool"
    EARLY_GONE = "gone before the seventh day"
    EARLY_PARTLY = "in part before the seventh day"
    EARLY_THERE = "there before the seventh day"
    HAND_EDITED = "changed by hand"
    REDONE = "asked again"
    ACCEPTED = "accepted, nothing else known"


class Prior(NamedTuple):
    """What a rule suggests before the person has answered anything."""

    tag: Tag
    confidence: float
    worth: float


PRIORS = {
    Rule.REVERTED: Prior(Tag.THROWN_AWAY, 0.90, 0.05),
    Rule.LANDED: Prior(Tag.KEPT, 0.85, 0.92),
    Rule.SURVIVES: Prior(Tag.KEPT, 0.70, 0.85),
    Rule.PARTLY: Prior(Tag.EDITED, 0.70, 0.55),
    Rule.VANISHED: Prior(Tag.THROWN_AWAY, 0.80, 0.12),
    Rule.TOOK_BACK: Prior(Tag.THROWN_AWAY, 0.90, 0.05),
    Rule.REJECTED: Prior(Tag.THROWN_AWAY, 0.90, 0.05),
    Rule.EARLY_GONE: Prior(Tag.THROWN_AWAY, 0.65, 0.2),
    Rule.EARLY_PARTLY: Prior(Tag.EDITED, 0.55, 0.55),
    Rule.EARLY_THERE: Prior(Tag.KEPT, 0.60, 0.75),
    Rule.HAND_EDITED: Prior(Tag.EDITED, 0.60, 0.6),
    Rule.REDONE: Prior(Tag.THROWN_AWAY, 0.60, 0.25),
    Rule.ACCEPTED: Prior(Tag.KEPT, 0.55, 0.65),
}


class Facts(NamedTuple):
    """What is known about one interaction's output."""

    interaction: int
    outcomes: tuple[Outcome, ...]  # of the edits it proposed
    observation: Observation | None = None
    survivals: tuple[Survival, ...] = ()
    redone: bool = False  # the person asked for nearly the same within ten minutes

    @property
    def taken_back(self) -> bool:
        """Whether nothing of it is left: its files were put back, or it was words and left.

        Files stay as they are where only the conversation goes on from before.
        """
        seen = self.observation
        return seen is not None and (seen.restored or (seen.rewound and not self.applied))

    def at(self, horizon: Horizon) -> Survival | None:
        """Return what was measured at a horizon, if enough was there to measure."""
        survival = next((one for one in self.survivals if one.horizon is horizon), None)
        return survival if survival is not None and _is_telling(survival) else None

    @property
    def applied(self) -> int:
        """How many edits were applied."""
        return self.outcomes.count(Outcome.APPLIED)

    @property
    def rejected(self) -> int:
        """How many edits the person refused."""
        return self.outcomes.count(Outcome.REJECTED)


def _is_telling(survival: Survival) -> bool:
    if survival.fate not in (Fate.MEASURED, Fate.REVERTED, Fate.PARKED, Fate.SUPERSEDED):
        return False
    if survival.anywhere is None:
        return False
    return survival.grams >= FEWEST_GRAMS or survival.lines >= FEWEST_LINES


def rule_of(facts: Facts) -> Rule | None:
    """Return the first rule that applies; None when nothing speaks."""
    return next((match for rule in _RULES if (match := rule(facts)) is not None), None)


def suggested(
    facts: Facts, priors: dict[Rule, Prior] | None = None
) -> tuple[Rule, Suggestion] | None:
    """Return what the evidence suggests and by which rule; None when nothing speaks."""
    rule = rule_of(facts)
    if rule is None:
        return None
    prior = (priors or PRIORS)[rule]
    survival = _newest(facts)
    worth = prior.worth
    if rule in (Rule.PARTLY, Rule.EARLY_PARTLY) and survival and survival.anywhere is not None:
        worth = survival.anywhere
    why = tuple(reasons(facts))
    return rule, Suggestion(
        interaction=facts.interaction,
        tag=prior.tag,
        confidence=prior.confidence,
        worth=worth,
        why=why,
    )


def after_a_week(facts: Facts) -> Rule | None:
    """Return the rule that git speaks by on the seventh day; None when it says nothing."""
    week = facts.at(Horizon.WEEK)
    if week is None or week.anywhere is None:
        return None
    if week.fate is Fate.REVERTED:
        return Rule.REVERTED
    if week.anywhere >= KEPT_FROM:
        landed = week.landed is not None and week.landed >= KEPT_FROM
        return Rule.LANDED if landed else Rule.SURVIVES
    if week.anywhere >= THROWN_AWAY_BELOW:
        return Rule.PARTLY
    # What a later AI edit took the place of, the person did not reject.
    return None if week.fate is Fate.SUPERSEDED else Rule.VANISHED


def _in_the_tool(facts: Facts) -> Rule | None:
    if facts.taken_back:
        return Rule.TOOK_BACK
    if facts.rejected and not facts.applied:
        return Rule.REJECTED
    return None


def _early(facts: Facts) -> Rule | None:
    now = facts.at(Horizon.DAY) or facts.at(Horizon.NOW)
    if now is None or now.anywhere is None or facts.at(Horizon.WEEK) is not None:
        return None
    if now.fate is Fate.REVERTED:
        return Rule.EARLY_GONE
    if now.anywhere >= KEPT_FROM:
        return Rule.EARLY_THERE
    if now.anywhere >= THROWN_AWAY_BELOW:
        return Rule.EARLY_PARTLY
    return None if now.fate is Fate.SUPERSEDED else Rule.EARLY_GONE


def _by_hand(facts: Facts) -> Rule | None:
    observation = facts.observation
    return (
        Rule.HAND_EDITED
        if observation is not None and observation.hand_edits and facts.applied
        else None
    )


def _again(facts: Facts) -> Rule | None:
    return Rule.REDONE if facts.redone and not facts.applied else None


def _accepted(facts: Facts) -> Rule | None:
    return Rule.ACCEPTED if facts.applied and not facts.redone else None


_RULES: tuple[Callable[[Facts], Rule | None], ...] = (
    after_a_week,
    _in_the_tool,
    _early,
    _by_hand,
    _again,
    _accepted,
)


def _newest(facts: Facts) -> Survival | None:
    for horizon in (Horizon.WEEK, Horizon.DAY, Horizon.NOW):
        survival = facts.at(horizon)
        if survival is not None:
            return survival
    return None


def reasons(facts: Facts) -> list[str]:
    """Say in plain sentences what is known, the strongest first."""
    sentences = [_survival_sentence(facts), *_tool_sentences(facts)]
    if facts.redone:
        sentences.append("You asked for nearly the same again within ten minutes.")
    return [sentence for sentence in sentences if sentence]


def _survival_sentence(facts: Facts) -> str:
    survival = _newest(facts)
    if survival is None or survival.anywhere is None:
        return ""
    when = "now" if survival.horizon is Horizon.NOW else f"after {survival.horizon}"
    if survival.fate is Fate.REVERTED:
        return f"The files went back to what they were ({when})."
    on_main = survival.landed is not None and survival.landed >= survival.anywhere - 0.02
    share = survival.landed if on_main and survival.landed is not None else survival.anywhere
    if survival.fate is Fate.PARKED:
        place = "in the work tree, not committed"
    else:
        place = "on the default branch" if on_main else "in the branch or work tree"
    if survival.lines >= FEWEST_LINES:
        sentence = f"{survival.lines_left} of {survival.lines} added lines are {place} {when}"
    else:
        sentence = f"{percent(share)} of what was added is {place} {when}"
    if survival.fate is Fate.SUPERSEDED:
        sentence += "; later AI work took the place of the rest"
    baseline = survival.baseline
    if baseline is not None and survival.horizon is not Horizon.NOW:
        sentence += f"; half of all new code there keeps at least {percent(baseline)}"
    return sentence + "."


def _tool_sentences(facts: Facts) -> list[str]:
    sentences = []
    observation = facts.observation
    if observation is not None and observation.rewound:
        sentences.append("You took the conversation back to before it.")
    if observation is not None and observation.restored:
        sentences.append("Its files were put back as they were before.")
    if facts.rejected:
        whole = len(facts.outcomes)
        sentences.append(f"You rejected {facts.rejected} of {whole} proposed edits.")
        if observation is not None and observation.refused:
            sentences.append("You said why when you rejected.")
    if facts.applied:
        edits = "edit was" if facts.applied == 1 else "edits were"
        sentences.append(f"{facts.applied} {edits} applied.")
    if observation is not None and observation.hand_edits:
        files = "one file" if observation.hand_edits == 1 else f"{observation.hand_edits} files"
        sentences.append(f"You changed {files} by hand afterwards.")
    return sentences
