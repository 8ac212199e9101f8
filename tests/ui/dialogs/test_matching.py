from hypothesis import given
from hypothesis import strategies as st

from ledger.ui.dialogs.matching import distance


def nearest(typed: str, *texts: str) -> str:
    near = [(distance(typed, text), text) for text in texts]
    return min((far, text) for far, text in near if far is not None)[1]


def test_the_beginning_of_a_word_comes_before_its_middle():
    assert nearest("led", "Skilled work", "Go to Ledger") == "Go to Ledger"
    assert nearest("tag", "Untag", "Vintage", "Tag") == "Tag"


def test_words_may_come_in_any_order():
    assert distance("code claude", "Only Claude Code") is not None


def test_skipped_letters_are_forgiven():
    assert distance("stngs", "Settings") is not None


def test_what_is_not_there_is_no_match():
    assert distance("xyz", "Settings") is None
    assert distance("claude zebra", "Only Claude Code") is None


@given(st.text(alphabet="abcdefgh ", min_size=1, max_size=12))
def test_every_text_is_nearest_to_itself(text):
    if text.split():
        assert distance(text, text) is not None
