"""The documents lead somewhere: links end at files, the list is whole, commands are commands."""

import re
import shlex
from pathlib import Path

import click
import pytest

from ledger.cli import program
from tests.house.files import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[\w-]+)?\)")
TYPED = re.compile(r"(?m)^(?:\.venv/bin/)?signal-ledger +([^#\n]+)")
LONGEST_README = 150  # lines; whoever reads it has two minutes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_ends_at_a_file(page: Path):
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_list_of_documents_is_whole():
    listed = set(LINK.findall((DOCS / "README.md").read_text("utf-8")))
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert pages - listed == set()


def test_the_readme_is_read_in_two_minutes():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= LONGEST_README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_document_tells_to_type_is_understood(page: Path):
    for words in TYPED.findall(page.read_text("utf-8")):
        understood(shlex.split(words))


def understood(words: list[str]) -> None:
    """Go down to the command that is named and have it read its options, without running it."""
    command: click.Command = program
    context = click.Context(program)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(context, words.pop(0))
        assert below is not None
        command = below
        context = click.Context(command, parent=context)
    command.parse_args(context, words)
