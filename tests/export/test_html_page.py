import re
import xml.etree.ElementTree as ET
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from ledger.core.document import Ink, Label, Picture
from ledger.export import html_page
from ledger.export.html_page import render
from tests.documents import PICTURE, a_document

ASKING = {"src", "href", "srcset", "action", "data", "poster", "background", "style"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.words += data


def read(data: bytes) -> Tags:
    tags = Tags()
    tags.feed(data.decode())
    return tags


def test_the_page_holds_the_document_and_draws_its_picture():
    found = read(render(a_document()))
    assert found.tags.count("h2") == 2
    assert "svg" in found.tags
    for words in ("A title", "Said first.", "61 % (56–65)", "2026-07-06", "Evidence"):
        assert words in found.words


def test_nothing_is_asked_for_from_outside():
    data = render(a_document()).decode()
    found = read(data.encode())
    assert not set(found.tags) & {"script", "link", "iframe", "img", "object", "embed", "base", "a"}
    assert not found.attributes & ASKING
    assert not re.search(r"https?:|url\(|@import", data)


def test_the_policy_allows_this_style_sheet_and_nothing_else():
    data = render(a_document()).decode()
    style = re.search(r"<style>(.*)</style>", data, re.DOTALL)[1]
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{allowed}'" in data


@pytest.mark.parametrize(
    "text", ["<script>x</script>", '"><img src=x>', "&amp;", "</style>", "\u202e"]
)
def test_words_stay_words(text):
    plain, odd = read(render(a_document())), read(render(a_document(text)))
    assert odd.tags == plain.tags
    assert odd.attributes == plain.attributes
    assert "\u202e" not in odd.words


def test_twice_the_same_bytes():
    assert render(a_document()) == render(a_document())


def test_every_mark_is_a_shape():
    root = ET.fromstring(html_page.inline_svg(PICTURE))
    assert [child.tag for child in root] == ["rect", "polygon", "polyline", "text"]
    assert root.get("aria-label") == "What became of it."
    assert root[3].get("text-anchor") == "middle"
    assert root[3].text == "kept 61 %"
    assert root[2].get("stroke-dasharray")


def test_words_are_words():
    picture = Picture(width=9, height=9, marks=(Label(0, 0, '</text><script a="1">', Ink.TEXT),),
                      words='"><script>')  # fmt: skip
    root = ET.fromstring(html_page.inline_svg(picture))
    assert [child.tag for child in root] == ["text"]
    assert root[0].text == '</text><script a="1">'
