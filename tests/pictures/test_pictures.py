"""The pictures of docs/: there is one of every chart, on a page of its own, and none is lost."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from ledger.app.stored import StoredValue
from ledger.metrics.registry import METRICS
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.keymap import PAGES, ChartQuestion
from ledger.ui.pages.charts.questions import make_question
from tests.house.files import CODE, ROOT
from tests.pictures import small

DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
PAGE_OF = {metric.anchor: metric.page for metric in METRICS}
LINK = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MOST_BYTES = 2_000_000
BASES = {"day_chart", "row_chart"}  # what charts are made of
OWN_CLOCK = """
from tests.pictures import still_clock
still_clock.stop()
import secrets, time
from datetime import UTC, datetime
from ledger.host.clock import now_ms
from ledger.ui.launch import local_now
print(now_ms(), int(time.time()), datetime.now(UTC), local_now(), secrets.token_bytes(2))
"""


@pytest.fixture
def panels(qtbot) -> list[ChartPanel]:
    """Return every panel that the questions of the Charts page have."""
    all_panels = []
    for key in ChartQuestion:
        question = make_question(key, StoredValue(tuple, print, ()))
        qtbot.addWidget(question)
        all_panels += question.panels
    return all_panels


def linked() -> dict[Path, list[str]]:
    """Return the pictures that documents show, each with the words beside it."""
    captions: dict[Path, list[str]] = {}
    for page in (ROOT / "README.md", *DOCS.rglob("*.md")):
        for caption, link in LINK.findall(page.read_text("utf-8")):
            captions.setdefault((page.parent / link).resolve(), []).append(caption)
    return captions


def test_every_chart_has_a_page_of_its_own_with_its_picture(panels: list[ChartPanel]):
    pages = [PAGE_OF[panel.anchor] for panel in panels]
    assert len(set(pages)) == len(pages) >= 12
    for panel, page in zip(panels, pages, strict=True):
        shown = LINK.findall((DOCS / "measure" / f"{page}.md").read_text("utf-8"))
        assert [link for _, link in shown] == [f"../pictures/charts/{page}-light.png"]
        assert panel.title in shown[0][0]


def test_no_chart_is_forgotten(panels: list[ChartPanel]):
    files = {path.stem for path in (CODE / "ui" / "charts").glob("*_chart.py")} - BASES
    assert {type(panel.chart).__module__.rpartition(".")[2] for panel in panels} == files


def test_every_page_but_the_settings_has_a_picture():
    names = {name for name, _ in PAGES} - {"settings"}
    assert {path.stem for path in PICTURES.glob("*.png")} == names


def test_every_picture_is_there_and_shown_and_described():
    shown = linked()
    assert set(shown) == set(PICTURES.rglob("*.png"))
    assert all(caption for described in shown.values() for caption in described)


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.rglob("*.png")}
    assert [name for name, size in sizes.items() if size >= small.LIMIT] == []
    assert sum(sizes.values()) < MOST_BYTES


def painted(colours: np.ndarray) -> QImage:
    """Return a picture of these 0xRRGGBB values."""
    image = QImage(colours.shape[1], colours.shape[0], QImage.Format.Format_RGB32)
    for y, row in enumerate(colours):
        for x, value in enumerate(row):
            image.setPixel(x, y, 0xFF000000 | int(value))
    return image


def test_a_picture_of_few_colours_is_written_exactly(qapp, tmp_path: Path):
    image = painted(np.arange(35).reshape(5, 7) * 0x050301)
    small.save(image, tmp_path / "new" / "a.png")
    assert QImage(str(tmp_path / "new" / "a.png")).convertToFormat(image.format()) == image


def test_of_many_colours_the_frequent_ones_stay_and_the_others_come_near(qapp):
    ground, rare = 0x12ABCD, np.arange(900).reshape(30, 30) * 0x010203 % 0x1000000
    colours = np.concatenate([np.full((40, 30), ground), rare])
    result = small.with_palette(painted(colours), 64)
    assert result.colorCount() <= 64
    assert result.pixel(3, 3) & 0xFFFFFF == ground
    for x in range(30):
        pair = (result.pixel(x, 55), int(colours[55, x]))
        away = [abs((pair[0] >> s & 255) - (pair[1] >> s & 255)) for s in (16, 8, 0)]
        assert max(away) < 60


def test_a_picture_that_stays_too_large_is_refused(qapp, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(small, "LIMIT", 50)
    with pytest.raises(ValueError, match="smaller"):
        small.save(painted(np.arange(900).reshape(30, 30)), tmp_path / "a.png")


def test_the_clock_and_the_lots_stand_still():
    result = subprocess.run(
        [sys.executable, "-c", OWN_CLOCK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    moment = "2026-11-22 15:00:00+00:00"
    assert (
        result.stdout.split("\n")[0] == rf"1795359600000 1795359600 {moment} {moment} b'\x00\x00'"
    )
