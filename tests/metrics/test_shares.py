import numpy as np

from ledger.metrics.shares import coverage, kept_share, share


def test_a_share_of_nothing_is_not_said():
    assert share(0, 0) is None
    assert coverage([0] * 4) is None
    assert kept_share([0] * 4, [0] * 4, 50) == (None, None)


def test_shares_of_token_equivalents():
    by_tag = np.asarray([10, 40, 20, 30])
    assert coverage(by_tag) == 0.9
    assert kept_share(by_tag, by_tag, 50) == (0.5, 0.6)
    assert kept_share(by_tag, by_tag, 0) == (0.4, 0.5)


def test_what_is_not_sure_moves_the_share_on_the_side_of_its_tag():
    assert kept_share([0, 40, 0, 60], [0, 140, 0, 60], 50) == (0.4, 0.7)
    assert kept_share([0, 40, 0, 60], [0, 40, 0, 160], 50) == (0.2, 0.4)
    assert kept_share([0, 40, 0, 60], [100, 40, 0, 60], 50) == (0.2, 0.7)
