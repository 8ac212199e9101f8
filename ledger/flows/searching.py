"""Finds interactions by the words of their prompt, note and labels; prompts come from the logs."""

from collections.abc import Iterator, Sequence

from ledger.core.rows import InteractionRow
from ledger.flows import reading
from ledger.flows.filter_words.tokens import phrases
from ledger.store.store import Store

SLICE = 300


def matching(rows: Sequence[InteractionRow], text: str) -> frozenset[int]:
    """Return the ids of the rows that hold every word and phrase, upper or lower case alike."""
    wanted = phrases(text.casefold())
    prompts = reading.prompts(rows)
    found = set()
    for row in rows:
        held = " ".join((prompts[row.id].text, row.note, *row.labels)).casefold()
        if all(word in held for word in wanted):
            found.add(row.id)
    return frozenset(found)


def search(store: Store, ids: Sequence[int], text: str) -> frozenset[int]:
    """Return which of these interactions hold every word and phrase, a few read at a time."""
    return frozenset(one for some in _slices(ids) for one in matching(store.rows(some), text))


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + SLICE] for at in range(0, len(ids), SLICE))
