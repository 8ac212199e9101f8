import pytest

from ledger.core.report import Include, rounded, rounded_or_none


@pytest.mark.parametrize(
    ("value", "figures", "said"),
    [
        *((0.0, 3, 0.0), (3.14159, 3, 3.14), (104_729, 2, 100_000)),
        *((0.000123456, 2, 0.00012), (-1.55, 1, -2.0)),
    ],
)  # fmt: skip
def test_numbers_keep_so_many_figures_that_matter(value, figures, said):
    assert rounded(value, figures) == said


def test_what_is_not_known_stays_unknown():
    assert rounded_or_none(None) is None
    assert rounded_or_none(2.345) == 2.35 or rounded_or_none(2.345) == 2.34


def test_everything_that_can_be_let_in_says_what_it_is():
    assert all(one.words for one in Include)
