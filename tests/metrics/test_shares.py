import numpy as np

from ledger.metrics.shares import coverage, kept_share, share


def test_a_share_of_nothing_is_not_said():
    assert share(0, 0) is None
    assert coverage(np.zeros(4, dtype=np.int64)) is None
    assert kept_share(np.zeros(4, dtype=np.int64), 50) == (None, None)


def test_shares_of_token_equivalents():
    by_tag = np.asarray([10, 40, 20, 30])
    assert coverage(by_tag) == 0.9
    assert kept_share(by_tag, 50) == (0.5, 0.6)
    assert kept_share(by_tag, 0) == (0.4, 0.5)
