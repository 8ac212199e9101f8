"""What must hold of the measure whatever the ledger: I1 to I25 of its definition, exactly."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.charges import EPOCH, charges
from ledger.metrics.intervals import _cached_draws, interval
from ledger.metrics.query import Query
from ledger.metrics.ratio import SCALE
from ledger.metrics.registry import METRICS, Form, panel
from ledger.metrics.tally import summary_of
from ledger.metrics.trends import ratio_series, smoothed
from tests.metrics import reference
from tests.metrics.exact import exact, whole
from tests.metrics.pricing import book_of
from tests.metrics.rows import (
    MODELS,
    MONDAY_S,
    Dice,
    Row,
    Use,
    frame,
    ledgers,
    plain_ledgers,
    retagged,
    spent,
)

VIEWS = (True, False)  # the headline, and everything together
WEEK_S = 7 * 86_400
places = st.integers(0, 10**6)
MONEY = {metric.key for metric in METRICS if metric.form is Form.DOLLARS} | {"priced"}
ZONES = (
    UTC,
    ZoneInfo("America/St_Johns"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Pacific/Kiritimati"),
    ZoneInfo("Europe/Berlin"),
    timezone(timedelta(hours=-11)),
)
I24 = (9.741473117917948, 61.89183712806812)


def not_above(left: Fraction | None, right: Fraction | None) -> bool:
    return left is None or right is None or left <= right


def burning(rows: list[Row], at: int, te: int) -> list[Row]:
    """Return the rows with more tokens on one of them."""
    more = Use(te, quarter=rows[at].time_s // 900)
    return [
        replace(row, uses=(*row.uses, more)) if number == at else row
        for number, row in enumerate(rows)
    ]


@given(ledgers(least=1), places, st.integers(1, 10**7))
def test_i1_burning_tokens_never_pays(rows, place, te):
    at = place % len(rows)
    after = burning(rows, at, te)
    for headline in VIEWS:
        was, now = whole(rows, headline=headline), whole(after, headline=headline)
        assert not_above(now.lower, was.lower)
        assert not_above(now.upper, was.upper)
        if was.lower and (rows[at].delivers or not headline):
            assert now.lower < was.lower


@given(ledgers(), st.lists(st.integers(), min_size=14, max_size=14))
def test_i2_sessions_do_not_matter(rows, sessions):
    renamed = [
        replace(row, session=session % 2**40)
        for row, session in zip(rows, sessions[: len(rows)], strict=True)
    ]
    assert exact(renamed) == exact(rows)


@given(ledgers(least=1), places, st.integers(0, 10**6))
def test_i3_splitting_an_interaction_changes_nothing(rows, place, part):
    at = place % len(rows)
    row = rows[at]
    halves = []
    for use in row.uses:
        te, low, high = (min(part, one) for one in (use.te, *use.range[::2]))
        low = min(low, te)
        first = replace(use, te=te, low=low, high=max(high, te), unknown=0)
        rest = [whole_ - mine for whole_, mine in zip(use.range, first.range, strict=True)]
        if not rest[0] <= rest[1] <= rest[2]:
            assume(False)
        halves.append((first, replace(use, te=rest[1], low=rest[0], high=rest[2])))
    one = replace(row, uses=tuple(first for first, _ in halves))
    other = replace(row, id=999_999, uses=tuple(second for _, second in halves))
    split = [*rows[:at], one, *rows[at + 1 :], other]
    for headline in VIEWS:
        assert whole(split, headline=headline) == whole(rows, headline=headline)
    assert whole(burning(split, at, 1)).most >= whole(rows).most


@given(ledgers(least=1), places, st.integers(1, 4))
def test_i4_copies_running_in_parallel_only_cost(rows, place, copies):
    row = rows[place % len(rows)]
    assume(sum(use.te for use in row.uses))
    more = [*rows, *(replace(row, id=10_000 + number) for number in range(copies))]
    for headline in VIEWS:
        was, now = whole(rows, headline=headline), whole(more, headline=headline)
        assert (now.signal_lower, now.signal_upper) == (was.signal_lower, was.signal_upper)
        if was.lower and (row.delivers or not headline):
            assert now.lower < was.lower


@given(ledgers(), ledgers(least=1, most=1, tags=(3,)))
def test_i5_throwing_away_never_pays(rows, thrown):
    after = [*rows, replace(thrown[0], id=999_999)]
    for headline in VIEWS:
        was, now = whole(rows, headline=headline), whole(after, headline=headline)
        assert not_above(now.lower, was.lower)
        assert not_above(now.upper, was.upper)


@given(ledgers(least=1, tags=(1, 2, 3)), places, st.integers(0, 100))
def test_i6_a_better_tag_never_lowers_a_figure(rows, place, worth):
    at = place % len(rows)
    for headline in VIEWS:
        thrown, edited, kept = (
            whole(retagged(rows, at, tag), headline=headline, worth=worth) for tag in (3, 2, 1)
        )
        for less, more in ((thrown, edited), (edited, kept)):
            assert not_above(less.lower, more.lower)
            assert not_above(less.upper, more.upper)
            assert less.kept_lower <= more.kept_lower


@given(ledgers(least=1), places, st.sampled_from((1, 2, 3)))
def test_i7_a_tag_never_widens_the_bounds(rows, place, tag):
    missing = [at for at, row in enumerate(rows) if not row.tag]
    assume(missing)
    at = missing[place % len(missing)]
    after = retagged(rows, at, tag)
    for headline in VIEWS:
        if not headline and not rows[at].is_prompted:
            continue  # tagging automation lets it count: more work, not more knowledge
        was, now = whole(rows, headline=headline), whole(after, headline=headline)
        assert not_above(was.lower, now.lower)
        assert not_above(now.upper, was.upper)
        assert was.kept_lower <= now.kept_lower <= now.kept_upper <= was.kept_upper


@given(ledgers(most=7, origins=(0,)))
def test_i7_every_completion_lies_within_the_bounds(rows):
    assume(sum(not row.tag for row in rows) <= 4)
    for headline in VIEWS:
        open_ = whole(rows, headline=headline)
        for full in reference.completions(rows):
            closed = whole(full, headline=headline)
            assert open_.signal_lower <= closed.signal_lower == closed.signal_upper
            assert closed.signal_upper <= open_.signal_upper
            assert not_above(open_.lower, closed.lower)
            assert not_above(closed.upper, open_.upper)


@given(ledgers(tags=(1, 2, 3), estimates=False, unknown=False))
def test_i7_tagged_and_counted_bounds_meet(rows):
    for headline in VIEWS:
        found = whole(rows, headline=headline)
        assert found.lower == found.upper


@given(ledgers(least=1, tags=(1, 2, 3)), st.sets(places))
def test_i8_forgetting_tags_never_raises_the_lower_bound(rows, forgotten):
    gone = {place % len(rows) for place in forgotten}
    fewer = [replace(row, tag=0) if at in gone else row for at, row in enumerate(rows)]
    for headline in VIEWS:
        assert not_above(
            whole(fewer, headline=headline).lower, whole(rows, headline=headline).lower
        )
    was, now = whole(rows), whole(fewer)
    paid = any(use.te for at in gone for use in rows[at].uses)
    if was.coverage is not None:
        assert now.coverage < was.coverage if paid else now.coverage == was.coverage


@given(ledgers(), st.integers(2, 4))
def test_i9_repeating_everything_at_other_dates_changes_no_ratio(rows, times):
    again = [
        replace(
            row,
            id=row.id + number * 100_000,
            time_s=row.time_s + number * WEEK_S,
            uses=tuple(
                replace(use, quarter=use.quarter + number * WEEK_S // 900) for use in row.uses
            ),
        )
        for number in range(times)
        for row in rows
    ]
    for headline in VIEWS:
        was, now = whole(rows, headline=headline), whole(again, headline=headline)
        assert (now.lower, now.upper, now.coverage) == (was.lower, was.upper, was.coverage)
        assert now.signal_lower == times * was.signal_lower
        assert (now.most, now.least) == (times * was.most, times * was.least)
        assert now.kept_lower == times * was.kept_lower


@given(ledgers(least=1, days=3), st.integers(0, 6))
def test_i10_a_whole_lies_between_its_periods(rows, half):
    cut = MONDAY_S + 86_400 + (18 + half) * 1800
    parts = [
        whole(rows, headline=False, wanted=wanted)
        for wanted in (Filter(until_s=cut), Filter(since_s=cut))
    ]
    everything = whole(rows, headline=False)
    assert everything.signal_lower == sum(part.signal_lower for part in parts)
    assert everything.most == sum(part.most for part in parts)
    if all(part.lower is not None for part in parts):
        ends = [part.lower for part in parts]
        assert min(ends) <= everything.lower <= max(ends)
    if all(part.upper is not None for part in parts):
        ends = [part.upper for part in parts]
        assert min(ends) <= everything.upper <= max(ends)


@given(ledgers(least=1, days=3, intents=(0,), origins=(0,)), st.integers(0, 6))
def test_i10_holds_for_the_headline_where_nothing_is_exempt(rows, half):
    cut = MONDAY_S + 86_400 + (18 + half) * 1800
    parts = [whole(rows, wanted=wanted) for wanted in (Filter(until_s=cut), Filter(since_s=cut))]
    if all(part.lower is not None for part in parts):
        ends = [part.lower for part in parts]
        assert min(ends) <= whole(rows).lower <= max(ends)


@given(ledgers(least=1), st.sets(places))
def test_i11_calling_work_an_experiment_gains_a_third_at_most(rows, relabelled):
    chosen = {place % len(rows) for place in relabelled}
    after = [replace(row, intent=1) if at in chosen else row for at, row in enumerate(rows)]
    before, now = whole(rows, headline=False), whole(after)
    for cleverest, honest in ((now.lower, before.lower), (now.upper, before.upper)):
        if honest is not None and cleverest is not None:
            assert cleverest <= honest / (1 - Fraction(1, 4))


@given(ledgers(), st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_i12_the_figure_rises_with_the_worth_of_edited(rows, worths):
    for headline in VIEWS:
        found = [whole(rows, headline=headline, worth=worth) for worth in (0, *sorted(worths), 100)]
        for less, more in pairwise(found):
            assert not_above(less.lower, more.lower)
            assert not_above(less.upper, more.upper)


@given(ledgers(), st.integers(0, 2**64))
def test_i13_what_evidence_suggests_moves_no_figure_but_the_agreement_with_it(rows, luck):
    dice = Dice(luck)
    seen = [replace(row, suggested=dice.below(4), confidence=dice.below(101)) for row in rows]
    one, other = (Query(frame=made, selection=made.select()) for made in map(frame, (rows, seen)))
    assert exact(seen) == exact(rows)
    for before, after in zip(panel(one), panel(other), strict=True):
        assert after == before or after.key == "agreement"


@given(ledgers(), st.lists(st.integers(0, 10**8), min_size=3, max_size=3))
def test_i14_prices_never_touch_a_figure_that_rests_on_tokens(rows, dollars):
    made = frame(rows)
    looks = [
        Query(frame=made, selection=made.select(), interval=False, book=book)
        for book in (None, book_of(dict(zip(MODELS, dollars, strict=True))), book_of({}))
    ]
    rest = [[one for one in panel(look) if one.key not in MONEY] for look in looks]
    assert rest[0] == rest[1] == rest[2]


@given(ledgers(), st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 3))
def test_i14_a_later_price_never_moves_what_was_spent_before(rows, first, second, days):
    made = frame(rows)
    cut = EPOCH + timedelta(days=MONDAY_S // 86_400 + days)
    plain = charges(made, book_of(dict.fromkeys(MODELS, first)))
    dearer = charges(made, book_of(dict.fromkeys(MODELS, first), later=(cut, second)))
    before = made.quarter * 900 < (cut - EPOCH).days * 86_400
    amounts_and_lacks = zip(plain[:4], dearer[:4], strict=True)
    for one, other in amounts_and_lacks:
        assert (one[before] == other[before]).all()


@given(ledgers(), st.lists(places, max_size=4))
def test_i15_reading_the_same_again_changes_nothing(rows, repeated):
    from tests.metrics.rows import columns

    made = frame(rows)
    again = [rows[place % len(rows)] for place in dict.fromkeys(repeated) if rows]
    again = list({row.id: row for row in again}.values())
    other = made.patched(columns(again)).patched(columns(again))
    before = summary_of(made, made.select(), interval=False)
    assert summary_of(other, other.select(), interval=False) == before


@given(ledgers(least=1), places)
def test_i16_an_interaction_that_left_stays_gone_and_can_come_back(rows, place):
    from tests.metrics.rows import columns

    gone = rows[place % len(rows)]
    rest = [row for row in rows if row is not gone]
    made, expected = frame(rows), frame(rest)
    less = made.patched(columns([]), [gone.id])
    assert summary_of(less, less.select(), interval=False) == summary_of(
        expected, expected.select(), interval=False
    )
    back = less.patched(columns([gone]))
    assert summary_of(back, back.select(), interval=False) == summary_of(
        made, made.select(), interval=False
    )


@given(ledgers(), st.sampled_from(ZONES))
def test_i17_the_time_zone_moves_work_between_days_and_changes_no_total(rows, zone):
    everything = whole(rows)
    assert whole(rows, zone=zone) == everything
    by_day = exact(rows, by="day", zone=zone).values()
    assert sum((day.signal_lower for day in by_day), Fraction(0)) == everything.signal_lower
    assert sum((day.signal_upper for day in by_day), Fraction(0)) == everything.signal_upper
    assert sum(day.kept_lower for day in by_day) == everything.kept_lower


amounts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 1000)), min_size=1, max_size=60)


@given(amounts)
def test_i18_the_smoothed_line_stays_between_the_daily_ratios(days):
    import numpy as np

    worth = np.asarray([worth if cost else 0 for worth, cost in days], dtype=np.float64)
    cost = np.asarray([cost for _, cost in days])
    line = smoothed(worth, cost, 14.0)
    seen = []
    for at, value in enumerate(line):
        if cost[at]:
            seen.append(worth[at] / cost[at])
        elif at:
            assert value == line[at - 1]
        if seen:
            assert min(seen) * (1 - 1e-12) <= value <= max(seen) * (1 + 1e-12)
        else:
            assert value is None


@given(plain_ledgers, places, st.integers(1, 10**7))
@pytest.mark.parametrize("by", ["tool", "model", "project", "kind"])
def test_i20_groups_add_up_and_do_not_pay_for_each_other(by, rows, place, te):
    rows = [replace(row, tag=row.tag or 1, uses=row.uses or (spent(1),)) for row in rows]
    groups, everything = exact(rows, by=by), whole(rows)
    total = sum((group.signal_lower for group in groups.values()), Fraction(0))
    assert total == everything.signal_lower
    at = place % len(rows)
    more = replace(rows[at].uses[0], te=rows[at].uses[0].te + te)
    burnt = [*rows]
    burnt[at] = replace(rows[at], uses=(more, *rows[at].uses[1:]))
    (burner,) = reference.groups_of(replace(rows[at], uses=(more,)), by)
    after = exact(burnt, by=by)
    assert not_above(after[burner].lower, groups[burner].lower)
    assert all(after[key] == group for key, group in groups.items() if key != burner)


@given(ledgers(origins=(0, 4)), st.integers(0, 100))
def test_i22_signal_is_bounded_by_the_half_hours_of_the_day(rows, worth):
    prompted = {row.block for row in rows if row.is_prompted}
    assert whole(rows, worth=worth).signal_upper <= len(prompted)
    for key, day in exact(rows, by="day", zone=UTC).items():
        projects = {row.project for row in rows}
        assert day.signal_upper <= 48 * len(projects), key


@given(ledgers(least=1, origins=(0,)), places)
def test_i22_idle_agents_add_nothing(rows, place):
    row = rows[place % len(rows)]
    agent = replace(row, id=999_999, origin=4, tag=0, time_s=row.time_s + 5 * 3600)
    for headline in VIEWS:
        was, now = (whole(some, headline=headline) for some in (rows, [*rows, agent]))
        assert (now.signal_lower, now.signal_upper) == (was.signal_lower, was.signal_upper)


@given(ledgers(least=1), places, st.integers(0, reference.CEILING))
def test_i23_not_knowing_a_count_never_gives_a_higher_lower_bound(rows, place, te):
    at = place % len(rows)
    quarter = rows[at].time_s // 900
    unknown, known = (
        [replace(row, uses=(*row.uses, use)) if row is rows[at] else row for row in rows]
        for use in (Use(0, quarter=quarter, unknown=1), Use(te, quarter=quarter))
    )
    for headline in VIEWS:
        assert not_above(
            whole(unknown, headline=headline).lower, whole(known, headline=headline).lower
        )
        assert not_above(
            whole(known, headline=headline).upper, whole(unknown, headline=headline).upper
        )


@given(ledgers(least=1, unknown=False), places)
def test_i23_an_estimate_never_gives_a_higher_lower_bound_than_its_range(rows, place):
    def settled(row, end):
        return replace(
            row, uses=tuple(replace(u, te=u.range[end], low=None, high=None) for u in row.uses)
        )

    at = place % len(rows)
    for headline in VIEWS:
        estimated = whole(rows, headline=headline)
        for end in (0, 1, 2):
            known = [settled(row, end) if row is rows[at] else row for row in rows]
            counted = whole(known, headline=headline)
            assert not_above(estimated.lower, counted.lower)
            assert not_above(counted.upper, estimated.upper)


def test_i24_the_same_data_gives_the_same_interval():
    import numpy as np

    worth = np.asarray([100.0, 250, 0, 300, 150, 400, 50, 100, 0, 200, 350])
    cost = np.asarray([3.0, 4, 9, 2, 5, 7, 1, 3, 8, 2, 6])
    first = interval(worth, cost)
    _cached_draws.cache_clear()
    assert interval(worth, cost) == first
    # The numbers themselves: another numpy or machine must not move a published interval.
    assert first == pytest.approx(I24, rel=1e-9)


@given(ledgers(), st.integers(0, 2**64))
def test_i25_only_a_persons_tag_moves_worth(rows, luck):
    dice = Dice(luck)
    seen = [replace(row, kind=dice.below(10), suggested=dice.below(4)) for row in rows]
    for headline in VIEWS:
        assert whole(seen, headline=headline) == whole(rows, headline=headline)


@given(ledgers(least=6, most=14, days=9, intents=(0,), origins=(0,)))
def test_i24_the_same_rows_in_another_order_give_the_same_series(rows):
    one, other = frame(rows), frame(rows[::-1])
    assert ratio_series(one, one.select()) == ratio_series(other, other.select())


def test_scale_turns_percent_per_fourth_into_blocks_per_mte():
    assert Fraction(100) * SCALE / (4 * 20 * 10**6) == 1
