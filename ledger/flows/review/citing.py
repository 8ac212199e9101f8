"""Turns what a person cites into evidence numbers, which mean something in their program only."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ledger.core.errors import LedgerError
from ledger.flows.review.recipe import Recipe
from ledger.host.documents import EvidenceBook

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
