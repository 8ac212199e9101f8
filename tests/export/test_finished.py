import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from ledger.export import docx, html_page, markdown, pdf
from ledger.export.finished import texts
from ledger.host import paths
from tests.documents import a_document

WORDS = "Der Kanarienvogel <singt> & schweigt_nie"


def pdf_bytes(document):
    return pdf.render(document, paths.resource("fonts"))


@pytest.mark.parametrize(
    "render",
    [markdown.render, html_page.render, docx.render, pdf_bytes],
    ids=["md", "html", "docx", "pdf"],
)
def test_what_stands_in_a_file_is_read_again(render):
    read = [text.text for text in texts(render(a_document(WORDS))) if not text.is_noise]
    assert any(WORDS in text for text in read)


def test_a_word_cut_by_a_line_of_a_pdf_is_found():
    word = "Kanarienvogel" * 30
    assert any(word in text.text for text in texts(pdf_bytes(a_document(word))))


def test_escapes_of_json_are_resolved():
    assert any("Vögel/x" in text.text for text in texts(b'{"a": "V\\u00f6gel\\/x"}'))


def test_names_inside_a_zip_count():
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("Kanarienvogel.xml", "x")
    assert any("Kanarienvogel" in text.text for text in texts(out.getvalue()))


def test_metadata_of_a_pdf_counts():
    data = pdf_bytes(a_document()).replace(b"/Type /Catalog", b"/Author (Ada) /Type /Catalog")
    assert any("/Author (Ada)" in text.text for text in texts(data) if not text.is_noise)


def test_noise_is_marked_and_still_looked_at():
    for coding in ("utf-16-le", "utf-16-be"):
        for begin in (b"\x00\xff", b"\x00\xff\x00"):
            data = begin + "Kanarienvogel".encode(coding)
            found = [text for text in texts(data) if "Kanarienvogel" in text.text]
            assert found
            assert all(text.is_noise for text in found)


DAMAGED = (
    b"",
    b"PK\x03\x04broken",
    b"%PDF-1.7\nstream\nxx\nendstream",
    b"%PDF stream\n" + zlib.compress(b"a")[:5] + b"\nendstream",
)


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_file_is_looked_at_as_it_stands(data):
    assert list(texts(data))
