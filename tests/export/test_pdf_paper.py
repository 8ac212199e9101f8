import re
import zlib
from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics

from ledger.core.document import Anchor, Ink, Label, Line, Picture
from ledger.core.errors import LedgerError
from ledger.export.pdf_paper import (
    BOLD,
    REGULAR,
    Drawing,
    Paper,
    colour,
    drawable,
    load_fonts,
    width,
)
from ledger.host import paths
from tests.documents import PICTURE

NEEDED = "abcXYZ0189 .,;:–—’“”…%()·•✓ äöüßéèçñłøåÆŒ αβγΩ абвЖ €£ \u00a0±×−→≥"


@pytest.fixture(autouse=True)
def fonts() -> None:
    load_fonts(paths.resource("fonts"))


def drawn(picture: Picture, wide: float) -> str:
    """Return what is drawn of a picture whose lower left corner is that of the page."""
    out = BytesIO()
    paper = Paper(out, pagesize=(800, 800), initialFontName=REGULAR)
    Drawing(picture, wide).drawOn(paper, 0, 0)
    paper.save()
    streams = re.findall(rb"stream\n(.*?)endstream", out.getvalue(), re.DOTALL)
    return zlib.decompressobj().decompress(streams[-1]).decode("latin-1")


def test_every_sign_of_the_reports_is_in_both_fonts():
    for name in (REGULAR, BOLD):
        signs = pdfmetrics.getFont(name).face.charToGlyph
        assert [sign for sign in NEEDED if ord(sign) not in signs] == []
    assert drawable(NEEDED) == NEEDED


@pytest.mark.parametrize("sign", ["漢", "😀", "\x00", "\ud800"])
def test_what_the_font_lacks_is_refused(sign):
    with pytest.raises(LedgerError, match="no signs"):
        drawable(f"a{sign}b")


def test_letters_are_composed_and_narrow_spaces_kept():
    assert drawable("a\u0308 1\u202f%\nx") == "ä 1\u00a0% x"


def test_widths_are_those_of_the_font():
    assert width("i", REGULAR, 10) < width("m", REGULAR, 10)
    assert width("mm", BOLD, 10) == pytest.approx(2 * width("m", BOLD, 10))


def test_a_picture_is_as_wide_as_the_text_and_keeps_its_shape():
    assert Drawing(PICTURE, 200).wrap(500, 500) == (200, 80)


def test_every_mark_is_drawn_as_a_shape_from_the_top():
    text = " ".join(drawn(PICTURE, 200).split())
    assert "2 0 0 2 0 80 cm" in text
    assert "n 0 0 40 -10 re f" in text
    assert "n 0 -20 m 50 -20 l 50 -30 l" in text
    assert "[3 2] 0 d" in text
    assert "n 0 -35 m 100 -35 l S" in text
    assert "(kept 61 %) Tj" in text


def test_a_text_may_end_or_stand_in_the_middle_of_its_point():
    lefts = []
    for anchor in (Anchor.START, Anchor.MIDDLE, Anchor.END):
        label = Label(100, 9, "wide words", Ink.TEXT, 9, anchor)
        text = drawn(Picture(width=200, height=20, marks=(label,), words=""), 200)
        lefts.append(float(re.search(r"1 0 0 1 ([\d.]+) -9 Tm", text)[1]))
    start, middle, end = lefts
    assert start == 100
    assert start - end == pytest.approx(width("wide words", REGULAR, 9), abs=0.01)
    assert abs((start + end) / 2 - middle) < 0.02


def test_a_line_has_the_ink_of_its_mark():
    line = Line(((0, 5), (100, 5)), Ink.KEPT, 1)
    text = drawn(Picture(width=100, height=10, marks=(line,), words=""), 100)
    red, green, blue = colour(Ink.KEPT).rgb()
    stroke = re.search(r"([\d.]+) ([\d.]+) ([\d.]+) RG", text)
    assert stroke is not None
    assert [float(part) for part in stroke.groups()] == pytest.approx([red, green, blue], abs=1e-3)
