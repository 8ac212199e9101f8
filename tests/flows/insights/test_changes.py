from datetime import UTC, date, datetime

from ledger.core.filters import ANY, Filter
from ledger.flows.insights import changes
from tests.flows.insights.test_charts import DAY, MTE, NOON, frame, steady


def test_the_settled_period_leaves_out_the_last_week():
    first, end = changes.settled_period(ANY, NOON, UTC)
    assert end == date(2026, 11, 15)
    assert (end - first).days == 28


def test_the_settled_period_is_as_long_as_the_filter():
    since = NOON - 97 * DAY
    first, end = changes.settled_period(Filter(since_s=since), NOON, UTC)
    assert (end - first).days == 90
    assert end == date(2026, 11, 15)


def test_the_settled_period_ends_with_the_filter():
    until = int(datetime(2026, 9, 1, tzinfo=UTC).timestamp())
    assert changes.settled_period(Filter(until_s=until), NOON, UTC)[1] == date(2026, 9, 1)


def test_a_clear_change_is_told():
    cheap, dear = steady(28, te=MTE, ago=8), steady(28, te=9 * MTE, ago=36)
    said = changes.change(frame(*cheap, *dear), ANY, NOON, UTC).statement
    assert said.text.startswith("More signal per token in the four weeks to 14 Nov")


def test_an_unclear_change_is_not():
    rows = steady(70, ago=0)
    assert changes.change(frame(*rows), ANY, NOON, UTC).statement.text.startswith(
        "No clear difference."
    )


def test_the_figures_of_both_periods_stand_side_by_side():
    cheap, dear = steady(28, te=MTE, ago=8), steady(28, te=9 * MTE, ago=36)
    found = changes.change(frame(*cheap, *dear), ANY, NOON, UTC)
    assert (found.now, found.before) == ("18 Oct – 14 Nov 2026", "20 Sep – 17 Oct 2026")
    by_name = {pair.name: pair for pair in found.pairs}
    assert by_name["Half-hours of work"][1:3] == ("56", "56")
    assert by_name["Tagged"].now.startswith("100")
    assert by_name["Kept share"].before.startswith("100")
    assert by_name["Signal per token"].now.startswith("1.0 (")
    assert by_name["Tokens, weighted"].before.startswith("504")


def test_where_nothing_is_known_nothing_is_claimed():
    found = changes.change(frame((NOON - 20 * DAY, 0, MTE)), ANY, NOON, UTC)
    by_name = {pair.name: pair for pair in found.pairs}
    assert by_name["Kept share"].now.endswith("to 100\u202f%")
    assert by_name["Kept share"].before == "–"
    assert by_name["Tagged"].before == "–"
    assert by_name["Signal per token"].now.endswith("(bounds)")
