import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.text_safety import clean, one_line, shortened

DANGEROUS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize("character", [*DANGEROUS, "\u200b", "\u200d", "\ufeff", "\u2028"])
def test_what_turns_or_hides_text_is_made_visible(character):
    assert clean(f"user{character}gpj.exe") == "user\ufffdgpj.exe"


def test_control_characters_show_as_their_symbols():
    assert clean("\x00\x1b[31m\x7f") == "␀␛[31m␡"


def test_tabs_and_newlines_stay_and_carriage_returns_before_them_go():
    assert clean("a\tb\r\nc") == "a\tb\nc"


@given(st.text())
def test_nothing_invisible_is_left(text):
    for character in clean(text):
        assert character in "\t\n" or unicodedata.category(character) not in ("Cc", "Cs")
        assert character not in DANGEROUS


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(), st.integers(2, 40))
def test_one_line_is_one_line_and_short(text, longest):
    line = one_line(text, longest)
    assert "\n" not in line
    assert len(line) <= longest


def test_a_text_is_cut_by_lines_and_says_how_many_are_missing():
    text, left_out = shortened("\n".join(str(n) for n in range(10)), lines=4)
    assert text == "0\n1\n2\n3"
    assert left_out == 6


def test_a_long_line_says_that_it_was_cut():
    text, left_out = shortened("x" * 50, line=10)
    assert text == "xxxxxxxxxx … 40 more characters"
    assert left_out == 0
