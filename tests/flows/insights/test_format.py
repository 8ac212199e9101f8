from dataclasses import replace

import pytest

from ledger.core.figures import Doubt, Figure
from ledger.core.formatting import NARROW
from ledger.flows.insights.format import (
    basis_words,
    cost_words,
    ends_words,
    format_dollars,
    format_figure,
    value_words,
)
from ledger.metrics.charges import Cost
from ledger.metrics.registry import METRICS, Form
from ledger.metrics.unpriced import Unpriced


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (None, Form.SHARE, "–"),
        (0.61, Form.SHARE, f"61{NARROW}%"),
        (1234.0, Form.COUNT, f"1{NARROW}234"),
        (3.21, Form.NUMBER, "3.2"),
        (0.42, Form.DOLLARS, "$0.42"),
    ],
)
def test_a_value_is_written_in_its_form(value, form, words):
    assert format_figure(value, form) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "$0.00"),
        (0.004, "under $0.01"),
        (0.01, "$0.01"),
        (99.4, "$99.40"),
        (99.5, "$100"),
        (12345.6, f"$12{NARROW}346"),
    ],
)
def test_dollars_are_never_more_exact_than_they_are(value, words):
    assert format_dollars(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (1.0, 2.5, "$1.00 to $2.50"),
        (1.0, None, "at least $1.00"),
        (None, 2.5, "at most $2.50"),
    ],
)
def test_the_ends_say_what_is_between(low, high, words):
    figure = Figure(key="cost", low=low, high=high, doubt=Doubt.BOUNDS)
    assert ends_words(figure) == words
    assert value_words(figure) == "–"


@pytest.mark.parametrize(
    ("number", "of", "words"),
    [(1, "work blocks", "1 work block"), (12, "requests", "12 requests"), (0, "", "")],
)
def test_a_figure_says_what_it_rests_on(number, of, words):
    assert basis_words(Figure(key="str", n=number, of=of)) == words


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_every_figure_of_the_registry_can_be_written(metric):
    assert value_words(Figure(key=metric.key, value=0.5)) not in {"", "–"}


COST = Cost(low=1.0, middle=2.0, high=4.0, priced=1.0, unknown=0.0, portions=3)
LACKS = {"high": None, "lacking": (Unpriced("m-1"), Unpriced("m-2", "fast mode"))}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "$2.00"),
        (LACKS, "at least $1.00, no price for m-1; fast mode of m-2"),
        (LACKS | {"low": 0.0}, "no price for m-1; fast mode of m-2"),
        ({"unknown": 0.5}, ""),
    ],
)
def test_a_cost_without_a_price_says_what_has_none(changes, words):
    assert cost_words(replace(COST, **changes)) == words
