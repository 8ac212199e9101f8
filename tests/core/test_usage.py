from hypothesis import given
from hypothesis import strategies as st

from ledger.core.usage import LARGEST_COUNT, TWENTIETHS, Usage, twentieths

COUNT = st.integers(0, LARGEST_COUNT)


def test_the_weights_are_the_prices_ratios():
    one = [twentieths(*(int(n == k) for n in range(5))) / TWENTIETHS for k in range(5)]
    assert one == [1, 0.1, 1.25, 2, 5]


@given(st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT))
def test_token_equivalents_fit_in_64_bits_and_grow_with_every_counter(counts):
    base = twentieths(*counts)
    assert base < 2**63
    for n in range(5):
        more = [c + (k == n) for k, c in enumerate(counts)]
        assert twentieths(*more) > base


def test_reasoning_is_inside_output_and_not_added():
    assert (
        Usage(
            input=1, cache_read=2, cache_write_5m=3, cache_write_1h=4, output=5, reasoning=5
        ).total
        == 15
    )
