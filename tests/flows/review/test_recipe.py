import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Include, Part, Words
from ledger.flows.review.recipe import MOST_CLAIMS, Recipe, read, written

LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
CLAIM = st.builds(
    Claim, situation=LINE, did=LINE, outcome=LINE, evidence=st.lists(LINE, max_size=3).map(tuple)
)
RECIPES = st.builds(
    Recipe,
    period=st.just("2026-Q3"),
    parts=st.frozensets(st.sampled_from(Part)),
    include=st.frozensets(st.sampled_from(Include)),
    words=st.builds(
        Words,
        claims=st.lists(CLAIM, max_size=3).map(tuple),
        learned=st.lists(LINE, max_size=3).map(tuple),
        dead_end=LINE,
        changed=st.lists(LINE, max_size=3).map(tuple),
    ),
    without=st.frozensets(LINE, max_size=3),
    left_out=st.frozensets(st.integers(0, 2**62), max_size=3),
    allowed=st.frozensets(LINE, max_size=3),
)


@settings(max_examples=40)
@given(RECIPES)
def test_a_recipe_is_read_as_it_was_written(recipe):
    assert read(written(recipe)) == recipe


def test_claims_alone_are_enough():
    recipe = read(b'{"claims": [{"did": "a", "outcome": "b"}]}', "2026-Q3")
    assert recipe.period == "2026-Q3"
    assert recipe.parts == frozenset(Part)
    assert recipe.include == frozenset()
    assert recipe.words.claims == (Claim(did="a", outcome="b"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no JSON"),
        ("[]", "one object"),
        ('{"clams": []}', "clams"),
        ('{"claims": {}}', "list of objects"),
        ('{"claims": [{"did": "a"}]}', "outcome"),
        ('{"claims": [{"did": "a", "outcome": "b", "who": "c"}]}', "who"),
        ('{"claims": [{"did": 3, "outcome": "b"}]}', "did"),
        ('{"parts": ["grades"]}', "not known"),
        ('{"include": 3}', "not known"),
        ('{"left_out": ["x"]}', "left_out"),
        ('{"left_out": [9223372036854775808]}', "left_out"),
        ('{"left_out": [-1]}', "left_out"),
        ('{"learned": "x"}', "learned"),
        ('{"dead_end": "' + "x" * 3000 + '"}', "dead_end"),
        ('{"period": ' + "[" * 100_000, "no JSON"),
    ],
)
def test_what_cannot_be_used_is_told(text, message):
    with pytest.raises(LedgerError, match=message):
        read(text.encode(), "2026-Q3")


def test_half_a_character_is_replaced_for_no_file_can_hold_it():
    recipe = read(b'{"learned": ["a \\ud83d b"]}', "2026-Q3")
    assert recipe.words.learned == ("a ? b",)
    assert read(written(recipe)) == recipe


def test_there_are_few_claims():
    claims = [{"did": "a", "outcome": "b"}] * (MOST_CLAIMS + 1)
    with pytest.raises(LedgerError, match="at most"):
        read(json.dumps({"claims": claims}).encode(), "2026-Q3")
