r"""Cuts a line of filter words into terms, and writes one value so that it is read as itself.

A term is `key:value,value`, `-key:value`, a word, or a "phrase in quotation marks". Inside
quotation marks nothing has a meaning of its own but `\"`, `\\` and `\u{202e}`, a
character by its number.
"""

import re
from typing import NamedTuple

from ledger.core.errors import LedgerError
from ledger.core.text_safety import clean

LONGEST = 20_000  # characters of a line
LARGEST_CODE = 0x10FFFF
_QUOTED = r'"(?:[^"\\]|\\.)*(?:"|$)'
_BARE = r'[^\s",]+'
_VALUE = rf"(?:{_QUOTED}|{_BARE})"
_TERM = re.compile(
    rf"(?P<sign>-?)(?P<key>[^\W\d_]\w*):(?P<values>{_VALUE}(?:,{_VALUE})*)?,?"
    rf'|(?P<phrase>{_QUOTED})|(?P<word>[^\s"]+)',
    re.DOTALL,
)
_ONE_VALUE = re.compile(_VALUE, re.DOTALL)
_ESCAPE = re.compile(r'\\(?:(["\\])|u\{([0-9a-fA-F]{1,6})\})')
_UNSAFE = re.compile(r'[\s",*\\]')


class Piece(NamedTuple):
    """One value as typed; in quotation marks it stands for itself."""

    text: str
    quoted: bool = False


class Term(NamedTuple):
    """One term and where it stands in the line; without a key it is a word to search for."""

    key: str
    pieces: tuple[Piece, ...]
    negative: bool = False
    start: int = 0
    end: int = 0


def terms(line: str, *, unfinished: bool = False) -> list[Term]:
    """Return the terms of a line; raises LedgerError for a quotation mark that is not closed.

    With `unfinished`, as while somebody types, the last one may be open.
    """
    if len(line) > LONGEST:
        raise LedgerError("This filter is too long to be read.", "Leave some words out.")
    found_terms = []
    for match in _TERM.finditer(line):
        values = match["values"] or match["phrase"] or match["word"] or ""
        pieces = [match.group()] if match["word"] else _ONE_VALUE.findall(values)
        if not unfinished and any(_is_open(piece) for piece in pieces):
            raise LedgerError("A quotation mark is not closed.", "Add one at the end.")
        values_read = tuple(_piece(piece) for piece in pieces)
        sign = bool(match["sign"])
        found_terms.append(Term(match["key"] or "", values_read, sign, match.start(), match.end()))
    return found_terms


def _is_open(piece: str) -> bool:
    return piece.startswith('"') and re.fullmatch(r'"(?:[^"\\]|\\.)*"', piece, re.DOTALL) is None


def _piece(text: str) -> Piece:
    if not text.startswith('"'):
        return Piece(text)
    inside = text[1:] if _is_open(text) else text[1:-1]
    return Piece(_ESCAPE.sub(_unescaped, inside), quoted=True)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    code = int(match[2], 16)
    return chr(code) if code <= LARGEST_CODE else match.group()


def in_quotes(text: str) -> str:
    """Return a text in quotation marks, what cannot be seen written by its number."""
    parts = ['"']
    for letter in text:
        if letter in '"\\':
            parts.append(f"\\{letter}")
        elif letter in "\t\n" or clean(letter) != letter:
            parts.append(f"\\u{{{ord(letter):x}}}")
        else:
            parts.append(letter)
    return "".join((*parts, '"'))


def safe(text: str) -> bool:
    """Whether a value needs no quotation marks."""
    return bool(text) and not _UNSAFE.search(text) and clean(text) == text


def searched(texts: list[Piece]) -> str:
    """Return words and phrases to search for as one line that is read as them again."""
    return " ".join(_searched(piece.text) for piece in texts if piece.text.strip())


def _searched(text: str) -> str:
    plain = safe(text) and ":" not in text and not text.startswith("-")
    return text if plain else in_quotes(text)


def phrases(text: str) -> list[str]:
    """Return the words and phrases of a text search; nothing in it is a key."""
    return [
        piece.text
        for term in terms(text, unfinished=True)
        for piece in (term.pieces if not term.key else (Piece(text[term.start : term.end]),))
        if piece.text.strip()
    ]
