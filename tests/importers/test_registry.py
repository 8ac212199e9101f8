import pytest

from ledger.core.words import Tool
from ledger.importers.registry import IMPORTERS


def test_every_tool_that_logs_has_an_importer():
    assert set(IMPORTERS) == set(Tool) - {Tool.OTHER}


@pytest.mark.parametrize("tool", IMPORTERS)
def test_an_importer_stands_under_its_own_tool(tool: Tool):
    assert IMPORTERS[tool].tool is tool
    assert IMPORTERS[tool].version >= 1
