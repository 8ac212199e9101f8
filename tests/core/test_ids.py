import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.ids import bytes_id, content_id, parsed, shown


@given(st.lists(st.text(), min_size=1))
def test_an_id_is_positive_fits_sqlite_and_comes_back_from_what_is_shown(words):
    identity = content_id(*words)
    assert 0 <= identity < 2**63
    assert parsed(shown(identity)) == identity


def test_the_same_words_give_the_same_id_on_every_machine():
    assert shown(content_id("claude-code", "msg_1")) == "00e5214446b1c293"


def test_words_are_kept_apart():
    assert content_id("ab", "c") != content_id("a", "bc")


def test_a_lone_surrogate_does_not_break_an_id():
    assert content_id("\ud800") > 0


def test_bytes_that_differ_have_other_fingerprints():
    assert bytes_id(b"a") != bytes_id(b"b")


@pytest.mark.parametrize("text", ["", "12", "g" * 16, "f" * 16, "0" * 17])
def test_what_is_no_id_is_refused_with_a_way_out(text):
    with pytest.raises(LedgerError) as caught:
        parsed(text)
    assert "list" in caught.value.hint
