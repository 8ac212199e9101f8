"""Looks through a finished file for what must not leave: secrets, and whatever names somebody.

Words that the program itself writes (a folder may be called “work”) are no leak where the program
writes them; where the person writes, every name counts.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.core.errors import LedgerError
from ledger.core.secrets import secrets_in
from ledger.export.finished import Text

LONG = 6  # from here on a name is found inside other words too
SHORTEST_IN_FILE = 3
MOST_TOLD = 3

# Folders that hold projects and name nothing.
_GENERIC = frozenset(
    (
        *("home", "users", "user", "root", "mnt", "opt", "var", "tmp", "srv", "media", "data"),
        *("src", "code", "dev", "git", "repos", "repo", "projects", "project", "work"),
        *("workspace", "documents", "desktop", "private", "app", "apps", "main", "master"),
    )
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PATH = re.compile(
    r"(?:(?<![\w./>-])/(?:home|Users|root|mnt|srv|opt|var|tmp)/[^\s\"'<>|]{1,200})"
    r"|(?:\b[A-Za-z]:\\+Users\\+[^\s\"'<>|]{1,200})|(?:~/[\w.-][^\s\"'<>|]{0,200})"
)


class Hidden(NamedTuple):
    """A word that must not leave, what it is, and the way out."""

    word: str
    what: str
    way_out: str
    is_common: bool = False  # a word of everyday language: only by itself, never inside another


class Leak(NamedTuple):
    """Something that must not leave, and where it stands; of a secret only its kind is told."""

    what: str
    where: str
    way_out: str
    is_common: bool = False  # a word of everyday language: only by itself, never inside another


class LeakError(LedgerError):
    """A file was not written because of what stands in it."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        said = "; ".join(f"{leak.what} ({leak.where})" for leak in leaks[:MOST_TOLD])
        more = f" and {len(leaks) - MOST_TOLD} more" if len(leaks) > MOST_TOLD else ""
        super().__init__(
            f"Nothing was written: the file would hold {said}{more}.",
            " ".join(dict.fromkeys(leak.way_out for leak in leaks[:MOST_TOLD])),
        )
        self.leaks = leaks


def parts_of_path(path: str) -> Iterator[str]:
    """Yield the names in a directory that could name somebody or something."""
    for part in path.replace("\\", "/").split("/"):
        if part and part.casefold() not in _GENERIC:
            yield part


def leaks(
    file: Iterable[Text],
    authored: Iterable[tuple[str, str]],
    hidden: Iterable[Hidden],
    own_words: str,
) -> tuple[Leak, ...]:
    """Return everything that must not leave.

    `file` are the texts of the finished file, `authored` pairs of a place and a text that the
    person wrote, `own_words` what the program writes into every such file.
    """
    hidden = tuple(dict.fromkeys(hidden))
    found: dict[Leak, None] = {}
    for where, text in authored:
        for leak in (*_general(text, where), *_named(text, where, hidden)):
            found[leak] = None
    known = own_words.casefold()
    sought = tuple(
        one
        for one in hidden
        if len(one.word) >= SHORTEST_IN_FILE
        and not one.word.isdigit()
        and one.word.casefold() not in known
    )
    if not found:
        for part in file:
            for leak in _in_file(part, sought):
                found[leak] = None
    return tuple(found)


def _in_file(text: Text, sought: tuple[Hidden, ...]) -> Iterator[Leak]:
    where = "in the file"
    if text.is_noise:  # short words turn up in it by chance
        yield from _secrets(text.text, where)
        yield from _named(text.text, where, (one for one in sought if len(one.word) >= LONG))
        return
    yield from _general(text.text, where)
    yield from _named(text.text, where, sought)


def _secrets(text: str, where: str) -> Iterator[Leak]:
    for secret in secrets_in(text):
        yield Leak(f"a secret: {secret.rule}", where, "Take it out of what you wrote.")


def _general(text: str, where: str) -> Iterator[Leak]:
    yield from _secrets(text, where)
    if _EMAIL.search(text):
        yield Leak("an e-mail address", where, "Take it out of what you wrote.")
    if _PATH.search(text):
        yield Leak("a path of a computer", where, "Take it out of what you wrote.")


def _named(text: str, where: str, hidden: Iterable[Hidden]) -> Iterator[Leak]:
    folded = text.casefold()
    for one in hidden:
        word = one.word.casefold()
        if word in folded and _is_there(one, folded):
            yield Leak(f"“{one.word}”, {one.what}", where, one.way_out)


def _is_there(one: Hidden, text: str) -> bool:
    """Whether a word that occurs in the text occurs as a name."""
    word = one.word.casefold()
    if len(word) >= LONG and not one.is_common:
        return True
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
