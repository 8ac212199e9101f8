import xml.etree.ElementTree as ET

from ledger.core.document import Ink, Label, Picture
from ledger.export import svg
from tests.documents import PICTURE


def test_every_mark_is_a_shape():
    root = ET.fromstring(svg.inline(PICTURE))
    assert [child.tag for child in root] == ["rect", "polygon", "polyline", "text"]
    assert root.get("aria-label") == "What became of it."
    assert root[3].get("text-anchor") == "middle"
    assert root[3].text == "kept 61 %"
    assert root[2].get("stroke-dasharray")


def test_words_are_words():
    picture = Picture(width=9, height=9, marks=(Label(0, 0, '</text><script a="1">', Ink.TEXT),),
                      words='"><script>')  # fmt: skip
    root = ET.fromstring(svg.inline(picture))
    assert [child.tag for child in root] == ["text"]
    assert root[0].text == '</text><script a="1">'
