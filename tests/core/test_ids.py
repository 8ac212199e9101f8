from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import bytes_id, content_id, shown


@given(st.lists(st.text(), min_size=1))
def test_an_id_is_positive_fits_sqlite_and_comes_back_from_what_is_shown(words):
    identity = content_id(*words)
    assert 0 <= identity < 2**63
    assert int(shown(identity), 16) == identity
    assert len(shown(identity)) == 16


def test_the_same_words_give_the_same_id_on_every_machine():
    assert shown(content_id("claude-code", "msg_1")) == "00e5214446b1c293"


def test_words_are_kept_apart():
    assert content_id("ab", "c") != content_id("a", "bc")


def test_a_lone_surrogate_does_not_break_an_id():
    assert content_id("\ud800") > 0


def test_bytes_that_differ_have_other_fingerprints():
    assert bytes_id(b"a") != bytes_id(b"b")
