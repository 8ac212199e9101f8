import dataclasses

import pytest

from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Intent, Tag


def test_any_narrows_nothing():
    assert Filter() == ANY
    assert all(not getattr(ANY, field.name) for field in dataclasses.fields(ANY))
    assert ANY.ids is None  # an empty set would be a search that found nothing


def test_a_search_that_found_nothing_is_not_any():
    assert Filter(ids=frozenset()) != ANY


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Filter)])
def test_every_part_makes_another_filter(field):
    usual = getattr(ANY, field)
    other = frozenset((1,)) if usual == frozenset() or field == "ids" else "x" if usual == "" else 0
    assert dataclasses.replace(ANY, **{field: other}) != ANY


def test_equal_filters_are_one_key_of_a_cache():
    one = Filter(tags=frozenset((Tag.KEPT, 0)), intents=frozenset((Intent.DELIVERY,)))
    two = Filter(tags=frozenset((0, 1)), intents=frozenset((0,)))
    assert {one: "kept"}[two] == "kept"


def test_a_filter_cannot_be_changed_in_the_hands_of_those_who_share_it():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ANY.text = "x"
