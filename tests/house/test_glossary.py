"""The glossary is whole: the design's words stand in it, in order, once, each with its file."""

import re

import pytest

from tests.house.files import ROOT

PAGE = ROOT / "docs" / "glossary.md"
ROW = re.compile(
    r"^\| \*\*(?P<word>[^*]+)\*\* \| (?P<meaning>[^|]+) \| \[[^]]+\]\((?P<file>[^)]+)\) \|$"
)
# The words of the design. Those that no code has yet stand below the table.
DESIGN = (
    "tool", "source", "session", "interaction", "project", "request", "usage", "tag", "label",
    "intent", "evidence", "suggestion", "draw", "answer", "coverage", "kept, edited, thrown away",
    "signal-to-token ratio (STR)",
)  # fmt: skip
TO_COME = ("task", "spend", "the three figures")


def rows() -> list[re.Match[str]]:
    return [row for line in PAGE.read_text("utf-8").splitlines() if (row := ROW.match(line))]


@pytest.mark.parametrize("word", DESIGN)
def test_every_word_of_the_design_is_explained(word: str):
    assert word in {row["word"] for row in rows()}


@pytest.mark.parametrize("word", TO_COME)
def test_words_to_come_are_not_claimed_yet(word: str):
    assert word not in {row["word"] for row in rows()}
    assert f"**{word}**" in PAGE.read_text("utf-8")


def test_words_stand_in_order_and_once():
    words = [row["word"].lower() for row in rows()]
    assert words == sorted(set(words))


def test_every_row_of_the_table_is_read():
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| **")]
    assert len(lines) == len(rows()) >= len(DESIGN)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["word"])
def test_each_is_defined_where_the_row_says(row: re.Match[str]):
    file = (PAGE.parent / row["file"]).resolve()
    first = re.split(r"[ ,(-]", row["word"].lower())[0]
    assert first.rstrip("s") in file.read_text("utf-8").lower()
