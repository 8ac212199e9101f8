from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from ledger.core.errors import LedgerError
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.report import Agreement, Include, Learned, Part, Period, Trend, Words
from ledger.flows.review.building import FEWEST_MEASURED, review, survived
from ledger.flows.review.recipe import Recipe
from ledger.host import prices
from tests.metrics.rows import frame as frame_of
from tests.metrics.rows import ledgers
from tests.reviews import CLAIMS, QUARTER, a_frame, a_report, ledger_rows

JUNE = Period(name="2026-06", first=date(2026, 6, 1), last=date(2026, 6, 30))


def test_a_review_says_what_it_covers():
    scope = a_report().scope
    assert scope.tools == ("Claude Code", "Codex CLI")
    assert (scope.interactions, scope.requests, scope.tagged) == (240, 480, 216)
    assert scope.counted == 1
    assert scope.experiments == 15
    assert scope.excluded == 0


def test_losses_and_both_ratios_are_always_in():
    report = a_report(parts=frozenset())
    assert [fate.tag for fate in report.outcome.fates][2] == "thrown away"
    assert report.outcome.fates[2].interactions == 24
    assert report.outcome.deliver.point is not None
    assert report.outcome.everything.point is not None


def test_what_was_left_out_is_told():
    scope = a_report(without=frozenset(("Kranich",))).scope
    assert scope.excluded == 60
    assert 0.2 < scope.excluded_share < 0.3
    assert scope.interactions == 180


def test_a_part_that_is_left_out_holds_nothing():
    report = a_report(parts=frozenset())
    assert report.words == Words()
    assert report.trend == Trend()
    assert report.learned == Learned()
    assert report.changed == ()
    assert a_report(parts=frozenset(Part)).words == CLAIMS


def test_nothing_optional_is_in_unless_asked_for():
    report = a_report()
    assert (report.totals, report.rates, report.money) == (None, None, None)
    recipe = Recipe(period="2026-Q3", include=frozenset(Include))
    full = review(a_frame(), QUARTER, recipe, book=prices.book())
    assert full.totals.input == sum(1000 + n for n in range(240))
    assert full.rates.active_days == 80
    assert full.money.note


def test_a_period_without_tags_is_refused_because_losses_would_be_missing():
    untagged = frame_of([replace(row, tag=0) for row in ledger_rows()])
    with pytest.raises(LedgerError, match="thrown away"):
        a_report(untagged)


def test_a_period_without_work_is_refused():
    with pytest.raises(LedgerError, match="Nothing was logged"):
        a_report(period=JUNE)


def test_suggestions_are_held_against_tags():
    frame = a_frame()
    columns = frame.columns(0)
    columns.suggested[:] = type(columns.suggested)("b", [1] * len(frame))
    agreed = a_report(type(frame).of(columns)).agreement
    assert agreed == Agreement(agreed=144, of=216)


def test_survival_of_others_does_not_count():
    survivals = [
        Survival(interaction=n, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=0,
                 anywhere=1.0, grams=50)
        for n in (*range(1000, 1010), *range(9000, 9010))
    ]  # fmt: skip
    recipe = Recipe(period="2026-Q3")
    week = review(a_frame(), QUARTER, recipe, survivals=survivals).outcome.survived[0]
    assert week.share.n == 10


def test_the_fingerprint_moves_with_a_tag_and_not_with_a_name():
    rows = ledger_rows()
    before = a_report(frame_of(rows)).method.extract
    renamed = [replace(row, project=row.project + "x", labels=frozenset()) for row in rows]
    retagged = [replace(rows[0], tag=3), *rows[1:]]
    assert a_report(frame_of(renamed)).method.extract == before
    assert a_report(frame_of(retagged)).method.extract != before


@settings(max_examples=15)
@given(ledgers(least=1))
def test_no_ledger_breaks_it_and_twice_is_the_same(rows):
    frame = frame_of(rows)
    try:
        first = a_report(frame, JUNE)
    except LedgerError:
        assert not any(row.tag for row in rows)
        return
    assert a_report(frame, JUNE) == first
    assert any(row.tag for row in rows)


def survivals_of(
    number: int, anywhere: float, fate: Fate = Fate.MEASURED, **more
) -> list[Survival]:
    return [
        Survival(interaction=n, horizon=Horizon.WEEK, fate=fate, looked_ms=0, anywhere=anywhere,
                 grams=100 + n, **more)
        for n in range(number)
    ]  # fmt: skip


def test_survival_is_weighted_and_has_its_baseline():
    week, month = survived(
        [*survivals_of(10, 1.0, baseline=0.9), *survivals_of(10, 0.5, baseline=0.9)]
    )
    assert (week.horizon, week.share.n) == ("7 days", 20)
    assert week.share.value == 0.75
    assert week.share.low < 0.75 < week.share.high <= 1
    assert week.baseline == 0.9
    assert month.share.value is None


def test_reverted_work_counts_as_gone_and_unmeasured_work_does_not_count():
    survivals = [
        *survivals_of(10, 0.0, Fate.REVERTED),
        *survivals_of(10, 1.0),
        *survivals_of(9, 1.0, Fate.PARKED),
    ]
    week, _ = survived(survivals)
    assert (week.share.n, week.share.value) == (20, 0.5)


def test_few_are_too_few():
    week, _ = survived(survivals_of(FEWEST_MEASURED - 1, 1.0))
    assert week.share.value is None
    assert week.share.n == FEWEST_MEASURED - 1
