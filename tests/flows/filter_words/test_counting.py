import pytest

from ledger.core.filters import ANY, Filter
from ledger.core.words import Tag
from ledger.flows.filter_words.counting import counts
from ledger.flows.filter_words.vocabulary import KEYS, Names
from tests.flows.test_charting import MTE, NOON, frame

MADE = frame((NOON, Tag.KEPT, MTE, 1), (NOON - 9, 0, MTE, 0), (NOON - 5, 0, MTE, 0))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_count_is_what_the_filter_lets_through(key):
    found = counts(MADE, key)
    for value in key.spelled(Names.of(MADE)):
        through = MADE.select(Filter(**{key.field: frozenset((value,))})).interactions.sum()
        assert found.get(value, 0) == through
    assert sum(found.values()) == (
        0 if key.name == "label" else MADE.select(ANY).interactions.sum()
    )


def test_a_tag_counts_at_once():
    tags = next(key for key in KEYS if key.name == "tag")
    counts(MADE, tags)
    assert counts(MADE.with_tags([1], Tag.THROWN_AWAY), tags)[Tag.THROWN_AWAY] == 1
