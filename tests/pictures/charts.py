"""Pictures of the charts: each as the window's own “Save as PNG” writes it, on one page a name."""

from collections.abc import Iterator
from pathlib import Path

from ledger.metrics.registry import METRICS
from ledger.ui.charts import chart_export
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.keymap import QUESTIONS
from tests.pictures import small
from tests.pictures.shown import Shown

LOOK = "light"
DENSITY = 1.5  # pixels for each of the screen's: sharp at the width of a page of text
PAGE_OF = {metric.anchor: metric.page for metric in METRICS}


def take(shown: Shown, folder: Path, theme_name: str) -> None:
    """Save a picture of every chart; docs/ shows them light only."""
    if theme_name != LOOK:
        return
    chart_export.DENSITY = DENSITY
    for key, panel in panels(shown):
        picture = chart_export.image(panel.chart, panel.title, panel.sentence)
        path = folder / "charts" / f"{key}-{theme_name}.png"
        print(f"{small.save(picture, path):>8,} {path.name}", flush=True)


def panels(shown: Shown) -> Iterator[tuple[str, ChartPanel]]:
    """Yield every chart that the questions of the Charts page have, drawn, by its page."""
    page = shown.page("charts")
    for question, _ in QUESTIONS:
        page.ask(question)
        shown.rest()
        shown.until(page.scheduler.is_idle)
        for panel in page.question(question).panels:
            yield PAGE_OF[panel.anchor], panel
