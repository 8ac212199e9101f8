"""What a tool says in total and what was counted, told apart in words."""

from dataclasses import replace

import pytest

from ledger.core.rows import Amounts, ToolTotal
from ledger.flows.importing import reconcile
from ledger.flows.importing.reconcile import Outcome, reconciled, summary_words

COUNTED = Amounts(4, 0, 10, 20, 30, 40)
TOTAL = ToolTotal(
    session=1, tool="claude-code", session_key="k", directory="/p", time_ms=0, model="m",
    said=COUNTED._replace(requests=-1), counted=COUNTED, micro_dollars=-1, path="/a", offset=1,
    length=2, counted_in=(), continues=False, continued=False,
)  # fmt: skip


def one(**more):
    """Return what is made of the total with something else in it."""
    (found,) = reconciled([replace(TOTAL, **more)])
    return found


@pytest.mark.parametrize(
    ("said", "outcome", "words"),
    [
        ({}, Outcome.SAME, ()),
        ({"output": 41}, Outcome.MORE, (reconcile.MORE,)),
        ({"input": 0, "output": 0}, Outcome.LESS, (reconcile.LESS,)),
        ({"input": 11, "output": 0}, Outcome.MIXED, (reconcile.MIXED,)),
    ],
)
def test_more_less_and_both_are_told_apart(said, outcome, words):
    found = one(said=TOTAL.said._replace(**said))
    assert (found.outcome, found.words) == (outcome, words)


def test_the_difference_is_what_is_said_less_what_was_counted():
    found = one(said=Amounts(5, 0, 11, 20, 30, 0))
    assert found.difference == Amounts(1, 0, 1, 0, 0, -40)
    assert one().difference == Amounts()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"model": ""}, reconcile.WITHOUT_MODELS),
        ({"continues": True}, reconcile.CONTINUES),
        ({"continued": True}, reconcile.CONTINUED),
        ({"counted": COUNTED._replace(unknown=2)}, "2 requests of it told no counts."),
    ],
)
def test_what_a_total_is_about_is_said(more, sentence):
    assert one(**more).words == (sentence,)


def test_all_of_them_are_told_in_a_sentence():
    assert summary_words([]) == "No tool wrote a total of its own."
    same, more = one(), one(said=TOTAL.said._replace(output=41))
    less = one(said=TOTAL.said._replace(output=1))
    assert (
        summary_words([same]) == "1 total that a tool wrote itself: what was counted is the same."
    )
    assert summary_words([same, more, less]) == (
        "3 totals that a tool wrote itself: 2 not as counted, 1 of them with more than the log "
        "holds."
    )
