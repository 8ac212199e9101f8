from datetime import date

from ledger.core.curves import Change
from ledger.flows.finding_words import cache, few, interval, kind, shift, stop, uneven
from ledger.metrics.cache_shift import CacheShare
from ledger.metrics.fate_rates import FateRate

GOOD, REST = FateRate("refactor", 12, 10, 9, 1), FateRate("all", 60, 50, 20, 30)


def plain(statement):
    return statement.text.replace("\u202f", " ")


def test_a_kind_is_told_with_its_number_its_interval_and_the_rest():
    said = kind(GOOD, REST, 0.95)
    assert plain(said) == (
        "Refactors: you kept 9 of 10 half-hours (62–99 %), of all other work 40 % (27–54 %)."
    )
    assert said.words == "kind:refactor"


def test_a_size_is_told_against_those_that_stopped_before():
    said = stop(3.0, FateRate("past", 60, 60, 17, 0), FateRate("short", 80, 80, 60, 0), 0.95)
    assert plain(said).startswith("Half-hours past 3.0 M tokens: 28 % end up kept (18–41 %, of 60)")
    assert plain(said).endswith("Of those that stop before it is 75 % (65–83 %).")
    assert said.chart == "size"


def test_a_change_leads_to_its_chart():
    change = Change(week=date(2026, 8, 3), weeks_either_way=2, factor=1.8, p=0.001)
    assert "3 Aug 2026" in shift(change).text
    assert shift(change).chart == "changing"


def test_what_is_read_from_a_cache_is_told_for_both_periods():
    one, other = CacheShare(0.62, 0.55, 0.7, 20), CacheShare(0.81, 0.75, 0.86, 19)
    assert plain(cache(one, other, date(2026, 11, 14), 28)) == (
        "62 % of the input was read from a cache in the four weeks to 14 Nov (55–70 %), "
        "81 % in the four weeks before (75–86 %). What is read from a cache costs about a tenth."
    )


def test_uneven_spending_is_told_with_how_many():
    assert plain(uneven(0.53, 240)) == (
        "The largest 5 % of your 240 half-hours of work took 53 % of the tokens."
    )


def test_an_interval_of_nothing_contrary_reaches_the_end():
    assert interval(FateRate("x", 10, 10, 10, 0), 0.95).replace("\u202f", " ") == "78–100 %"


def test_few_is_the_least_number_that_makes_half():
    assert few([5, 1, 1, 1]) == 1
    assert few([1, 1, 1, 1]) == 2
    assert few([]) == 0
