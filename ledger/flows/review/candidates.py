"""Interactions a person may want to write about, and the evidence numbers of those they cite."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from ledger.core.errors import LedgerError
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.formatting import percent
from ledger.core.vocabulary import TOOLS, Tag
from ledger.flows.insights.charts import weights
from ledger.flows.review.grouped import ReviewContext
from ledger.flows.review.recipe import Recipe
from ledger.host.documents import EvidenceBook

MOST_CANDIDATES = 20
STILL_THERE = 0.8  # of what was added, at least
FindByPrefix = Callable[[str], Sequence[int]]  # interactions whose shown id begins so


class Candidate(NamedTuple):
    """One interaction with what speaks for it."""

    interaction: int
    week: date
    tool: str
    tokens: float  # share of the period's
    why: str
    proven: bool  # it landed and was still there after 30 days


def candidates(
    context: ReviewContext, survivals: Iterable[Survival] = (), most: int = MOST_CANDIDATES
) -> tuple[Candidate, ...]:
    """Return what was kept: first what landed and survived 30 days, then by size."""
    frame = context.frame
    days, te = frame.days(context.zone), weights(frame, context.mine)
    total = float(te.sum()) or 1.0
    month = {
        survival.interaction: survival
        for survival in survivals
        if survival.horizon is Horizon.MONTH
    }
    kept = np.flatnonzero(context.mine.interactions & (frame.tag == Tag.KEPT))
    rows = []
    for at in kept.tolist():
        survival = month.get(int(frame.id[at]))
        day = days.days[days.row[at]]
        rows.append(
            Candidate(
                interaction=int(frame.id[at]),
                week=day - timedelta(days=day.weekday()),
                tool=str(TOOLS[frame.tool[at]]),
                tokens=float(te[at]) / total,
                why=_why(survival),
                proven=_is_proven(survival),
            )
        )
    rows.sort(
        key=lambda candidate: (not candidate.proven, -candidate.tokens, candidate.interaction)
    )
    return tuple(rows[:most])


def _is_proven(survival: Survival | None) -> bool:
    return (
        survival is not None
        and survival.fate is Fate.MEASURED
        and (survival.landed or 0.0) >= STILL_THERE
    )


def _why(survival: Survival | None) -> str:
    if survival is None or survival.fate is not Fate.MEASURED or survival.anywhere is None:
        return "kept"
    sentence = f"kept; {percent(survival.anywhere)} of it there after 30 days"
    if survival.landed is None:
        return sentence
    return f"{sentence}, {percent(survival.landed)} on the default branch"


def cited(recipe: Recipe, book: EvidenceBook, find: FindByPrefix) -> Recipe:
    """Return the recipe with numbers like E-014 for ids; raises LedgerError for what is unknown.

    The book holds new numbers afterwards; saving it is the caller's.
    """
    claims = tuple(
        replace(
            claim,
            evidence=tuple(_evidence_number(citation, book, find) for citation in claim.evidence),
        )
        for claim in recipe.words.claims
    )
    return replace(recipe, words=replace(recipe.words, claims=claims))


def _evidence_number(text: str, book: EvidenceBook, find: FindByPrefix) -> str:
    interaction = book.interaction(text)
    if interaction is not None:
        return book.number(interaction)
    ids = find(text.lower()) if text else ()
    if len(ids) != 1:
        many = f"{len(ids)} interactions" if ids else "no interaction"
        raise LedgerError(
            f"A claim cites “{text}”, which means {many}.",
            "“signal-ledger export candidates” and “signal-ledger list” show ids.",
        )
    return book.number(ids[0])
