from pathlib import Path

import pytest

from ledger import importers
from ledger.core.vocabulary import Tool
from ledger.importers.registry import IMPORTERS

# Whoever knows the folder of one tool finds the same ideas under the same names in every other.
SHARED = {
    "importer",
    "records",
    "parts",
    "state",
    "usage",
    "prompts",
    "edits",
    "acts",
    "transcript",
}
FOLDERS = sorted(path.parent for path in Path(importers.__path__[0]).glob("*/importer.py"))


def test_every_tool_that_logs_has_an_importer():
    assert set(IMPORTERS) == set(Tool) - {Tool.OTHER}


@pytest.mark.parametrize("tool", IMPORTERS)
def test_an_importer_stands_under_its_own_tool(tool: Tool):
    assert IMPORTERS[tool].tool is tool
    assert IMPORTERS[tool].version >= 1


def test_every_folder_of_a_tool_is_in_the_registry():
    modules = {type(importer).__module__ for importer in IMPORTERS.values()}
    assert modules == {f"ledger.importers.{folder.name}.importer" for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_tool_with_a_reader_of_its_own_has_the_files_that_all_have(folder: Path):
    files = {path.stem for path in folder.glob("*.py")}
    assert files >= SHARED or "parts" not in files
