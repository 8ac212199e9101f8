from fractions import Fraction

import numpy as np
import pytest

from ledger.metrics.credit import credit, guessed

KEPT, EDITED, THROWN, OPEN = 2, 4, 8, 1


def shared(*codes, worth=50):
    """Return lower and upper credit, in percent, of groups that share one block."""
    block, group = np.zeros(len(codes), np.intp), np.arange(len(codes))
    found = credit(np.asarray(codes, dtype=np.uint8), block, 1, worth)
    return list(zip(*found.bounds(group, len(codes), worth), strict=True))


def guesses(expected, *codes, worth=50):
    block = np.zeros(len(codes), np.intp)
    each = np.full(len(codes), float(expected))
    return guessed(np.asarray(codes, np.uint8), block, 1, each, worth).tolist()


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((KEPT, THROWN), [100, 0]),
        ((KEPT, EDITED), [100, 0]),
        ((KEPT, KEPT | THROWN), [50, 50]),
        ((EDITED, EDITED, THROWN), [25, 25, 0]),
        ((THROWN, THROWN), [0, 0]),
    ],
)
def test_the_best_share_equally(codes, expected):
    assert shared(*codes) == [(one, one) for one in expected]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((KEPT, OPEN), [(50, 100), (0, 50)]),
        ((EDITED, OPEN), [(0, 50), (0, 100)]),
        ((OPEN, OPEN), [(0, 100), (0, 100)]),
        ((EDITED | OPEN, EDITED), [(25, 100), (0, 25)]),
        ((KEPT | OPEN, KEPT, OPEN), [(Fraction(100, 3), 50), (Fraction(100, 3), 50),
                                     (0, Fraction(100, 3))]),
    ],
)  # fmt: skip
def test_what_is_open_may_go_against_a_group_or_its_way(codes, expected):
    assert shared(*codes) == expected


@pytest.mark.parametrize(
    ("worth", "expected"), [(0, [(100, 100), (0, 0)]), (100, [(50, 50), (50, 50)])]
)
def test_edited_shares_as_what_it_is_worth(worth, expected):
    assert shared(KEPT, EDITED, worth=worth) == expected
    assert shared(EDITED, THROWN, worth=worth)[0] == (worth, worth)


def test_slots_without_interactions_share_nothing():
    assert shared(KEPT, 0) == [(100, 100), (0, 0)]


def test_the_expected_worth_goes_to_what_is_kept_else_to_what_is_open():
    assert guesses(100, KEPT, OPEN) == [100, 0]
    assert guesses(60, EDITED, OPEN, OPEN) == [0, 30, 30]
    assert guesses(50, EDITED, EDITED, THROWN) == [25, 25, 0]
    assert guesses(0, EDITED, THROWN, worth=0) == [0, 0]
    assert guesses(100, EDITED, KEPT, worth=100) == [50, 50]


def test_blocks_do_not_mix():
    codes = np.asarray([KEPT, THROWN, EDITED, KEPT], dtype=np.uint8)
    block = np.asarray([0, 0, 1, 1])
    found = credit(codes, block, 2, 50).bounds(np.asarray([0, 1, 0, 1]), 2, 50)
    assert found == [[100, 100], [100, 100]]
