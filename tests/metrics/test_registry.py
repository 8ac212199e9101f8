import re
from pathlib import Path

import pytest
from hypothesis import given

from ledger.core.figures import Doubt, Estimate
from ledger.metrics.registry import BY_KEY, METRICS, Form, figure, panel
from tests.metrics.pricing import book_of
from tests.metrics.querying import query_of, tagged_blocks
from tests.metrics.rows import MODELS, ledgers

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "measure"
TESTS = "\n".join(path.read_text("utf-8") for path in sorted(ROOT.glob("tests/metrics/test_*.py")))
# Windows link to these beside the figures.
LINKED = {
    "str", "bounds", "interval", "gates", "kept-share", "coverage", "experiments", "unknown",
    "groups", "comparisons", "token-equivalents", "trend",
}  # fmt: skip
BOOK = book_of(dict.fromkeys(MODELS, 3_000_000))


def anchors(text: str) -> list[str]:
    return re.findall(r"(?m)^#+ .*\{#([\w-]+)\}$", text)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_every_figure_has_a_sentence_and_a_page(metric):
    assert metric.sentence.endswith(".")
    assert metric.sentence.count(".") - metric.sentence.count("0.") == 1
    page = (PAGES / f"{metric.page}.md").read_text("utf-8")
    assert metric.anchor in anchors(page)
    words = f"{metric.sentence} Unit: {metric.unit}. Source: {metric.source}."
    assert words in page, "the page must open with the figure's own words"
    assert "## What can fool you" in page


@pytest.mark.parametrize(
    "metric", [metric for metric in METRICS if metric.compute], ids=lambda metric: metric.key
)
def test_every_compute_has_a_test(metric):
    assert f"{metric.compute.__name__}(" in TESTS
    assert metric.compute.__doc__.startswith("Answer: ")


def test_keys_are_unique():
    assert len(BY_KEY) == len(METRICS)


def test_every_anchor_stands_on_one_page_only():
    found = [anchor for path in PAGES.glob("*.md") for anchor in anchors(path.read_text("utf-8"))]
    assert len(found) == len(set(found))
    assert not LINKED - set(found)


def test_pages_link_only_to_pages_that_are_there():
    links = [
        (path.name, link)
        for path in PAGES.glob("*.md")
        for link in re.findall(r"\]\(([\w/.-]+)(?:#[\w-]+)?\)", path.read_text("utf-8"))
    ]
    assert len(links) > 20
    assert [each for each in links if not (PAGES / each[1]).exists()] == []


def test_every_invariant_names_the_test_that_holds_it():
    page = (PAGES / "invariants.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| (I\d+) \| .+ \| (.+) \|$", page)
    assert [name for name, _ in rows] == [f"I{number}" for number in range(1, 26)]
    for name, held in rows:
        found = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", held)
        assert found, name
        for path, test in found:
            assert f"def {test}(" in (ROOT / path).read_text("utf-8"), (name, test)


def test_the_panel_has_every_figure_that_can_be_computed():
    found = panel(query_of(tagged_blocks([1, 3]), book=BOOK))
    assert [one.key for one in found] == [one.key for one in METRICS if one.compute]
    assert all(one.unit == BY_KEY[one.key].unit for one in found)


def test_a_row_without_compute_says_nothing():
    found = figure(BY_KEY["trend"], query_of([]))
    assert (found.value, found.low, found.high) == (None, None, None)


def test_ends_that_are_not_there_mean_nothing():
    found = figure(BY_KEY["str"], query_of([]))
    assert found.doubt is Doubt.NONE


@pytest.mark.parametrize("end", ["low", "high"])
def test_one_end_that_is_there_means_what_it_says(end):
    estimate = Estimate(doubt=Doubt.BOUNDS, **{end: 0.5})
    shown = figure(BY_KEY["str"]._replace(compute=lambda _: estimate), query_of([]))
    assert shown.doubt is Doubt.BOUNDS


def test_what_is_not_in_the_panel_is_drawn_or_belongs_to_what_is():
    pages = {path.stem: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    drawn = {name for name, text in pages.items() if "(../pictures/charts/" in text}
    linked = {name for name in pages for page in drawn if f"({name}.md)" in pages[page]}
    unanswered = {metric.page for metric in METRICS if metric.compute is None}
    assert unanswered - drawn - linked == set()


@given(ledgers(days=4, most=20))
def test_every_figure_of_every_ledger_is_in_order(rows):
    for one in panel(query_of(rows, book=BOOK, plan_fee_month=100)):
        ends = [end for end in (one.low, one.value, one.high) if end is not None]
        if one.doubt is Doubt.BOUNDS:
            assert ends == pytest.approx(sorted(ends)), one.key
        assert all(end >= 0 for end in ends), one.key
        if BY_KEY[one.key].form is Form.SHARE:
            assert all(end <= 1 for end in ends), one.key
        assert bool(one.doubt) == (one.low is not None or one.high is not None)
        assert one.note == "" or one.note.endswith(".")


@given(ledgers(most=10))
def test_the_same_ledger_gives_the_same_panel(rows):
    assert panel(query_of(rows, book=BOOK)) == panel(query_of(rows[::-1], book=BOOK))
