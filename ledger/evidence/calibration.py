"""How far suggestions agree with the person, from their sampled answers only.

Volunteered tags and bulk confirmations are left out: people volunteer what they were not asked
about. Each rule's confidence and worth are means of its prior, worth 20 answers, and the answers,
each weighing 1 / its chance of being asked, scaled to mean 1. That is the posterior mean of a
Beta(20 p, 20 (1 - p)) prior.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.core.vocabulary import Tag
from ledger.evidence.rules import PRIORS, Prior, Rule

PRIOR_ANSWERS = 20
WORTHS = {Tag.KEPT: 1.0, Tag.EDITED: 0.5, Tag.THROWN_AWAY: 0.0}
FEWEST = 10  # below it a tool or project is not judged
LEAST_AGREEMENT = 0.6  # lower end of the interval, to go on suggesting


class Answer(NamedTuple):
    """One sampled answer beside what was suggested."""

    rule: Rule
    suggested: Tag
    given: Tag
    chance: float
    tool: str
    project: str


class Agreement(NamedTuple):
    """How often suggestions agreed with sampled answers."""

    agreed: int
    answers: int


def calibrated(answers: Sequence[Answer]) -> dict[Rule, Prior]:
    """Return the confidence and worth of every rule after these answers."""
    return {
        rule: _posterior(prior, [a for a in answers if a.rule is rule])
        for rule, prior in _prior_items()
    }


def _prior_items() -> Iterable[tuple[Rule, Prior]]:
    return PRIORS.items()


def _posterior(prior: Prior, answers: Sequence[Answer]) -> Prior:
    if not answers:
        return prior
    weights = [1 / answer.chance for answer in answers]
    scale = len(answers) / sum(weights)
    agreed = sum(w for w, a in zip(weights, answers, strict=True) if a.given is prior.tag) * scale
    worth = sum(w * WORTHS[a.given] for w, a in zip(weights, answers, strict=True)) * scale
    whole = PRIOR_ANSWERS + len(answers)
    return Prior(
        prior.tag,
        (PRIOR_ANSWERS * prior.confidence + agreed) / whole,
        (PRIOR_ANSWERS * prior.worth + worth) / whole,
    )


def agreement(answers: Iterable[Answer]) -> Agreement:
    """Count the answers that agreed with what was suggested."""
    all_answers = list(answers)
    return Agreement(sum(a.given is a.suggested for a in all_answers), len(all_answers))


def confusion(answers: Iterable[Answer]) -> dict[tuple[Tag, Tag], int]:
    """Count answers by (suggested, given)."""
    table = {(a, b): 0 for a in Tag for b in Tag}
    for answer in answers:
        table[answer.suggested, answer.given] += 1
    return table
