"""The page on the command line names every command, with all that it takes, and no other."""

import re
from collections.abc import Iterator

import click
import pytest

from ledger.cli import program
from ledger.cli.filter_options import with_filter
from tests.house.files import ROOT

PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
ROW = re.compile(r"(?m)^\| (`.+?`) \| .+ \|$")
EVERYWHERE = {"--help", "--json"}


@click.command()
@with_filter
def _filtered(**_narrowed: object) -> None:
    """Take nothing but the filter."""


FILTER = {word for option in _filtered.params for word in option.opts}


def leaves(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something."""
    if not isinstance(command, click.Group) or (path and command.invoke_without_command):
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from leaves(below, f"{path} {name}".strip())


def options(command: click.Command) -> set[str]:
    """Return its options as they are written."""
    return {word for one in command.params for word in one.opts if word.startswith("--")}


COMMANDS = dict(leaves(program))
EVERY_OPTION = set().union(*map(options, COMMANDS.values()))


def rows(name: str) -> list[str]:
    """Return the lines of the page that are about a command."""
    own = re.compile(rf"`{re.escape(name)}(?! (?:add|remove)\b)[ `]")
    return [row.group() for row in ROW.finditer(PAGE) if own.search(row.group(1))]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_on_the_page_with_what_it_takes(name: str):
    found = "\n".join(rows(name))
    assert found, f"docs/command-line.md says nothing of `{name}`"
    wanted = options(COMMANDS[name]) - EVERYWHERE
    if wanted >= FILTER:
        assert "the filter below" in found
        wanted = wanted - FILTER
    assert {word for word in wanted if f"`{word}" not in found and f" {word}" not in found} == set()


def test_the_filter_is_told_whole():
    [told] = re.findall(r"(?ms)^The filter: .+?\n\n", PAGE)
    assert {word for word in FILTER if f"`{word}" not in told} == set()


def test_the_page_names_no_command_that_is_none():
    named = {
        " ".join(re.findall(r"(?<![-\w])[a-z]+(?![-\w])", words)[:2])
        for row in ROW.finditer(PAGE)
        for words in re.findall(r"`([a-z]+(?: [a-z]+)?)", row.group(1))
    }
    assert len(named) > 30
    assert named - set(COMMANDS) == set()


def test_no_option_on_the_page_is_one_that_there_is_not():
    assert set(re.findall(r"(?<!-)--[a-z][a-z-]*", PAGE)) - EVERY_OPTION - EVERYWHERE == set()


def test_everything_answers_to_scripts():
    assert "Every one of them takes `--json`." in PAGE
    assert {name for name, one in COMMANDS.items() if "--json" not in options(one)} == set()
