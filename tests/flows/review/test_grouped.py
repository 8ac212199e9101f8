from dataclasses import replace

import pytest

from ledger.core.figures import Ratio
from ledger.core.report import Include
from ledger.flows.review.grouped import MOST, groups, told
from ledger.flows.review.names import names
from ledger.flows.review.recipe import Recipe
from tests.metrics.rows import frame as frame_of
from tests.reviews import asked_of, ledger_rows


def found(asked, *include):
    recipe = Recipe(period="2026-Q3", include=frozenset(include))
    return groups(asked, names(asked.frame, asked.mine, include), recipe)


def test_tools_models_and_projects_add_up_to_everything():
    made = found(asked_of())
    for by in ("tool", "model", "project"):
        mine = [group for group in made if group.by == by]
        assert sum(group.interactions for group in mine) == 240
        assert sum(group.tokens for group in mine) == pytest.approx(1, abs=0.01)
        assert [g.tokens for g in mine] == sorted((g.tokens for g in mine), reverse=True)
    assert not [group for group in made if group.by in ("label", "kind of work")]


def test_labels_come_in_only_when_asked_for():
    labels = [group for group in found(asked_of(), Include.LABELS) if group.by == "label"]
    assert [(group.name, group.interactions) for group in labels] == [("Kranich", 60)]


def test_many_projects_end_in_a_rest():
    rows = [replace(row, project=f"/p/{n % 12}") for n, row in enumerate(ledger_rows())]
    made = [g for g in found(asked_of(frame_of(rows))) if g.by == "project"]
    assert len(made) == MOST
    assert made[-1].name == "the rest (5)"
    assert sum(group.interactions for group in made) == 240


def test_models_that_share_a_public_name_are_told_together():
    rows = [
        replace(row, uses=(replace(row.uses[0], model=f"secret-{n % 3}"),))
        for n, row in enumerate(ledger_rows())
    ]
    made = [group for group in found(asked_of(frame_of(rows))) if group.by == "model"]
    assert [(group.name, group.interactions) for group in made] == [("other", 240)]


def test_what_is_told_of_a_ratio_is_rounded_and_without_days():
    ratio = told(Ratio(lower=1.23456, upper=2.0, point=None, blocks=9, days=7))
    assert ratio.lower == 1.23
    assert ratio.point is None
    assert ratio.blocks == 9
    assert not hasattr(ratio, "days")
