"""Writes the map of the rooms into docs/house.md: every file in one line, from its own docstring.

    python tests/house/map.py

`test_map.py` fails while the page says anything else than the files do.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "ledger"
PAGE = ROOT / "docs" / "house.md"
BEGIN, END = "<!-- map: made by tests/house/map.py -->", "<!-- end of the map -->"
# From the top floor down, as the page draws them.
ROOMS = (
    "ui", "app", "cli", "flows", "store", "importers", "metrics", "evidence", "export", "host",
    "core",
)  # fmt: skip


def first_line(path: Path) -> str:
    """Return the sentence that opens a module; "" where there is none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def folders(room: Path) -> Iterator[Path]:
    """Yield a room and the folders in it that hold Python files."""
    yield room
    yield from sorted({path.parent for path in room.rglob("*.py")} - {room})


def drawn() -> str:
    """Return the map as Markdown: a heading for each folder, a line for each file."""
    lines: list[str] = []
    for name in ROOMS:
        for folder in folders(CODE / name):
            files = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
            place = folder.relative_to(CODE).as_posix()
            depth = "###" if folder.name == name else "####"
            lines += ["", f"{depth} `{place}/`", "", first_line(folder / "__init__.py"), ""]
            lines += [f"- `{path.name}`: {first_line(path)}" for path in files]
    return "\n".join(lines).strip("\n")


def page_with(text: str) -> str:
    """Return the page with this map between its two marks."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page_with(drawn()), encoding="utf-8")
    sys.exit(0)
