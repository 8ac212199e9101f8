import pytest

from ledger.metrics.gates import Evidence, blocks_needed

ENOUGH = Evidence(decided=30, days=3, coverage=0.5, unknown=0.2)


def test_enough_evidence_allows_interval_and_point():
    assert ENOUGH.allows_interval
    assert ENOUGH.allows_point(1.0, 6.0)


@pytest.mark.parametrize(
    "lacking",
    [{"decided": 7}, {"days": 2}, {"coverage": 0.49}, {"coverage": None}, {"unknown": 0.21}],
)
def test_each_gate_closes_alone(lacking):
    found = ENOUGH._replace(**lacking)
    assert not found.allows_interval
    assert not found.allows_point(1.0, 2.0)


def test_eight_blocks_allow_an_interval_and_no_point():
    found = ENOUGH._replace(decided=8)
    assert found.allows_interval
    assert not found.allows_point(1.0, 2.0)
    assert not ENOUGH._replace(decided=29).allows_point(1.0, 2.0)


@pytest.mark.parametrize("ends", [(None, None), (1.0, 6.01)])
def test_no_point_without_an_interval_or_with_too_wide_a_one(ends):
    assert not ENOUGH.allows_point(*ends)


@pytest.mark.parametrize(
    ("blocks", "share", "needed"), [(0, None, 8), (10, 0.5, 3), (10, 0.8, 0), (100, 0.01, 7)]
)
def test_the_number_still_needed_is_what_is_missing_to_eight(blocks, share, needed):
    assert blocks_needed(blocks, share) == needed
