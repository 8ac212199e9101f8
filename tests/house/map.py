"""Writes what two documents say of the code: the map of the rooms, and the table of figures.

    python tests/house/map.py

docs/house.md has every file in one line, from its own docstring; docs/measure/README.md every
figure, from its row in the registry. `test_map.py` fails while a page says anything else.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.metrics.registry import Metric

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "ledger"
PAGE = ROOT / "docs" / "house.md"
FIGURES = ROOT / "docs" / "measure" / "README.md"
FIGURES_BEGIN = "| figure | says |\n|---|---|\n"
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


def figures_with(metrics: Iterable["Metric"]) -> str:
    """Return the page of the figures with a row for each, in the order of the registry."""
    before, begin, rest = FIGURES.read_text(encoding="utf-8").partition(FIGURES_BEGIN)
    rows = [f"| [{each.name}]({each.page}.md) | {each.sentence} |\n" for each in metrics]
    after = rest.partition("\n\n")[2]
    return f"{before}{begin}{''.join(rows)}\n{after}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from ledger.metrics.registry import METRICS

    PAGE.write_text(page_with(drawn()), encoding="utf-8")
    FIGURES.write_text(figures_with(METRICS), encoding="utf-8")
    sys.exit(0)
