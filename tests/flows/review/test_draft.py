import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Include, Part, Words
from ledger.flows.review.draft import begun, finished, resumed, unfinished
from ledger.flows.review.recipe import Recipe, read, written

TEXTS = st.text(alphabet="ab \n", max_size=6)
DRAFT_CLAIMS = st.builds(Claim, situation=TEXTS, did=TEXTS, outcome=TEXTS)
WORDS = st.builds(
    Words,
    claims=st.lists(DRAFT_CLAIMS, max_size=4).map(tuple),
    learned=st.lists(TEXTS, max_size=3).map(tuple),
    dead_end=TEXTS,
)


@given(words=WORDS)
@settings(max_examples=50)
def test_what_is_finished_can_always_be_read_as_a_recipe(words):
    whole = finished(Recipe(period="2026-Q3", words=words))
    assert read(written(whole)) == whole
    assert len(whole.words.claims) == len(words.claims) - unfinished(
        Recipe(period="2026-Q3", words=words)
    )


@given(words=WORDS)
@settings(max_examples=50)
def test_a_draft_comes_back_with_its_unfinished_claims(words):
    draft = Recipe(period="2026-Q3", words=words)
    assert resumed(written(draft), "2026-Q3").words.claims == words.claims


def test_what_was_let_in_is_asked_for_each_time():
    draft = Recipe(period="2026-Q3", include=frozenset((Include.MONEY,)))
    assert begun("2026-Q3", written(draft), None).include == frozenset()


def test_the_next_review_begins_with_the_choices_of_the_last_and_none_of_its_sentences():
    last = Recipe(
        period="2026-Q2",
        parts=frozenset((Part.TREND,)),
        without=frozenset(("private",)),
        allowed=frozenset(("atlas",)),
        words=Words(dead_end="Something."),
        left_out=frozenset((3,)),
    )
    new = begun("2026-Q3", None, written(last))
    assert new == Recipe(
        period="2026-Q3", parts=last.parts, without=last.without, allowed=last.allowed
    )
    assert begun("2026-Q3", None, None) == Recipe(period="2026-Q3")
    assert begun("2026-Q3", None, b"{") == Recipe(period="2026-Q3")


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"claims": 3}', b'{"claims": [1]}'])
def test_a_draft_that_cannot_be_read_is_refused(data):
    with pytest.raises(LedgerError):
        begun("2026-Q3", data, None)
