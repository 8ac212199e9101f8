import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.flows.filters.tokens import Piece, in_quotes, phrases, searched, terms

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


def test_a_line_is_cut_into_terms():
    found = terms('tool:claude -tag:kept,"thrown away" retry "two words"')
    assert [(one.key, one.negative, one.pieces) for one in found] == [
        ("tool", False, (Piece("claude"),)),
        ("tag", True, (Piece("kept"), Piece("thrown away", quoted=True))),
        ("", False, (Piece("retry"),)),
        ("", False, (Piece("two words", quoted=True),)),
    ]


def test_a_term_knows_where_it_stands():
    line = "  tool:codex retry"
    assert [line[one.start : one.end] for one in terms(line)] == ["tool:codex", "retry"]


@pytest.mark.parametrize("word", ["12:30", "-", "-x", "a-tool:x", "::", "*", ","])
def test_what_is_no_key_is_a_word(word: str):
    (only,) = terms(word)
    assert (only.key, only.pieces) == ("", (Piece(word),))


def test_a_quotation_mark_must_be_closed_unless_somebody_still_types():
    with pytest.raises(LedgerError, match="not closed"):
        terms('label:"client')
    assert terms('label:"client', unfinished=True)[0].pieces == (Piece("client", quoted=True),)


def test_a_line_of_any_length_is_refused_and_not_tried():
    with pytest.raises(LedgerError, match="too long"):
        terms("a" * 20_001)


@given(TEXT)
@settings(max_examples=50)
def test_what_is_in_quotes_is_read_as_itself(text: str):
    (only,) = terms(f"label:{in_quotes(text)}")
    assert only.pieces == (Piece(text, quoted=True),)


@pytest.mark.parametrize("hidden", ["\u202e", "\n", "\x1b", "\u200b"])
def test_nothing_invisible_is_written(hidden: str):
    assert in_quotes(f"a{hidden}b") == f'"a\\u{{{ord(hidden):x}}}b"'


def test_a_number_that_is_no_character_stays_as_it_is():
    assert terms('"\\u{ffffff}"')[0].pieces == (Piece("\\u{ffffff}", quoted=True),)


@given(st.lists(TEXT, max_size=4))
@settings(max_examples=50)
def test_words_and_phrases_to_search_for_survive(texts: list[str]):
    line = searched([Piece(text, quoted=True) for text in texts])
    assert phrases(line) == [text for text in texts if text.strip()]


def test_a_search_text_has_no_keys():
    assert phrases("tool:codex retry") == ["tool:codex", "retry"]
