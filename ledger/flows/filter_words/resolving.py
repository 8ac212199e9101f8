"""From a typed value to the values of the ledger that it names."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from ledger.core.cleaning import one_line
from ledger.core.errors import LedgerError
from ledger.flows.filter_words.tokens import Piece, in_quotes, safe
from ledger.flows.filter_words.vocabulary import ALL_KEYS, Key, Spelled

_ENDS = re.compile(r"[\W_]+")


def resolved(key: Key, piece: Piece, spelled: Spelled) -> frozenset[Any]:
    """Return the values that a piece names; raises LedgerError when there are none.

    In quotation marks it is a whole name. Elsewhere `*` stands for anything, a pattern begins at
    the beginning of any word of the name, and a project's last folder is enough.
    """
    pattern = "*" in piece.text and not piece.quoted
    found = _matching(piece.text, spelled) if pattern else _named(piece.text, spelled)
    if not found and not piece.quoted and not pattern:
        found = _begun(key, piece.text, spelled) if key.closed else _ending(piece.text, spelled)
    if not found:
        raise _unknown(key, piece, spelled)
    return found


def _named(text: str, spelled: Spelled) -> frozenset[Any]:
    """Return the values of exactly this name, upper and lower case alike only where none is."""
    low = text.casefold()
    for fits in (
        lambda value, _words: value == text,
        lambda _value, words: text in words,
        lambda _value, words: low in (word.casefold() for word in words),
    ):
        found = frozenset(value for value, words in spelled.items() if fits(value, words))
        if found:
            return found
    return frozenset()


def _ending(text: str, spelled: Spelled) -> frozenset[Any]:
    low = text.casefold()
    ends = (f"/{low}", f"\\{low}")
    return frozenset(
        value
        for value, words in spelled.items()
        if any(word.casefold().endswith(ends) for word in words)
    )


def _begun(key: Key, text: str, spelled: Spelled) -> frozenset[Any]:
    low = text.casefold()
    found = {
        value: words[0]
        for value, words in spelled.items()
        if any(word.casefold().startswith(low) for word in words)
    }
    if len(found) > 1:
        some = " or ".join(f"{key.name}:{word}" for word in found.values())
        raise LedgerError(f"“{key.name}:{one_line(text, 60)}” is not clear.", f"Write {some}.")
    return frozenset(found)


def _matching(pattern: str, spelled: Spelled) -> frozenset[Any]:
    return frozenset(
        value for value, words in spelled.items() if any(fits(pattern, word) for word in words)
    )


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern with `*` names a text, from the beginning of any of its words to its end.

    Upper and lower case are alike.
    """
    first, *rest = pattern.casefold().split("*")
    low = text.casefold()
    starts = [0, *(match.end() for match in _ENDS.finditer(low))]
    return any(
        low.startswith(first, at) and _rest_fits(rest, low, at + len(first)) for at in starts
    )


def _rest_fits(parts: list[str], text: str, at: int) -> bool:
    """Whether the parts come one after the other, the last of them at the end of the text."""
    for part in parts[:-1]:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not parts or (len(text) - len(parts[-1]) >= at and text.endswith(parts[-1]))


def _unknown(key: Key, piece: Piece, spelled: Spelled) -> LedgerError:
    words = [words[0] for words in spelled.values()]
    title = f"There is no {key.words.lower()} “{one_line(piece.text, 60)}”"
    title += "." if key.closed else " in this ledger."
    if not words:
        return LedgerError(title, f"It has no {key.words.lower()} at all yet.")
    if key.closed:
        near = nearest(piece.text, words)
        return LedgerError(title, f"Did you mean {key.name}:{near}?" if near else _listed(words))
    inside = f"{piece.text.strip('*')}*"
    if piece.text.strip("*") and _matching(inside, spelled) and safe(piece.text.strip("*")):
        return LedgerError(title, f"Did you mean {key.name}:{inside}?")
    near = nearest(piece.text, words)
    return LedgerError(title, f"Did you mean {key.name}:{typed(near)}?" if near else "")


def _listed(words: list[str]) -> str:
    return f"There are {', '.join(words)}."


def unknown_key(name: str) -> LedgerError:
    """Return the error for a key that is none, with the nearest one."""
    near = nearest(name, ALL_KEYS)
    hint = f"Did you mean “{near}:”? " if near else f"There are {', '.join(ALL_KEYS)}. "
    return LedgerError(
        f"A filter has no “{one_line(name, 40)}:”.",
        f"{hint}To search for these letters, put them in quotation marks.",
    )


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known word that is most like the text; "" when none is."""
    words = {word.casefold(): word for word in known}
    found = difflib.get_close_matches(text.casefold()[:100], words, 1)
    return one_line(words[found[0]], 100) if found else ""


def typed(text: str) -> str:
    """Return a name as it would be typed."""
    return text if safe(text) else in_quotes(text)
