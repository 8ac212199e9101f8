from datetime import UTC
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.shrinkage import Prior, dispersion, posterior, prior_of, shrunken
from ledger.metrics.tally import summary_by_group
from tests.metrics.rows import frame, ledgers
from tests.metrics.simulation import Blocks, World, drawn

groups = st.lists(
    st.tuples(st.integers(0, 80).map(lambda halves: halves / 2), st.floats(0.05, 60)),
    min_size=1,
    max_size=9,
)
phis = st.floats(0.25, 6)


@settings(max_examples=40)
@given(groups, phis, st.integers(1, 200))
def test_i19_a_shrunken_rate_lies_between_its_own_and_the_whole(pairs, phi, blocks):
    worth, exposure = (np.asarray(column) for column in zip(*pairs, strict=True))
    prior = prior_of(worth, exposure, blocks, phi)
    if prior is None:
        assert worth.sum() == 0
        return
    assert prior.rate == pytest.approx(worth.sum() / exposure.sum())
    for s, t in pairs:
        mean, low, high = posterior(s, t, prior)
        ends = sorted((s / t, prior.rate))
        assert ends[0] * (1 - 1e-9) <= mean <= ends[1] * (1 + 1e-9)
        assert 0 <= low <= mean <= high
        assert low < high


@settings(max_examples=40)
@given(groups, phis, st.integers(1, 200))
def test_i19_with_more_work_a_shrunken_rate_tends_to_its_own(pairs, phi, blocks):
    worth, exposure = (np.asarray(column) for column in zip(*pairs, strict=True))
    prior = prior_of(worth, exposure, blocks, phi)
    if prior is None:
        return
    s, t = pairs[0]
    off = [abs(posterior(s * more, t * more, prior)[0] - s / t) for more in (1, 10, 1e3, 1e7)]
    assert all(after <= before + 1e-9 for before, after in pairwise(off))
    assert off[-1] <= 1e-3 * max(1.0, s / t)


@pytest.mark.parametrize(
    ("worth", "mte", "expected"), [(0, 1, 1.33), (3, 1, 1.83), (30, 10, 2.53), (200, 100, 1.98)]
)
def test_the_published_examples_come_out(worth, mte, expected):
    prior = Prior(rate=1.6, doubt=0.0, betas=((5.0, 1.0),), phi=1.0)
    assert posterior(worth, mte, prior)[0] == pytest.approx(expected, abs=0.005)


def test_groups_that_differ_are_pulled_less_than_groups_that_do_not():
    exposure = np.full(8, 10.0)
    alike, apart = np.full(8, 20.0), np.asarray([2.0, 5, 10, 15, 25, 30, 35, 38])
    pulls = [
        abs(posterior(2.0, 10.0, prior_of(worth, exposure, 160, 1.0))[0] - 0.2)
        for worth in (alike, apart)
    ]
    assert pulls[1] < pulls[0] / 2


def test_uneven_days_widen_the_intervals():
    group = np.zeros(12, dtype=int)
    even = dispersion(np.full(12, 3.0), np.full(12, 1.5), group)
    wild = dispersion(np.full(12, 3.0), np.geomspace(0.1, 9, 12), group)
    assert even == 0.25
    assert wild > 3
    prior = [prior_of(np.full(2, 36.0), np.full(2, 18.0), 80, phi) for phi in (even, wild)]
    widths = [high / low for _, low, high in (posterior(30.0, 18.0, one) for one in prior)]
    assert widths[0] < widths[1] / 1.5


def test_one_day_alone_says_nothing_about_unevenness():
    assert dispersion(np.asarray([3.0]), np.asarray([2.0]), np.asarray([0])) == 1.0


def test_every_group_is_there_with_its_raw_ratio():
    blocks = drawn(np.random.default_rng(4), World(days=40))
    blocks.project = np.arange(240) % 3
    made = blocks.frame()
    found = shrunken(made, made.select(), "project", zone=UTC)
    plain = summary_by_group(made, made.select(), "project", zone=UTC)
    assert [one.key for one in found] == [one.key for one in plain] == ["/p/00", "/p/01", "/p/02"]
    for one, other in zip(found, plain, strict=True):
        assert one.raw == pytest.approx(other.ratio.lower)
        assert (one.blocks, one.coverage, one.mte) == (80, 1.0, other.mte)
        assert one.low < one.value < one.high


def test_a_group_that_is_hardly_tagged_has_its_lower_bound_and_nothing_else():
    blocks = drawn(np.random.default_rng(4), World(days=40))
    blocks.project = np.arange(240) % 3
    blocks.tag = np.where((blocks.project == 2) & (np.arange(240) > 30), 0, blocks.tag)
    made = blocks.frame()
    found = {one.key: one for one in shrunken(made, made.select(), "project", zone=UTC)}
    plain = {one.key: one for one in summary_by_group(made, made.select(), "project", zone=UTC)}
    assert found["/p/02"].value is found["/p/02"].low is None
    assert found["/p/02"].raw == plain["/p/02"].ratio.lower
    assert found["/p/00"].value is not None


def test_nothing_kept_has_no_shrunken_value():
    made = Blocks(np.full(12, 1.0), np.full(12, 3)).frame()
    (only,) = shrunken(made, made.select(), "project", zone=UTC)
    assert (only.raw, only.value) == (0.0, None)


def test_an_empty_selection_has_no_groups():
    made = Blocks([], np.zeros(0, int)).frame()
    assert shrunken(made, made.select(), "project", zone=UTC) == []


@settings(max_examples=25)
@given(ledgers(), st.sampled_from(("tool", "model", "project", "kind")))
def test_any_ledger_can_be_shrunken(rows, by):
    made = frame(rows)
    for one in shrunken(made, made.select(), by, zone=UTC):
        if one.value is not None:
            assert 0 <= one.low <= one.value <= one.high
