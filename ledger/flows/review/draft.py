"""A review while it is being written: half a claim is kept here, and leaves in no file."""

import json
from dataclasses import replace
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Words
from ledger.flows.review.recipe import MOST_CITED, MOST_CLAIMS, Recipe, read

UNREADABLE = "The draft of this review cannot be read."


def begun(period: str, own: bytes | None, latest: bytes | None) -> Recipe:
    """Return what to go on with; raises LedgerError for a draft that cannot be read.

    `own` was written for this period. `latest` is the recipe that was kept last: of it go on the
    parts, the labels that are left out and the words that may pass, but no sentence. What was let
    in is asked for each time.
    """
    if own is not None:
        return replace(resumed(own, period), include=frozenset())
    if latest is None:
        return Recipe(period=period)
    try:
        last = resumed(latest, period)
    except LedgerError:  # it belongs to another period: this one can begin without it
        return Recipe(period=period)
    return Recipe(period=period, parts=last.parts, without=last.without, allowed=last.allowed)


def resumed(data: bytes, period: str) -> Recipe:
    """Return a draft with its unfinished claims; raises LedgerError."""
    try:
        value = json.loads(data)
        claims = [_claim(claim) for claim in value.pop("claims", [])][:MOST_CLAIMS]
        without_claims = json.dumps(value).encode("ascii")
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise LedgerError(UNREADABLE, "It is left as it is; choose another period.") from None
    recipe = read(without_claims, period)
    return replace(recipe, words=replace(recipe.words, claims=tuple(claims)))


def _claim(value: Any) -> Claim:
    evidence = value.get("evidence", [])[:MOST_CITED]
    return Claim(
        situation=str(value.get("situation", "")),
        did=str(value.get("did", "")),
        outcome=str(value.get("outcome", "")),
        evidence=tuple(str(citation) for citation in evidence),
    )


def finished(recipe: Recipe) -> Recipe:
    """Return the recipe as it may leave: without empty sentences and claims that lack a half."""
    words = recipe.words
    return replace(
        recipe,
        words=Words(
            claims=tuple(_tidy(claim) for claim in words.claims if is_finished(claim)),
            learned=_sentences(words.learned),
            dead_end=_one_line(words.dead_end),
            changed=_sentences(words.changed),
        ),
    )


def is_finished(claim: Claim) -> bool:
    """Whether a claim says what was done and what came of it."""
    return bool(claim.did.strip() and claim.outcome.strip())


def unfinished(recipe: Recipe) -> int:
    """Return how many claims do not go in yet."""
    return sum(not is_finished(claim) for claim in recipe.words.claims)


def _tidy(claim: Claim) -> Claim:
    return replace(
        claim,
        situation=_one_line(claim.situation),
        did=_one_line(claim.did),
        outcome=_one_line(claim.outcome),
    )


def _sentences(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := _one_line(text)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
