"""What could be typed next in a filter text: a key, or a value and how often it occurs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from ledger.core.text_safety import one_line
from ledger.core.vocabulary import TOOLS, Intent
from ledger.flows.filters import periods
from ledger.flows.filters.format import spelling
from ledger.flows.filters.resolver import BY_NAME, KEYS, TIMES, Key, Names, fits
from ledger.flows.filters.tokens import Term, terms
from ledger.metrics.arrays import Ints
from ledger.metrics.frame import Frame
from ledger.metrics.grouping import grouping

MOST = 40
LENGTHS = ("7d", "28d", "90d")
PERIODS = ("quarter", "last-quarter", "review")

Counts = Callable[[Key], Mapping[Any, int]]


class Offer(NamedTuple):
    """One thing that could be typed: it takes the place of the line from `start` to `end`."""

    insert: str
    words: str
    number: int | None  # interactions; None where nothing is counted
    start: int
    end: int
    is_whole: bool  # a value, after which the term is finished


def offers(line: str, cursor: int, names: Names, counts: Counts) -> list[Offer]:
    """Return what fits at the cursor: values after a key, most frequent first, else keys."""
    before = line[:cursor]
    typed = terms(before, unfinished=True) if before else []
    last = typed[-1] if typed and typed[-1].end == len(before) else None
    if last is None:
        return []
    end = _end_of_word(line, cursor)
    name = last.key.casefold()
    if not last.key:
        return list(_keys(before, last, end))
    if name in BY_NAME:
        return _values(BY_NAME[name], before, last, end, names, counts)
    return list(_times(name, before, last, end)) if name in TIMES else []


def _end_of_word(line: str, cursor: int) -> int:
    tail = line[cursor:]
    return cursor + len(tail) - len(tail.lstrip('abcdefghijklmnopqrstuvwxyz0123456789-*"'))


def _keys(before: str, last: Term, end: int) -> Iterator[Offer]:
    typed = before[last.start :]
    word = typed.removeprefix("-").casefold()
    sign = "-" if typed.startswith("-") else ""
    for key in KEYS:
        if key.name.startswith(word) and (word or sign):
            yield Offer(f"{sign}{key.name}:", key.words, None, last.start, end, False)
    for name, explanation in TIMES.items():
        if name.startswith(word) and word and not sign:
            yield Offer(f"{name}:", explanation, None, last.start, end, False)


def _values(
    key: Key, before: str, last: Term, end: int, names: Names, counts: Counts
) -> list[Offer]:
    partial = last.pieces[-1].text if last.pieces and not before.endswith(",") else ""
    start = _start_of_value(before, last)
    spelled, counted = key.spelled(names), counts(key)
    pattern = f"{partial.strip('*')}*"
    hits = [
        value
        for value, spellings in spelled.items()
        if any(fits(pattern, name) for name in spellings)
    ]
    if not hits and partial:
        low = partial.strip("*").casefold()
        hits = [
            value
            for value, spellings in spelled.items()
            if any(low in name.casefold() for name in spellings)
        ]
    hits.sort(key=lambda value: (-counted.get(value, 0), spelled[value][0].casefold()))
    return [
        Offer(
            spelling(key, value, spelled),
            _as_read(spelled[value], key),
            counted.get(value, 0),
            start,
            end,
            True,
        )
        for value in hits[:MOST]
    ]


def _as_read(spellings: tuple[str, ...], key: Key) -> str:
    """Return a value as people read it: a closed key's in words, a project's folder beside it."""
    if key.closed:
        return one_line(spellings[-1]).capitalize() if key.name != "tool" else spellings[-1]
    return one_line(spellings[0]) or "Unknown"


def _start_of_value(before: str, last: Term) -> int:
    """Return where the value that is being typed begins: after the colon or the last comma."""
    term = before[last.start :]
    head = term.index(":") + 1
    at, quoted = head, False
    for place in range(head, len(term)):
        if term[place] == '"' and term[place - 1] != "\\":
            quoted = not quoted
        elif term[place] == "," and not quoted:
            at = place + 1
    return last.start + at


def _times(name: str, before: str, last: Term, end: int) -> Iterator[Offer]:
    known = {"last": LENGTHS, "in": PERIODS}.get(name, ())
    partial = before[_start_of_value(before, last) :].casefold()
    for text in known:
        if text.startswith(partial):
            days = periods.words_of(text)
            yield Offer(text, days, None, _start_of_value(before, last), end, True)


class ValueCounts(dict[str, Mapping[Any, int]]):
    """The counts made of one frame."""


def count_values(frame: Frame, key: Key) -> Mapping[Any, int]:
    """Return interactions by value; an interaction with two models counts for both."""
    cached = frame.cache(ValueCounts)
    # Tags move while a frame's caches stay: they are counted each time.
    if key.name == "tag":
        return _count_by_value(frame.tag, range(4))
    if key.name not in cached:
        cached[key.name] = _count(frame, key.name)
    return cached[key.name]


def _count(frame: Frame, name: str) -> Mapping[Any, int]:
    match name:
        case "tool":
            return _count_by_value(frame.tool, [str(tool) for tool in TOOLS])
        case "project":
            return _count_by_value(frame.project, frame.projects)
        case "worktree":
            return _count_by_value(frame.worktree, frame.worktrees)
        case "model":
            return _count_by_value(grouping(frame, "model").group, frame.models)
        case "kind":
            return _count_by_value(frame.kind, range(int(frame.kind.max(initial=0)) + 1))
        case "intent":
            return _count_by_value(frame.intent, list(Intent))
    return {label: len(ids) for label, ids in frame.labels.items()}


def _count_by_value(numbers: Ints, values: Any) -> Mapping[Any, int]:
    sizes = np.bincount(numbers, minlength=len(values)).tolist()
    return dict(zip(values, sizes, strict=False))
