"""Every small slip of the hand is found once, changes one line, and can still be read by Python."""

import ast

import pytest

from tests.faults.planting import faults


def made(source: str) -> set[str]:
    return {fault.after for fault in faults(source)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a = b == c", {"a = b != c"}),
        ("a = b < c", {"a = b <= c", "a = b >= c"}),
        ("a = b in c", {"a = b not in c"}),
        ("a = b is None", {"a = b is not None"}),
        ("a = b and c", {"a = b or c", "a = b"}),
        ("a = not b", {"a = b"}),
        ("a = -b", {"a = b"}),
        ("a = b + c", {"a = b - c"}),
        ("a = b // c", {"a = b * c"}),
        ("a = 7", {"a = 8"}),
        ("a = True", {"a = False"}),
        ("a = max(b)", {"a = min(b)"}),
        ("a = max(b, c)", {"a = min(b, c)", "a = max(b)"}),
        ("a = sorted(b, key=c)", {"a = sorted(b)"}),
        ("a = f(b, c)", {"a = f(b)", "a = f(c, b)"}),
        ("a = f(b=c)", {"a = f()"}),
        ("a = b[-c:]", {"a = b[c:]", "a = b[:]"}),
        ("a += b", {"pass"}),
        ("f()", {"pass"}),
        ("é = 'ü' if b else 'ß'", {"é = 'ü' if not b else 'ß'"}),
        ("'a text'", set()),
        ("assert a == 1", set()),
        ("a: Literal[1]", set()),
    ],
)
def test_a_line_has_its_faults(line, expected):
    assert made(line) == expected


def test_a_return_becomes_empty():
    assert made("def f(a):\n    return a.b") == {"return None"}
    assert made("def f(a):\n    return [b for b in a]") == {"return []"}


def test_a_decorator_and_what_only_types_see_are_left_alone():
    assert made("@d(frozen=True)\nclass A:\n    pass") == set()
    assert made("if TYPE_CHECKING:\n    f()") == set()


def test_a_fault_changes_its_line_and_no_other():
    source = "def f(a, b):\n    if (\n        a < b\n    ):\n        return a + 1\n    return b\n"
    found = faults(source)
    assert len(found) > 4
    for fault in found:
        lines = fault.planted(source).splitlines()
        changed = [n for n, line in enumerate(source.splitlines(), 1) if lines[n - 1] != line]
        assert changed == [fault.line]
        assert ast.parse(fault.planted(source))


def test_a_fault_keeps_its_key_when_its_file_moves_and_grows():
    function = "def f(a):\n    return a == 1\n"
    before, after = faults(function), faults("import os\n\n\n" + function)
    assert [fault.key for fault in before] == [fault.key for fault in after]
    assert [fault.line + 3 for fault in before] == [fault.line for fault in after]
    assert len({fault.key for fault in before}) == len(before)
