"""A mirror of how long things have become: `pytest tests/house/test_sizes.py -s` prints it."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tests.house.files import parsed, shown, sources

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
REASON = "# Long because "
SHOWN = 10


class Size(NamedTuple):
    """How many lines one thing has, and whether the file gives a reason."""

    lines: int
    what: str
    has_reason: bool


def file_sizes() -> Iterator[Size]:
    for path in sources():
        text = path.read_text(encoding="utf-8")
        yield Size(text.count("\n"), shown(path, 1), REASON in text)


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
    print("\nlongest files")
    assert [
        size for size in longest(file_sizes()) if size.lines > LONGEST_FILE and not size.has_reason
    ] == []


def test_a_long_function_says_why():
    print("\nlongest functions")
    assert [
        size
        for size in longest(function_sizes())
        if size.lines > LONGEST_FUNCTION and not size.has_reason
    ] == []


def test_lines_are_really_counted():
    assert max(size.lines for size in file_sizes()) > 60
    assert max(size.lines for size in function_sizes()) > 10
