import os
import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from ledger.core.errors import LedgerError
from ledger.export.pdf import render
from ledger.host import paths
from tests.documents import a_document
from tests.house.files import ROOT

# Nothing is loaded by the module alone; a PDF loads reportlab, and no way out with it.
LOAD = """
import sys
from ledger.export import pdf
from ledger.host import paths
from tests.documents import a_document
early = "reportlab" in sys.modules
pdf.render(a_document(), paths.resource("fonts"))
ways_out = {"socket", "ssl", "http.client", "urllib.request", "charset_normalizer", "subprocess"}
print(early, "reportlab" in sys.modules, sorted(ways_out & set(sys.modules)))
"""
MARKUP = (
    "<b>&",
    "</para><b>",
    "&amp; &lt;",
    '<img src="http://asked.example/x.png"/>',
    '<a href="http://asked.example">x</a>',
    "<!-- x",
    "]]>",
)


def pdf(document) -> bytes:
    return render(document, paths.resource("fonts"))


def small() -> bytes:
    return pdf(a_document())


def read(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_the_text_can_be_selected():
    words = read(pdf(a_document("Grüße, naïve – “quoted” Ελλάδα Привет")))
    for said in ("A title", "Said first.", "61 % (56–65)", "Grüße", "“quoted”", "Ελλάδα", "Привет"):
        assert said in words, said


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_is_said_as_it_stands(text):
    data = pdf(a_document(text))
    assert read(data).count(text) == 3  # a paragraph, a point, a claim
    assert not [name for name in (b"/XObject", b"/Annot", b"/URI") if name in data]


def test_nothing_is_said_about_who_made_it_and_when():
    data = pdf(a_document())
    reader = PdfReader(BytesIO(data))
    assert reader.metadata is None
    assert reader.xmp_metadata is None
    said = (b"/Producer", b"/Creat", b"/Author", b"/ModDate", b"/Title", b"ReportLab", b"reportlab")
    assert not [name for name in said if name in data]
    assert b"/ID [<00><00>]" in data


def test_only_the_shipped_fonts_are_named_and_both_are_inside():
    page = PdfReader(BytesIO(pdf(a_document()))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
    assert {font["/BaseFont"][8:] for font in fonts} == {"Inter-Regular", "Inter-SemiBold"}
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


def test_signs_that_the_font_lacks_are_told_with_a_way_out():
    with pytest.raises(LedgerError, match="漢") as refused:
        pdf(a_document("漢字"))
    assert "HTML" in refused.value.hint


def test_twice_the_same_bytes():
    assert pdf(a_document()) == pdf(a_document())


def test_settings_of_this_computer_change_no_byte(tmp_path):
    (tmp_path / ".reportlab_settings").write_text("raise SystemExit('run')\n")
    code = "import sys; from tests.export import test_pdf as t; sys.stdout.buffer.write(t.small())"
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path), "RL_useA85": "1", "PYTHONHASHSEED": "7"},
        capture_output=True,
    )
    assert made.stderr == b""
    assert made.stdout == small()


def test_reportlab_is_loaded_late_and_loads_no_way_out():
    made = subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, capture_output=True, text=True)
    assert made.stdout == "False True []\n", made.stderr
