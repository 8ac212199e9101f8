from ledger.metrics.cache_share import cache_share
from tests.metrics.looking import look
from tests.metrics.pricing import used
from tests.metrics.rows import Row, Use


def test_the_share_is_of_all_that_went_in():
    found = cache_share(
        look([Row(1, uses=(used(fresh=10, output=999, cache_read=70, five=15, hour=5),))])
    )
    assert (found.value, found.n, found.note) == (0.7, 1, "")


def test_requests_without_counts_are_left_out_and_named():
    found = cache_share(look([Row(1, uses=(used(fresh=1, cache_read=1), Use(0, unknown=1)))]))
    assert (found.value, found.n) == (0.5, 1)
    assert "1 requests" in found.note


def test_where_nothing_went_in_nothing_is_said():
    assert cache_share(look([Row(1, uses=(used(output=5),))])).value is None
