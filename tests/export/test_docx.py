import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from io import BytesIO
from zipfile import ZipFile

import pytest

from ledger.core.document import COLOURS, Ink
from ledger.export.docx import STYLES, render
from tests.documents import a_document
from tests.house.files import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def body(data: bytes) -> ET.Element:
    return ET.fromstring(parts(data)["word/document.xml"])


def test_the_document_is_there_with_styles_and_tables():
    root = body(render(a_document()))
    words = "".join(text.text or "" for text in root.iter(f"{W}t"))
    for said in (
        "A title",
        "Said first.",
        "61 % (56–65)",
        "2026-07-06",
        "Outcome: Ordinary words.",
    ):
        assert said in words
    assert len(list(root.iter(f"{W}tbl"))) == 2
    named = {style.get(f"{W}val") for style in root.iter(f"{W}pStyle")}
    sheet = ET.fromstring(parts(render(a_document()))["word/styles.xml"])
    assert named <= {style.get(f"{W}styleId") for style in sheet.iter(f"{W}style")}


def test_every_part_is_declared_and_well_formed():
    found = parts(render(a_document()))
    for text in found.values():
        ET.fromstring(text)
    types = found["[Content_Types].xml"].decode()
    assert all(
        f'PartName="/{name}"' in types
        for name in found
        if name.startswith("word/") and "_rels" not in name
    )


def test_nobody_and_no_date_is_named():
    data = render(a_document())
    with ZipFile(BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [entry for entry in file.infolist() if entry.comment or entry.extra]
        assert file.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/styles.xml",
        ]


def test_nothing_of_the_template_stays():
    for name, text in parts(render(a_document())).items():
        assert not re.search(rb"python-docx|rsid|Macintosh|minorHAnsi|en-US|2013", text), name
    sheet = ET.fromstring(parts(render(a_document()))["word/styles.xml"])
    assert {child.tag for child in sheet} == {f"{W}style"}
    assert len(list(sheet)) == len(STYLES) + 1


def test_the_page_is_a4_and_headings_stay_with_what_they_name():
    assert next(body(render(a_document())).iter(f"{W}pgSz")).attrib == {
        f"{W}w": "11906",
        f"{W}h": "16838",
    }
    sheet = ET.fromstring(parts(render(a_document()))["word/styles.xml"])
    kept = {
        style.get(f"{W}styleId") for style in sheet if style.find(f"{W}pPr/{W}keepNext") is not None
    }
    assert kept == {"Heading1", "Heading2"}


def test_the_head_of_a_table_is_repeated_and_numbers_stand_to_the_right():
    table = next(body(render(a_document())).iter(f"{W}tbl"))
    head, *rows = table.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
    sides = [[one.get(f"{W}val") for one in row.iter(f"{W}jc")] for row in (head, *rows)]
    assert sides == [["right"]] * 3


def test_the_rows_of_a_table_are_ruled_off_by_thin_lines():
    for table in body(render(a_document())).iter(f"{W}tbl"):
        rules = table.find(f"{W}tblPr/{W}tblBorders")
        assert rules is not None
        drawn = {rule.tag: (rule.get(f"{W}val"), rule.get(f"{W}color")) for rule in rules}
        grey = ("single", COLOURS[Ink.RULE][1:])
        assert drawn == {f"{W}bottom": grey, f"{W}insideH": grey}


@pytest.mark.parametrize("text", ["<w:p/>", "a & b", "]]>", "\x00\x1b\ud800", "\u202e", "a\tb"])
def test_odd_words_make_no_odd_document(text):
    plain, odd = body(render(a_document())), body(render(a_document(text)))
    assert len(list(odd.iter(f"{W}p"))) == len(list(plain.iter(f"{W}p")))


def test_twice_the_same_bytes():
    assert render(a_document()) == render(a_document())


def test_lxml_is_loaded_late_and_no_way_out_is_loaded():
    code = """
import sys
from ledger.flows.review import exporting
early = "lxml" in sys.modules
from ledger.export import docx
from tests.documents import a_document
docx.render(a_document())
ways_out = {"socket", "ssl", "http.client", "urllib.request", "subprocess"}
print(early, "lxml" in sys.modules, sorted(ways_out & set(sys.modules)))
"""
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert made.stdout == "False True []\n", made.stderr
