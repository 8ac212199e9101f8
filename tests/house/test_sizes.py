"""A mirror of how long things have become: `pytest tests/house/test_sizes.py -s` prints it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.files import CODE, parsed, shown, sources

LOOK_TWICE = 400
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
REASON = "# Long because "
SHOWN = 10
SHORTEST_FILE = 40
# What is shorter and a file all the same, each with the reason.
SHORT = {
    "__main__.py": "the way in",
    "importers/registry.py": "a registry",
    "importers/*/*.py": "every tool has the same files, large and small",
    "ui/pages/*/page.py": "a page of its own",
    "ui/pages/charts/questions.py": "a registry",
    "ui/pages/charts/hours.py": "a question of its own",
    "export/csv_weeks.py": "one file per format",
    "export/json_review.py": "one file per format",
    "export/pdf.py": "one file per format; it loads the library when it is wanted",
    "export/row_formats.py": "one file per format",
    "host/clock.py": "the door to the time",
    "app/garbage.py": "a hazard of the toolkit that is looked for by its name",
    "core/days.py": "a value that every room shares",
    "core/filters.py": "a value that every room shares",
    "core/known_models.py": "a table of public names",
    "core/projects.py": "a value that every room shares",
    "core/saved_view.py": "a value that every room shares",
    "core/trials.py": "a value that every room shares",
    "metrics/shares.py": "the one place of these formulas, and looked for by its name",
    "evidence/simhash.py": "an algorithm that is looked for by its name",
    "flows/tagging/blocks.py": "one question that three flows of its folder ask",
    "importers/wire.py": "both ends of one wire format",
    "store/names.py": "what most tables of the file ask for",
    "store/portions.py": "one table of the ledger file",
    "ui/pages/review/side_scroll.py": "one widget",
    "ui/window/demo_strip.py": "one widget",
    "ui/abstract.py": "one rule for classes",
}
# Lines of import statements, of all lines of the product: this may only fall.
IMPORTS_AIM = 0.065
MOST_IMPORTS = 0.0815


class Size(NamedTuple):
    """How many lines one thing has, and whether the file gives a reason."""

    lines: int
    what: str
    has_reason: bool


def size_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def file_sizes() -> Iterator[Size]:
    for path in sources():
        yield Size(size_of(path), shown(path, 1), REASON in path.read_text(encoding="utf-8"))


def function_sizes() -> Iterator[Size]:
    for path in sources():
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                end = node.end_lineno or node.lineno
                reason = any(REASON in line for line in lines[node.lineno - 1 : end])
                yield Size(end - node.lineno + 1, f"{shown(path, node.lineno)} {node.name}", reason)


def longest(sizes: Iterator[Size]) -> list[Size]:
    ordered = sorted(sizes, reverse=True)
    for size in ordered[:SHOWN]:
        print(f"{size.lines:6}  {size.what}")
    return ordered


def test_a_long_file_says_why():
    many = sum(size.lines > LOOK_TWICE for size in file_sizes())
    print(f"\nlongest files; {many} of over {LOOK_TWICE} lines")
    assert [
        size for size in longest(file_sizes()) if size.lines > LONGEST_FILE and not size.has_reason
    ] == []


def test_a_short_file_is_a_door_a_registry_or_one_small_thing():
    short = [
        path.relative_to(CODE)
        for path in sources()
        if path.name != "__init__.py" and size_of(path) < SHORTEST_FILE
    ]
    print(f"\n{len(short)} files of under {SHORTEST_FILE} lines")
    assert [path for path in short if not any(map(path.match, SHORT))] == []
    assert [name for name in SHORT if not list(CODE.glob(name))] == []


def test_a_long_function_says_why():
    print("\nlongest functions")
    assert [
        size
        for size in longest(function_sizes())
        if size.lines > LONGEST_FUNCTION and not size.has_reason
    ] == []


def import_lines(tree: ast.AST) -> int:
    """Return how many lines the import statements of a file take, wherever they stand."""
    return sum(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def test_few_lines_only_import():
    imports = sum(import_lines(parsed(path)) for path in sources())
    share = imports / sum(map(size_of, sources()))
    print(f"\n{imports} lines import, {share:.2%} of all; the aim is {IMPORTS_AIM:.1%}")
    assert share <= MOST_IMPORTS


def test_every_line_of_an_import_is_counted():
    code = "import a, b\n\n\ndef f():\n    from c import (\n        d,\n        e,\n    )\n"
    assert import_lines(ast.parse(code)) == 5


def test_lines_are_really_counted():
    assert max(size.lines for size in file_sizes()) > 60
    assert max(size.lines for size in function_sizes()) > 10
