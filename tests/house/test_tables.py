"""Every row of the house's tables is complete: tools, keys, settings and tests."""

from pathlib import Path

import pytest

from ledger.core.vocabulary import Tool
from ledger.host.settings import described
from ledger.importers.registry import IMPORTERS
from ledger.ui.keymap import KEYMAP, PAGES, clashes
from tests.house.files import CODE, ROOT, sources

TESTS = ROOT / "tests"
# Nothing happens in these: a docstring and what they are made of.
NEED_NO_TEST = {"__init__", "__main__"}
SAMPLES = ("*.jsonl", "*.json", "*.zst")


@pytest.mark.parametrize("tool", IMPORTERS)
def test_every_importer_has_samples_and_says_which_tool_it_reads(tool: Tool):
    folders = [TESTS / "importers" / tool.value.replace("-", "_"), TESTS / "importers" / tool.value]
    samples = [file for folder in folders for kind in SAMPLES for file in folder.rglob(kind)]
    assert samples, f"no sample logs of {tool.value}"
    assert IMPORTERS[tool].tool is tool


def test_every_tool_that_logs_has_an_importer():
    assert set(IMPORTERS) == set(Tool) - {Tool.OTHER}


def test_every_key_has_a_command_and_a_label():
    assert all(row.keys and row.command and row.label for row in KEYMAP)
    assert {row.command for row in KEYMAP} >= {f"page.{page}" for page, _ in PAGES}


def test_no_key_does_two_things_in_one_place():
    assert clashes() == []


def test_every_command_of_a_key_is_carried_out_somewhere():
    elsewhere = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sources()
        if path.is_relative_to(CODE / "ui") and path.name != "keymap.py"
    )
    commands = {row.command for row in KEYMAP if not row.command.startswith("page.")}
    assert {command for command in commands if f'"{command}"' not in elsewhere} == set()


def test_every_setting_is_explained():
    assert described()
    assert [
        setting.name
        for setting in described()
        if not (setting.about.label and setting.about.group and setting.about.help.endswith("."))
    ] == []


def own_tests(source: Path) -> list[Path]:
    """Return the tests of a file: in its own folder where others of its room share its name."""
    place = source.relative_to(CODE)
    room = CODE / place.parts[0]
    name = f"test_{source.stem}.py"
    namesakes = list(room.rglob(source.name)) if room.is_dir() else [source]
    if len(namesakes) > 1:
        own = TESTS / place.parent / name
        return [own] if own.is_file() else []
    return list((TESTS / place.parts[0] if room.is_dir() else TESTS).rglob(name))


def test_files_of_one_name_are_each_asked_for_a_test_of_their_own():
    pages = sorted((CODE / "ui" / "pages").glob("*/page.py"))
    assert len(pages) > 1
    assert len({file for page in pages for file in own_tests(page)}) == len(pages)


def test_every_file_has_a_file_of_tests():
    assert [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.stem not in NEED_NO_TEST and not own_tests(path)
    ] == []
