from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.figures import Ratio
from ledger.core.report import Include
from ledger.flows.review.grouped import (
    MOST_GROUPS,
    as_estimate,
    groups,
    share_of_count,
    share_of_experiments,
    share_of_fates,
    token_share,
)
from ledger.flows.review.names import names
from ledger.flows.review.recipe import Recipe
from ledger.metrics.uncertain import part_of_spending
from tests.metrics.rows import frame as frame_of
from tests.metrics.rows import ledgers
from tests.reviews import a_frame, context_of, ledger_rows, selection_of

ROUNDED = 0.01


def groups_of(context, *include):
    recipe = Recipe(period="2026-Q3", include=frozenset(include))
    return groups(context, names(context.frame, context.mine, include), recipe)


def test_tools_models_and_projects_add_up_to_everything():
    all_groups = groups_of(context_of())
    for by in ("tool", "model", "project"):
        of_one_sort = [group for group in all_groups if group.by == by]
        assert sum(group.interactions for group in of_one_sort) == 240
        assert sum(group.tokens for group in of_one_sort) == pytest.approx(1, abs=0.01)
        assert [g.tokens for g in of_one_sort] == sorted(
            (g.tokens for g in of_one_sort), reverse=True
        )
    assert not [group for group in all_groups if group.by in ("label", "kind of work")]


def test_labels_come_in_only_when_asked_for():
    labels = [group for group in groups_of(context_of(), Include.LABELS) if group.by == "label"]
    assert [(group.name, group.interactions) for group in labels] == [("Kranich", 60)]


def test_many_projects_end_in_a_rest():
    rows = [replace(row, project=f"/p/{n % 12}") for n, row in enumerate(ledger_rows())]
    all_groups = [g for g in groups_of(context_of(frame_of(rows))) if g.by == "project"]
    assert len(all_groups) == MOST_GROUPS
    assert all_groups[-1].name == "the rest (5)"
    assert sum(group.interactions for group in all_groups) == 240


def test_models_that_share_a_public_name_are_told_together():
    rows = [
        replace(row, uses=(replace(row.uses[0], model=f"secret-{n % 3}"),))
        for n, row in enumerate(ledger_rows())
    ]
    all_groups = [group for group in groups_of(context_of(frame_of(rows))) if group.by == "model"]
    assert [(group.name, group.interactions) for group in all_groups] == [("other", 240)]


def test_what_is_told_of_a_ratio_is_rounded_and_without_days():
    ratio = as_estimate(Ratio(lower=1.23456, upper=2.0, point=None, blocks=9, days=7))
    assert ratio.lower == 1.23
    assert ratio.point is None
    assert ratio.blocks == 9
    assert not hasattr(ratio, "days")


@settings(max_examples=40)
@given(st.integers(0, 400), st.integers(0, 400))
def test_a_rate_lies_in_its_interval(hits, more):
    share = share_of_count(hits, hits + more)
    if not hits + more:
        assert share.value is None
        return
    assert share.low <= share.value <= share.high
    assert share.n == hits + more


def test_fates_are_everything():
    frame = a_frame()
    fates = share_of_fates(frame, selection_of(frame).mine, UTC)
    assert [fate.tag for fate in fates] == ["kept", "edited", "thrown away", "untagged"]
    assert sum(fate.interactions for fate in fates) == 240
    assert sum(fate.share.value for fate in fates) == pytest.approx(1, abs=0.01)
    assert sum(fate.tokens.value for fate in fates) == pytest.approx(1, abs=0.01)
    for fate in fates:
        assert fate.tokens.low < fate.tokens.value < fate.tokens.high


def test_a_share_of_tokens_is_exact_and_its_interval_needs_days():
    frame = a_frame(days=5)
    of_one_sort = selection_of(frame).mine
    share = token_share(frame, of_one_sort, frame.tag == 3, UTC)
    assert share.value == pytest.approx(frame.te[frame.tag == 3].sum() / frame.te.sum(), rel=0.01)
    assert share.low is None


def test_experiments_have_their_share():
    frame = a_frame()
    share = share_of_experiments(frame, selection_of(frame).mine, UTC)
    assert 0 < share.value < 0.2


@settings(max_examples=25)
@given(ledgers(least=1))
def test_no_ledger_is_too_odd(rows):
    frame = frame_of(rows)
    for fate in share_of_fates(frame, frame.select(), UTC):
        assert fate.tokens.value is None or 0 <= fate.tokens.value <= 1
        assert fate.tokens.high is None or fate.tokens.high <= 1
    assert np.isclose(
        sum(fate.share.value for fate in share_of_fates(frame, frame.select(), UTC)), 1, atol=0.02
    )


def uncounted(every: int):
    """Return the review's ledger in which every so-manieth request told no counts."""
    rows = [
        replace(row, uses=(replace(row.uses[0], te=0, low=None, high=None, unknown=1, requests=1),))
        if n % every == 0
        else row
        for n, row in enumerate(ledger_rows())
    ]
    return context_of(frame_of(rows))


@pytest.mark.parametrize("tag", [1, 2, 3])
def test_a_share_of_tokens_allows_for_what_was_not_counted(tag):
    holed = uncounted(10)
    frame, parts = holed.frame, holed.mine.parts
    share = token_share(frame, holed.mine, frame.tag == tag, UTC)
    _, (least, most) = part_of_spending(frame, parts, (frame.tag == tag)[frame.owners[parts]])
    assert share.low <= least + ROUNDED
    assert share.high >= most - ROUNDED
    assert share.low < share.value < share.high


def test_with_too_much_uncounted_no_share_of_tokens_is_told():
    holed = uncounted(2)
    fates = share_of_fates(holed.frame, holed.mine, UTC)
    assert {fate.tokens.value for fate in fates} == {None}
    assert sum(fate.interactions for fate in fates) == 240


def test_a_tool_that_counts_nothing_has_its_share_too():
    rows = [
        replace(row, tool="gemini-cli", uses=(replace(row.uses[0], te=0, unknown=1),))
        if n % 8 == 0
        else replace(row, tool="codex")
        for n, row in enumerate(ledger_rows())
    ]
    shares = [g.tokens for g in groups_of(context_of(frame_of(rows))) if g.by == "tool"]
    assert all(0 < share < 1 for share in shares)
