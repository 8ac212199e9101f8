"""What must not stand in the project: names of machines, text taken for markup, empty words."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.files import CODE, ROOT, parsed, shown, sources, texts

PLAIN = CODE / "ui" / "widgets" / "plain.py"
# Each takes text for rich text, or may: one picture tag in a log line would open any file.
RICH = {
    "QErrorMessage",
    "QLabel",
    "QMessageBox",
    "QTextBrowser",
    "QTextEdit",
    "QToolTip",
    "setHtml",
    "setMarkdown",
    "setStatusTip",
    "setToolTip",
    "setWhatsThis",
}
# Written in two parts, so that this file does not hold them.
MACHINE = [
    "/wo" + r"rk/(?!\.)",
    r"/ro" + r"ot/\.pyenv",
    "pythonhosted" + r"\.",
    "py" + r"pi\.org",
    "deb" + r"\.debian\.",
    "snapshot" + r"\.debian\.",
    "registry" + r"\.npmjs",
    "--extra-" + "index-url",
]
EMPTY_NAMES = {
    *("common", "handler", "handlers", "helper", "helpers", "manager", "misc", "util", "utils"),
}
NOQA = re.compile(r"#\s*noqa(?P<rest>.*)")
EXPLAINED = re.compile(r": [A-Z]+\d+(, ?[A-Z]+\d+)* +\S+ .{8,}")
# The last lines of defence: what they catch is logged without the log's text, and answered.
CATCH_ALL = {
    "app/crash.py",
    "app/evidence_job.py",
    "app/import_job.py",
    "app/store_thread.py",
    "cli/__init__.py",
    "flows/importing/pipeline.py",
}


def rich_text(tree: ast.AST) -> list[int]:
    """Return the lines that name something which takes text for markup."""
    found = []
    for node in ast.walk(tree):
        names: list[str | None] = []
        if isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names = [alias.name for alias in node.names]
        found += [node.lineno for name in names if name in RICH]
    return found


def catches_all(node: ast.AST) -> bool:
    """Whether this is `except:`, `except Exception` or `except BaseException` that ends there."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    if isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None:
        return False  # it only tidies up and lets the error go on
    if node.type is None:
        return True
    named = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
    return bool(named & {"Exception", "BaseException"})


def test_text_is_never_taken_for_markup_outside_the_plain_widgets():
    assert [
        shown(path, line) for path in sources() if path != PLAIN for line in rich_text(parsed(path))
    ] == []


@pytest.mark.parametrize(
    "code",
    [
        "from PySide6.QtWidgets import QLabel",
        "x = QtWidgets.QMessageBox()",
        "row.setToolTip(text)",
        "view.setHtml(text)",
    ],
)
def test_a_rich_widget_would_be_noticed(code: str):
    assert rich_text(ast.parse(code)) == [1]


@pytest.mark.parametrize("pattern", MACHINE)
def test_no_file_names_a_machine_or_a_registry(pattern: str):
    wanted = re.compile(pattern)
    assert [
        shown(path, text.count("\n", 0, found.start()) + 1)
        for path, text in texts()
        for found in wanted.finditer(text)
    ] == []


def test_files_are_found_to_look_at():
    names = {str(path.relative_to(ROOT)) for path, _ in texts()}
    assert {"README.md", "pyproject.toml", "resources/start", "ledger/core/vocabulary.py"} <= names


def test_no_file_has_a_name_that_says_nothing():
    assert [path for path in sources() if EMPTY_NAMES & set(path.stem.split("_"))] == []


def test_a_silenced_warning_names_its_code_and_its_reason():
    assert [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in [*sources(), *(ROOT / "tests").rglob("*.py")]
        if path != Path(__file__)
        for found in NOQA.finditer(path.read_text(encoding="utf-8"))
        if not EXPLAINED.match(found["rest"])
    ] == []


def test_everything_is_caught_only_by_the_last_lines_of_defence():
    assert [
        shown(path, node.lineno)
        for path in sources()
        if str(path.relative_to(CODE)) not in CATCH_ALL
        for node in ast.walk(parsed(path))
        if catches_all(node)
    ] == []


@pytest.mark.parametrize(
    ("kind", "end", "noticed"),
    [
        ("", "pass", True),
        (" Exception", "pass", True),
        (" (ValueError, BaseException)", "raise ValueError", True),
        (" BaseException", "raise", False),
        (" ValueError", "pass", False),
    ],
)
def test_catching_everything_would_be_noticed(kind: str, end: str, noticed: bool):
    tree = ast.parse(f"try:\n    pass\nexcept{kind}:\n    {end}\n")
    assert any(catches_all(node) for node in ast.walk(tree)) is noticed
