import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from ledger.core.document import Block, Bullets, Paragraph, Section, Table, Terms
from ledger.export.pdf_pages import BOLD, COLUMN_GAP, HEADING_ROOM, SMALL_SIZE, render, widths
from ledger.export.pdf_paper import load_fonts, width
from ledger.host import paths
from tests.documents import PICTURE, TABLE, a_document

FONTS = paths.resource("fonts")
WORDS = st.text("abc defgW ", max_size=120)
SHARE = "12 % (9–17)"
LINE = 14


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    load_fonts(FONTS)


def pages(*blocks: Block) -> list[PageObject]:
    document = replace(a_document(), sections=(Section("Long", blocks),))
    return list(PdfReader(BytesIO(render(document, FONTS))).pages)


def texts(*blocks: Block) -> list[str]:
    return [page.extract_text() for page in pages(*blocks)]


def rules(page: PageObject) -> int:
    """Return how many lines are drawn."""
    return len(re.findall(rb"\bl S\b", page.get_contents().get_data()))


def lines(count: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(f"line {number}") for number in range(count))


def test_pictures_are_drawn_and_not_photographed():
    (page,) = pages(PICTURE)
    content = page.get_contents().get_data()
    assert b" re f" in content
    assert b" Do" not in content
    assert "/XObject" not in page["/Resources"]


@pytest.mark.parametrize("count", [1, 5])
def test_a_thin_line_stands_below_the_head_and_below_every_row(count):
    head, row = TABLE.head, TABLE.rows[0]
    (bare,) = pages()
    (ruled,) = pages(Table(head=head, rows=(row,) * count))
    assert rules(ruled) - rules(bare) == 1 + count


def test_a_long_document_turns_pages_and_repeats_the_head_of_a_table():
    said = texts(replace(TABLE, rows=tuple((f"row {n}", f"v{n}.") for n in range(150))))
    assert len(said) > 2
    for number, text in enumerate(said, 1):
        assert "Share" in text
        assert f"page {number} of {len(said)}" in text
    words = " ".join(" ".join(said).split())
    assert all(f"row {n} v{n}." in words for n in range(150))


@pytest.mark.parametrize("before", range(28, 34))
def test_a_heading_a_caption_and_a_picture_stay_with_what_they_name(before):
    said = texts(*lines(before), TABLE, PICTURE)
    page = next(text for text in said if "By tool" in text)
    assert "Claude Code" in page
    assert "Codex CLI" in page
    page = next(text for text in said if "kept 61 %" in text)
    assert "What became of it." in page
    section = Section("A heading", (TABLE,))
    document = replace(a_document(), sections=(Section("x", lines(before)), section))
    said = [page.extract_text() for page in PdfReader(BytesIO(render(document, FONTS))).pages]
    assert "Codex CLI" in next(text for text in said if "A heading" in text)


def test_a_word_longer_than_a_line_is_cut_and_not_lost():
    word = "".join(chr(ord("a") + n % 26) for n in range(400))
    for block in (Paragraph(word), Bullets((word,)), Terms("x", (("Outcome", word),))):
        assert word in "".join(texts(block)).replace("\n", "")


def test_a_cell_higher_than_a_page_is_no_failure_and_not_lost():
    words = " ".join(f"w{n}." for n in range(1200))
    said = " ".join(texts(Table(head=("a", "b"), rows=((words, words),))))
    assert all(said.count(f"w{n}.") == 2 for n in range(1200))


def test_a_text_longer_than_a_page_goes_on_with_the_next():
    words = " ".join(f"w{n}." for n in range(3000))
    said = texts(Paragraph(words))
    assert len(said) > 1
    assert all(f"w{n}." in " ".join(said) for n in range(3000))


def test_a_section_may_be_empty():
    assert "Long" in texts()[0]


def test_names_of_terms_are_no_markup():
    assert "<b>&amp;" in texts(Terms("x", (("<b>&amp;", "y"),)))[0]


def test_there_is_room_for_a_heading_and_three_lines():
    assert HEADING_ROOM > 18 + 24 + 3 * LINE


@settings(max_examples=40)
@given(st.lists(st.tuples(WORDS, WORDS, st.just(SHARE)), min_size=1, max_size=6))
def test_columns_share_the_width(rows):
    made = widths(tuple(rows), frozenset((2,)), 400)
    assert sum(made) == pytest.approx(400)
    assert min(made) > 0


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.text("W9 ", max_size=60)] * 5), min_size=1, max_size=4))
def test_columns_of_numbers_alone_share_it_too(rows):
    made = widths(tuple(rows), frozenset(range(5)), 300)
    assert sum(made) == pytest.approx(300)
    assert min(made) >= 0


def test_numbers_get_what_they_need_before_words():
    rows = (("a very long name of something " * 5, SHARE),)
    words, number = widths(rows, frozenset((1,)), 200)
    assert number >= width(SHARE, BOLD, SMALL_SIZE)
    assert words + number == pytest.approx(200)


def test_a_short_column_of_words_gives_to_a_long_one():
    short, long = widths((("ab", "a long one " * 20),), frozenset(), 200)
    assert short == pytest.approx(width("ab", BOLD, SMALL_SIZE) + 1 + COLUMN_GAP)
    assert long == pytest.approx(200 - short)
