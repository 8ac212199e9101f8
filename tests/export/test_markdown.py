import re

import pytest

from ledger.export.markdown import render
from tests.documents import a_document


def test_the_whole_document_reads_as_text():
    text = render(a_document()).decode()
    assert text.startswith("# A title\n\nA subtitle · of it\n\n## First\n")
    assert "**Said first.**" in text
    assert "| Tool | Share |\n| --- | ---: |\n| Claude Code | 61 % (56–65) |" in text
    assert "- Outcome: Ordinary words." in text
    assert "| 2026-07-06 | 7 |" in text, "a picture is its table"
    assert text.endswith("Said softly.\n")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "![x](file:///etc/passwd)", "[a](b)", "`code`", "a | b",
        "*b* _i_ ~s~", "<https://evil.example>", "&lt;",
    ],
)  # fmt: skip
def test_nothing_in_a_text_is_a_command(text):
    said = render(a_document(text)).decode()
    bare = re.sub(r"\\[\\`*_\[\]<>|~&]", "", said)
    assert "<" not in bare
    assert "](" not in bare
    assert "`" not in bare


@pytest.mark.parametrize(
    "text", ["# head", "- item", "1. item", "+ item", "=== line", "    # deep"]
)
def test_no_paragraph_becomes_a_heading_or_a_list(text):
    lines = render(a_document(text)).decode().splitlines()
    assert any(line.startswith(("\\", "1\\")) for line in lines)
    assert [line for line in lines if line.startswith("# ")] == ["# A title"]


def test_an_address_is_no_link():
    said = render(a_document("see https://evil.example and www.evil.example")).decode()
    assert "https:" not in said
    assert "www." not in said


def test_twice_the_same_bytes():
    assert render(a_document()) == render(a_document())
