"""Imports go down only: the floors hold, and every kind of trespass would be noticed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import CODE, ROOT, parsed, shown, sources

# One trespass of each kind: what is planted where, and what the report says about it.
PLANTED = {
    "core/planted_qt.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from PySide6 import QtCore\n",
        "core.planted_qt -> PySide6",
    ),
    "core/planted_store.py": ("import ledger.store\n", "core.planted_store -> ledger.store"),
    "app/planted_ui.py": (
        "def show():\n    import ledger.ui.pages\n",
        "app.planted_ui -> ledger.ui.pages",
    ),
    "cli/planted_app.py": ("import ledger.app\n", "cli.planted_app -> ledger.app"),
    "metrics/planted_host.py": ("import ledger.host\n", "metrics.planted_host -> ledger.host"),
    "importers/codex/planted_tool.py": (
        "import ledger.importers.gemini_cli.parts\n",
        "codex.planted_tool -> ledger.importers.gemini_cli.parts",
    ),
    "importers/planted_out.py": ("import ledger.store\n", "planted_out -> ledger.store"),
    "flows/planted_plot.py": ("import pyqtgraph\n", "flows.planted_plot -> pyqtgraph"),
    "flows/planted_keys.py": ("import nacl.signing\n", "flows.planted_keys -> nacl"),
    "flows/planted_pdf.py": ("import reportlab.lib\n", "flows.planted_pdf -> reportlab"),
    "export/planted_pdf.py": ("import pypdf\n", "export.planted_pdf -> pypdf"),
    "ui/planted_plot.py": ("import pyqtgraph\n", "ui.planted_plot -> pyqtgraph"),
    "annex/__init__.py": ("", "ledger.annex"),
}
# The report names one circle only, so this one is planted in a house of its own.
CIRCLE = {
    "core/planted_a.py": "import ledger.core.planted_b\n",
    "core/planted_b.py": "import ledger.core.planted_a\n",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    lint_imports = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(
        [sys.executable, "-c", lint_imports, "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


def lint_with(folder: Path, planted: dict[str, str]) -> str:
    """Return what is said about a copy of the house with these files added."""
    shutil.copytree(CODE, folder / "ledger", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in planted.items():
        path = folder / "ledger" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('"""Planted."""\n\n' + text, encoding="utf-8")
    result = lint(folder)
    assert result.returncode == 1, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def trespassed(tmp_path_factory: pytest.TempPathFactory) -> str:
    planted = {name: text for name, (text, _) in PLANTED.items()}
    return lint_with(tmp_path_factory.mktemp("trespassed"), planted)


def test_imports_go_down_only():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_trespass_is_noticed(trespassed: str, name: str):
    assert PLANTED[name][1] in trespassed


def test_a_planted_circle_is_noticed(tmp_path: Path):
    assert "No cycles are allowed in ledger.core" in lint_with(tmp_path, CIRCLE)


def test_no_room_is_entered_by_a_relative_import():
    assert [
        shown(path, node.lineno)
        for path in sources()
        for node in parsed(path).body
        if getattr(node, "level", 0)
    ] == []
