"""Finds what a person means by a few letters: words that begin with them first."""

import re

_BREAKS = re.compile(r"[^\w]+")
START, INSIDE, SCATTERED = 0, 100, 300


def distance(typed: str, text: str) -> int | None:
    """Return how far the text is from what was typed, 0 for the best; None when it is no match.

    Every word typed must be found, in any order.
    """
    total = 0
    low = text.casefold()
    for word in typed.casefold().split():
        cost = _word(word, low)
        if cost is None:
            return None
        total += cost
    return total + min(len(text), 99) // 10


def _word(word: str, text: str) -> int | None:
    at = text.find(word)
    if at == 0 or any(part.startswith(word) for part in _BREAKS.split(text)):
        return START + (0 if at == 0 else 1) * 20
    if at > 0:
        return INSIDE + min(at, 90)
    return _scattered(word, text)


def _scattered(word: str, text: str) -> int | None:
    """Match letters in order with gaps, which forgives skipped letters; the gaps are the cost."""
    place, gaps = -1, 0
    for letter in word:
        at = text.find(letter, place + 1)
        if at < 0:
            return None
        gaps += at - place - 1 if place >= 0 else 0
        place = at
    return SCATTERED + gaps if gaps <= 3 * len(word) else None
