import re
from pathlib import Path

import pytest

from ledger.metrics.registry import BY_KEY, METRICS

PAGE = Path(__file__).parents[2] / "docs" / "measure.md"


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_every_figure_has_a_sentence_and_a_formula(metric):
    assert metric.sentence.endswith(".")
    assert metric.sentence.count(".") - metric.sentence.count("0.") == 1
    assert metric.anchor in re.findall(r"\{#([\w-]+)\}", PAGE.read_text("utf-8"))


def test_keys_are_unique():
    assert len(BY_KEY) == len(METRICS)


def test_every_formula_the_window_links_to_is_on_the_page():
    anchors = set(re.findall(r"\{#([\w-]+)\}", PAGE.read_text("utf-8")))
    assert {
        "str", "bounds", "interval", "gates", "kept-share", "coverage", "experiments", "unknown",
        "groups", "comparisons", "token-equivalents", "trend",
    } <= anchors  # fmt: skip
