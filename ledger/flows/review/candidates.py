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

MOST = 20
STILL_THERE = 0.8  # of what was added, at least


class Candidate(NamedTuple):
    """One interaction with what speaks for it."""

    interaction: int
    week: date
    tool: str
    tokens: float  # share of the period's
    why: str
    proven: bool  # it landed and was still there after 30 days


def candidates(
    asked: ReviewContext, survivals: Iterable[Survival] = (), most: int = MOST
) -> tuple[Candidate, ...]:
    """Return what was kept: first what landed and survived 30 days, then by size."""
    frame = asked.frame
    days, te = frame.days(asked.zone), weights(frame, asked.mine)
    total = float(te.sum()) or 1.0
    month = {one.interaction: one for one in survivals if one.horizon is Horizon.MONTH}
    kept = np.flatnonzero(asked.mine.interactions & (frame.tag == Tag.KEPT))
    found = []
    for at in kept.tolist():
        survival = month.get(int(frame.id[at]))
        day = days.days[days.row[at]]
        found.append(
            Candidate(
                interaction=int(frame.id[at]),
                week=day - timedelta(days=day.weekday()),
                tool=str(TOOLS[frame.tool[at]]),
                tokens=float(te[at]) / total,
                why=_why(survival),
                proven=_is_proven(survival),
            )
        )
    found.sort(key=lambda one: (not one.proven, -one.tokens, one.interaction))
    return tuple(found[:most])


def _is_proven(survival: Survival | None) -> bool:
    return (
        survival is not None
        and survival.fate is Fate.MEASURED
        and (survival.landed or 0.0) >= STILL_THERE
    )


def _why(survival: Survival | None) -> str:
    if survival is None or survival.fate is not Fate.MEASURED or survival.anywhere is None:
        return "kept"
    there = f"kept; {percent(survival.anywhere)} of it there after 30 days"
    if survival.landed is None:
        return there
    return f"{there}, {percent(survival.landed)} on the default branch"


Find = Callable[[str], Sequence[int]]  # interactions whose shown id begins so


def cited(recipe: Recipe, book: EvidenceBook, find: Find) -> Recipe:
    """Return the recipe with numbers like E-014 for ids; raises LedgerError for what is unknown.

    The book holds new numbers afterwards; saving it is the caller's.
    """
    claims = tuple(
        replace(claim, evidence=tuple(_number(one, book, find) for one in claim.evidence))
        for claim in recipe.words.claims
    )
    return replace(recipe, words=replace(recipe.words, claims=claims))


def _number(text: str, book: EvidenceBook, find: Find) -> str:
    known = book.interaction(text)
    if known is not None:
        return book.number(known)
    found = find(text.lower()) if text else ()
    if len(found) != 1:
        many = f"{len(found)} interactions" if found else "no interaction"
        raise LedgerError(
            f"A claim cites “{text}”, which means {many}.",
            "“signal-ledger export candidates” and “signal-ledger list” show ids.",
        )
    return book.number(found[0])
