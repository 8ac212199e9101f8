"""What comments, docstrings and documents name in backticks is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import CODE, ROOT

ROOMS = "|".join(sorted(path.name for path in CODE.iterdir() if (path / "__init__.py").exists()))
# `room/file`, `room/file.py`, `room.file.Name`, `room/folder/file.function`
CODE_NAME = re.compile(rf"`(?:ledger[./])?((?:{ROOMS})(?:[./][A-Za-z_0-9*]+)+)(?:\(\))?`")
TEST_FILE = re.compile(r"`(?:tests/)?([a-z_/]*test_[a-z_0-9]+\.py)")
TEXTS = (*CODE.rglob("*.py"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"))
PLACEHOLDER = re.compile(r"[A-Z]{2,}|\*")


def is_code(name: str) -> bool:
    """Whether a dotted name leads to a folder, a file, or to something that a file defines."""
    parts = re.sub(r"\.py$", "", name).replace("/", ".").split(".")
    for length in range(len(parts), 0, -1):
        place, rest = CODE.joinpath(*parts[:length]), parts[length:]
        file = place.with_suffix(".py") if place.with_suffix(".py").exists() else None
        if file is None and place.is_dir():
            file = place / "__init__.py"
        if file is not None:
            text = file.read_text("utf-8")
            return all(re.search(rf"\b{word}\b", text) for word in rest)
    return False


def missing_in(text: str) -> Iterator[str]:
    """Yield what a text names in backticks and is not there."""
    for match in CODE_NAME.finditer(text):
        is_test = "/test_" in match[1]
        if not (is_test or PLACEHOLDER.search(match[1]) or is_code(match[1])):
            yield match[1]
    for match in TEST_FILE.finditer(text):
        if not (ROOT / "tests" / match[1]).exists() and "/" in match[1]:
            yield match[1]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_named_is_there(path: Path):
    assert list(missing_in(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("`core/ids.py` and `core.ids.SessionIds.of`", []),
        ("`core.words.Tag`", ["core.words.Tag"]),
        ("`core/ids.nothing`", ["core/ids.nothing"]),
        ("`core/test_ids.py` and `core/test_gone.py`", ["core/test_gone.py"]),
        ("`importers/TOOL/` and `ids.py`", []),
    ],
)
def test_what_is_gone_would_be_noticed(text: str, missing: list[str]):
    assert list(missing_in(text)) == missing
