"""What the person asked a review to be: kept for the next one, and read from a file of claims."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Include, Part, Words

HINT = "docs/review.md shows what a file of claims looks like."
LARGEST_ID = 1 << 63
LARGEST_TEXT = 2_000
MOST_CLAIMS = 7
MOST_SENTENCES = 5
MOST_CITED = 20
MOST_ALLOWED = 50
_KEYS = {
    *("period", "parts", "include", "without", "left_out", "allowed"),
    *("claims", "learned", "dead_end", "changed"),
}
_CLAIM_KEYS = {"situation", "did", "outcome", "evidence"}

OneOf = TypeVar("OneOf", Part, Include)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Period, ticks and words of one review; `without` are labels whose work is left out."""

    period: str
    parts: frozenset[Part] = frozenset(Part)
    include: frozenset[Include] = frozenset()
    words: Words = field(default_factory=Words)
    without: frozenset[str] = frozenset()
    left_out: frozenset[int] = frozenset()  # interactions, by id
    allowed: frozenset[str] = frozenset()  # words that may stand although they name something


def written(recipe: Recipe) -> bytes:
    """Return the recipe as JSON that `read` understands."""
    words = recipe.words
    value = {
        "period": recipe.period,
        "parts": sorted(recipe.parts),
        "include": sorted(recipe.include),
        "without": sorted(recipe.without),
        "left_out": sorted(recipe.left_out),
        "allowed": sorted(recipe.allowed),
        "claims": [
            {
                "situation": claim.situation,
                "did": claim.did,
                "outcome": claim.outcome,
                "evidence": list(claim.evidence),
            }
            for claim in words.claims
        ],
        "learned": list(words.learned),
        "dead_end": words.dead_end,
        "changed": list(words.changed),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(data: bytes, period: str = "") -> Recipe:
    """Return the recipe in a file, for another period when one is given; raises LedgerError."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise LedgerError("The file of claims is no JSON.", HINT) from None
    if not isinstance(value, dict):
        raise LedgerError("The file of claims does not hold one object.", HINT)
    unknown = sorted(map(str, set(value) - _KEYS))
    if unknown:
        raise LedgerError(f"The file of claims has a part “{unknown[0]}” that has no place.", HINT)
    return Recipe(
        period=period or _text(value, "period"),
        parts=_enum_members(Part, value.get("parts", list(Part)), "parts"),
        include=_enum_members(Include, value.get("include", []), "include"),
        words=_words(value),
        without=frozenset(_texts(value, "without", MOST_ALLOWED)),
        left_out=_ids(value.get("left_out", [])),
        allowed=frozenset(_texts(value, "allowed", MOST_ALLOWED)),
    )


def _words(value: Mapping[str, Any]) -> Words:
    claims = value.get("claims", [])
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        raise LedgerError("“claims” must be a list of objects.", HINT)
    if len(claims) > MOST_CLAIMS:
        raise LedgerError(
            f"There are {len(claims)} claims; a review has at most {MOST_CLAIMS}.",
            "Keep those whose outcome you can show.",
        )
    return Words(
        claims=tuple(map(_claim, claims)),
        learned=_texts(value, "learned"),
        dead_end=_text(value, "dead_end"),
        changed=_texts(value, "changed"),
    )


def _claim(value: Mapping[str, Any]) -> Claim:
    unknown = sorted(map(str, set(value) - _CLAIM_KEYS))
    if unknown:
        raise LedgerError(f"A claim has a part “{unknown[0]}” that has no place.", HINT)
    claim = Claim(
        situation=_text(value, "situation"),
        did=_text(value, "did"),
        outcome=_text(value, "outcome"),
        evidence=_texts(value, "evidence", MOST_CITED),
    )
    if not (claim.did and claim.outcome):
        raise LedgerError("A claim lacks “did” or “outcome”.", HINT)
    return claim


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name, "")
    if not isinstance(text, str) or len(text) > LARGEST_TEXT:
        raise LedgerError(f"“{name}” must be a text of at most {LARGEST_TEXT} characters.", HINT)
    text = text.encode("utf-8", "replace").decode("utf-8")  # halves of characters fit no file
    return " ".join(text.split())


def _texts(value: Mapping[str, Any], name: str, most: int = MOST_SENTENCES) -> tuple[str, ...]:
    texts = value.get(name, [])
    if not isinstance(texts, list) or len(texts) > most:
        raise LedgerError(f"“{name}” must be a list of at most {most} texts.", HINT)
    return tuple(_text({name: text}, name) for text in texts)


def _enum_members(kind: type[OneOf], values: Any, name: str) -> frozenset[OneOf]:
    try:
        return frozenset(kind(value) for value in values)
    except (ValueError, TypeError):
        known = ", ".join(kind)
        raise LedgerError(
            f"“{name}” has a word that is not known.", f"Known are {known}."
        ) from None


def _ids(values: Any) -> frozenset[int]:
    if not isinstance(values, list) or not all(
        type(value) is int and 0 <= value < LARGEST_ID for value in values
    ):
        raise LedgerError("“left_out” must be a list of numbers.", HINT)
    return frozenset(values)
