from collections import defaultdict
from datetime import UTC
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.grouping import grouping
from ledger.metrics.intervals import GroupIntervals
from ledger.metrics.outcome import Outcome
from ledger.metrics.spending import spending
from ledger.metrics.tally import account, summaries, summary_at, summary_by_group, summary_of, tally
from tests.metrics import reference
from tests.metrics.exact import exact
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400
BY = ("tool", "model", "project")


def tallied(rows, by="all", interval=True):
    made = frame(rows)
    groups = grouping(made, by)
    return tally(made, made.select(), groups, zone=None, edited_worth=50, interval=interval)


@given(ledgers(intents=(0,), origins=(0,)))
def test_without_experiments_both_ratios_are_the_same(rows):
    found = tallied(rows)
    one = summary_at(found, 0)
    assert one.ratio == one.ratio_all


@given(ledgers())
def test_every_group_has_a_summary_in_the_order_of_keys(rows):
    found = tallied(rows, "tool", interval=False)
    used = {row.tool for row in rows}
    assert [one.key for one in summaries(found)] == [k for k in found.groups.keys if k in used]


def test_evidence_is_what_the_gates_ask_for():
    rows = [
        Row(1, tag=1, uses=(spent(30),)),
        Row(2, MONDAY_S + DAY_S, uses=(spent(10, requests=4, unknown=1),)),
    ]
    found = tallied(rows)
    decided, days, tagged, unknown = found.headline.known[0]
    assert (decided, days, unknown) == (1, 2, 0.2)
    assert tagged == 30 / (40 + 10)  # the request without counts is taken for one like the others


def test_experiments_have_their_own_evidence():
    rows = [
        Row(number, MONDAY_S + number * DAY_S, tag=1, intent=int(number < 12),
            uses=(spent(1000 + number * 37, MONDAY_S + number * DAY_S),))
        for number in range(14)
    ]  # fmt: skip
    one = summary_at(tallied(rows), 0)
    assert (one.ratio.blocks, one.ratio_all.blocks) == (2, 14)
    assert one.ratio.low is None
    assert one.ratio_all.low is not None
    assert one.ratio_all.low < one.ratio_all.upper < one.ratio_all.high


def accounted(rows, *, is_headline=True):
    made = frame(rows)
    selection, groups, days = made.select(), grouping(made, "all"), made.days(UTC)
    used = spending(made, selection, groups.portion_group, 1)
    judged = Outcome(made, selection, groups, made.delivering, days, 50)
    found = account(judged, used, is_headline=is_headline)
    return found.with_intervals(GroupIntervals(made, selection, groups, days), used), used


def work(blocks, experiments=0):
    return [
        Row(number, MONDAY_S + number // 3 * DAY_S + number % 3 * 1800, tag=1 + number % 3,
            intent=int(number >= blocks),
            uses=(spent(900_000 + number * 31_337, MONDAY_S + number // 3 * DAY_S),))
        for number in range(blocks + experiments)
    ]  # fmt: skip


@given(ledgers())
def test_an_account_keeps_bounds_in_order(rows):
    found, used = accounted(rows)
    ratio = found.ratio(used, 0)
    if ratio.lower is not None and ratio.upper is not None:
        assert 0 <= ratio.lower <= ratio.upper


def test_exempt_tokens_leave_the_headline_and_its_interval():
    alone, alone_used = accounted(work(36))
    rows = work(36, experiments=6)
    headline, used = accounted(rows)
    everything, _ = accounted(rows, is_headline=False)
    first, second = alone.ratio(alone_used, 0), headline.ratio(used, 0)
    assert (second.lower, second.low, second.high) == (first.lower, first.low, first.high)
    assert everything.ratio(used, 0).lower < first.lower


def test_the_cap_holds_in_the_interval_as_in_the_bounds():
    headline, used = accounted(work(36, experiments=60))
    everything, _ = accounted(work(36, experiments=60), is_headline=False)
    capped, whole = headline.ratio(used, 0), everything.ratio(used, 0)
    assert capped.lower == pytest.approx(whole.lower * 4 / 3)
    assert capped.low == pytest.approx(whole.low * 4 / 3)
    assert capped.point == pytest.approx(whole.point * 4 / 3)


worths = st.integers(0, 100)


def figure(rows, worth=50, **more):
    made = frame(rows)
    return summary_of(made, made.select(), edited_worth=worth, **more)


def as_float(value):
    return None if value is None else float(value)


@given(ledgers(), worths)
def test_bounds_are_those_of_the_plain_definition(rows, worth):
    found = figure(rows, worth)
    for ratio, headline in ((found.ratio, True), (found.ratio_all, False)):
        expected = reference.bounds(rows, headline=headline, edited=Fraction(worth, 100))
        assert ratio.lower == as_float(expected.lower)
        assert ratio.upper == as_float(expected.upper)
        mine = reference.members(rows, headline=headline)
        assert ratio.blocks == len(reference.blocks_of(mine))


@given(ledgers(), worths)
def test_shares_are_those_of_the_plain_definition(rows, worth):
    found = figure(rows, worth)
    expected = reference.kept_share(rows, Fraction(worth, 100))
    assert found.kept_share_lower == as_float(expected.lower)
    assert found.kept_share_upper == as_float(expected.upper)
    assert found.coverage == as_float(reference.coverage(rows))


@given(ledgers())
def test_counts_are_sums(rows):
    found = figure(rows)
    uses = [use for row in rows for use in row.uses]
    assert found.interactions == len(rows)
    tags = [found.untagged, found.kept, found.edited, found.thrown_away]
    assert tags == [sum(row.tag == tag for row in rows) for tag in range(4)]
    assert found.requests == sum(use.requests for use in uses)
    assert found.unknown == sum(use.unknown for use in uses)
    counters = [sum(use.counters[at] for use in uses) for at in range(5)]
    assert counters == [
        found.input, found.cache_read, found.cache_write, found.output, found.reasoning
    ]  # fmt: skip
    assert found.mte == sum(use.te for use in uses) / 20_000_000


def test_the_worked_example_of_the_page_comes_out():
    tags = [1] * 18 + [2] * 8 + [3] * 6 + [0] * 8
    rows = [
        Row(number, MONDAY_S + number * 3600, tag=tag, uses=(spent(4_800_000),))
        for number, tag in enumerate(tags)
    ]
    found = figure(rows)
    assert found.mte == 9.6
    assert found.ratio.lower == pytest.approx(22 / 9.6)
    assert found.ratio.upper == pytest.approx(30 / 9.6)
    assert found.coverage_blocks == 0.8
    half = figure(rows, 75).ratio.lower - found.ratio.lower
    assert half == pytest.approx(0.25 * 8 / 9.6)


def test_tagging_only_winners_wins_nothing():
    rows = [
        Row(number, MONDAY_S + number * 3600, tag=int(number < 18), uses=(spent(4_800_000),))
        for number in range(40)
    ]
    found = figure(rows)
    assert (found.ratio.lower, found.ratio.upper) == pytest.approx((18 / 9.6, 40 / 9.6))
    assert found.coverage == 0.45
    assert (found.ratio.point, found.ratio.low, found.ratio.high) == (None, None, None)


def even_ledger(blocks, days, tag=lambda number: 1 + number % 3):
    """Return blocks spread over days, every one with slightly other tokens."""
    return [
        Row(
            number,
            MONDAY_S + (number % days) * 86_400 + number // days * 1800,
            tag=tag(number),
            uses=(spent(1_000_000 + number * 7919, MONDAY_S + (number % days) * 86_400),),
        )
        for number in range(blocks)
    ]


@pytest.mark.parametrize(
    ("blocks", "days", "interval", "point"),
    [(7, 7, False, False), (8, 2, False, False), (8, 4, True, False), (29, 12, True, False),
     (30, 12, True, True)],
)  # fmt: skip
def test_gates_hold_back_what_the_evidence_does_not_carry(blocks, days, interval, point):
    found = figure(even_ledger(blocks, days)).ratio
    assert (found.low is not None, found.point is not None) == (interval, point)
    assert (found.low is None) == (found.high is None)
    assert found.lower == found.upper
    assert (found.blocks, found.days) == (blocks, days)


def test_a_point_of_a_tagged_ledger_is_not_assumed():
    found = figure(even_ledger(60, 20)).ratio
    assert not found.assumed
    assert found.point == found.lower == found.upper
    assert found.low < found.point < found.high


def test_a_point_of_a_partly_tagged_ledger_is_assumed_and_within_bounds():
    found = figure(even_ledger(80, 20, lambda number: number % 4)).ratio
    assert found.assumed
    assert found.lower < found.point < found.upper


def test_without_interval_only_bounds_are_said():
    found = figure(even_ledger(60, 20), interval=False).ratio
    assert (found.point, found.low, found.high) == (None, None, None)
    assert found.lower is not None


def test_a_ledger_as_uneven_as_this_has_no_point():
    rows = even_ledger(40, 12, lambda number: 1 if number < 3 else 3)
    found = figure(rows).ratio
    assert found.point is None


@pytest.mark.parametrize(("unknown", "shown"), [(0, True), (12, True), (13, False)])
def test_too_many_unknown_requests_leave_only_bounds(unknown, shown):
    rows = [
        Row(row.id, row.time_s, tag=row.tag, uses=(*row.uses, spent(0, row.time_s, unknown=1)))
        if row.id < unknown
        else row
        for row in even_ledger(48, 16)
    ]
    found = figure(rows).ratio
    assert (found.point is not None) == shown
    assert found.lower < found.upper or not unknown


def test_unknown_requests_are_not_free_in_the_point():
    rows = even_ledger(48, 16)
    some = [
        Row(row.id, row.time_s, tag=row.tag, uses=(*row.uses, spent(0, row.time_s, unknown=1)))
        if row.id < 4
        else row
        for row in rows
    ]
    with_unknown, without = figure(some).ratio, figure(rows).ratio
    assert with_unknown.assumed
    for name in ("point", "low", "high"):
        expected = getattr(without, name) * 48 / 52
        assert getattr(with_unknown, name) == pytest.approx(expected)


def test_an_empty_ledger_says_nothing():
    found = figure([])
    assert found.ratio.lower is found.ratio.upper is found.coverage is found.counted is None
    assert found.interactions == 0


def test_the_key_is_the_one_given():
    made = frame([])
    assert summary_of(made, made.select(), "codex").key == "codex"


def test_estimates_lower_the_counted_share():
    rows = [Row(1, uses=(spent(300),)), Row(2, uses=(spent(100, low=50),))]
    assert figure(rows).counted == 0.75


@given(ledgers(least=1), st.integers(1, 20))
def test_a_filtered_summary_is_that_of_the_filtered_rows(rows, half):
    until = MONDAY_S + 86_400 + (18 + half) * 1800
    made = frame(rows)
    found = summary_of(made, made.select(Filter(until_s=until, tools=frozenset({"codex"}))))
    left = [row for row in rows if row.tool == "codex"]
    tokens = sum(use.te for row in left for use in row.uses if use.quarter * 900 < until)
    assert found.mte == tokens / 20_000_000
    assert found.interactions == sum(row.time_s < until for row in left)


def groups(rows, by, **more):
    made = frame(rows)
    return {one.key: one for one in summary_by_group(made, made.select(), by, **more)}


@pytest.mark.parametrize("by", BY)
@given(ledgers(tags=(1, 2, 3)), st.integers(0, 100))
def test_worth_is_shared_by_those_who_reached_the_best(by, rows, worth):
    mine = reference.members(rows, headline=True)
    if by == "model":
        mine = [row for row in mine if row.uses]
    expected = reference.credit(mine, by, Fraction(worth, 100))
    for key, group in exact(rows, by=by, worth=worth).items():
        assert group.signal_lower == group.signal_upper == expected.get(key, 0)


@pytest.mark.parametrize("by", BY)
@given(ledgers(most=8, halves=2, days=1, origins=(0,)), st.sampled_from((0, 50, 70, 100)))
def test_bounds_are_the_worst_and_the_best_of_all_completions(by, rows, worth):
    assume(sum(not row.tag for row in rows) <= 5)
    least, most = defaultdict(lambda: Fraction(10**9)), defaultdict(Fraction)
    found = exact(rows, by=by, worth=worth)
    for full in reference.completions(rows):
        mine = [row for row in reference.members(full, headline=True) if row.uses or by != "model"]
        earned = reference.credit(mine, by, Fraction(worth, 100))
        for key in found:
            least[key] = min(least[key], earned.get(key, Fraction(0)))
            most[key] = max(most[key], earned.get(key, Fraction(0)))
    for key, group in found.items():
        if by == "model":  # one tag can decide for two models at once, so the bounds are outer ones
            assert group.signal_lower <= least[key] <= most[key] <= group.signal_upper
        else:
            assert (group.signal_lower, group.signal_upper) == (least[key], most[key])


@pytest.mark.parametrize("by", [*BY, "day", "all"])
@given(ledgers())
def test_what_groups_used_adds_up(by, rows):
    found = groups(rows, by, interval=False)
    uses = [use for row in rows for use in row.uses]
    assert sum(one.requests for one in found.values()) == sum(use.requests for use in uses)
    assert sum(one.output for one in found.values()) == sum(use.counters[3] for use in uses)
    assert sum(one.mte for one in found.values()) * 2e7 == pytest.approx(
        sum(use.te for use in uses)
    )
    if by != "model":
        assert sum(one.interactions for one in found.values()) == len(rows)
        assert sum(one.untagged for one in found.values()) == sum(not row.tag for row in rows)


@given(ledgers())
def test_a_model_counts_the_interactions_that_used_it(rows):
    for key, one in groups(rows, "model", interval=False).items():
        users = [row for row in rows if key in {use.model for use in row.uses}]
        assert one.interactions == len(users)
        assert one.kept == sum(row.tag == 1 for row in users)


@given(ledgers())
def test_days_are_summaries_of_their_rows(rows):
    from datetime import UTC, datetime

    found = groups(rows, "day", zone=UTC, interval=False)
    days = defaultdict(list)
    for row in rows:
        days[datetime.fromtimestamp(row.time_s, UTC).date().isoformat()].append(row)
    assert set(found) == set(days)
    for key, mine in days.items():
        expected = reference.bounds(mine)
        lower = found[key].ratio.lower
        assert lower == (None if expected.lower is None else float(expected.lower))


def test_groups_come_in_the_order_of_their_keys_and_empty_ones_stay_away():
    rows = [Row(1, tool="gemini-cli"), Row(2, tool="claude-code")]
    assert list(groups(rows, "tool")) == ["claude-code", "gemini-cli"]


def test_all_is_one_group():
    rows = [Row(1, tag=1, uses=(spent(20_000_000),))]
    (only,) = groups(rows, "all").values()
    assert (only.key, only.ratio.lower) == ("all", 1.0)


def even(tool, project, first, blocks=40, days=12):
    return [
        Row(
            first + number,
            MONDAY_S + (number % days) * 86_400 + number // days * 1800,
            tool=tool,
            project=project,
            tag=(first + number) % 4,
            uses=(spent(900_000 + number * 77_777, MONDAY_S + number % days * 86_400, model=tool),),
        )
        for number in range(blocks)
    ]


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("days", [5, 12])
def test_a_group_that_works_alone_has_the_figures_of_a_ledger_of_its_own(by, days):
    mine = even("codex", "/p/a", 1, days=days)
    rows = mine + even("claude-code", "/p/b", 1001, days=4)
    key = {"tool": "codex", "model": "codex", "project": "/p/a"}[by]
    together, alone = groups(rows, by)[key], groups(mine, by)[key]
    assert together.ratio.low is not None
    # The assumed worth of untagged blocks may look at the other group; bounds and noise may not.
    for name in ("lower", "upper", "low", "high", "blocks", "days"):
        assert getattr(together.ratio, name) == pytest.approx(getattr(alone.ratio, name))
    assert together.mte == alone.mte


@given(ledgers(least=1, origins=(0,)))
@pytest.mark.parametrize("by", ["tool", "project"])
def test_expected_worth_lies_within_each_groups_bounds(by, rows):
    from ledger.metrics.arrays import weighed
    from ledger.metrics.grouping import grouping
    from ledger.metrics.outcome import Outcome

    made = frame(rows)
    found = grouping(made, by)
    judged = Outcome(made, made.select(), found, made.delivering, made.days(), 50)
    sums = weighed(found.pair_group, judged.guess, found.size)
    whole = Outcome(made, made.select(), grouping(made, "all"), made.delivering, made.days(), 50)
    assert sums.sum() == pytest.approx(whole.guess.sum())
    for guess, lower, upper in zip(sums, *judged.bounds, strict=True):
        assert float(lower) - 1e-6 <= guess <= float(upper) + 1e-6


@given(ledgers(least=1, origins=(0,)))
def test_a_prompt_without_requests_earns_no_model_anything(rows):
    using = [row for row in rows if row.uses]
    assert exact(rows, by="model") == exact(using, by="model")
    found, expected = (groups(some, "model") for some in (rows, using))
    assert found == expected


def test_under_a_filter_by_model_only_that_model_is_a_group():
    rows = [Row(1, tag=1, uses=(spent(5, model="m-a"), spent(7, model="m-b")))]
    made = frame(rows)
    chosen = made.select(Filter(models=frozenset({"m-a"})))
    (only,) = summary_by_group(made, chosen, "model")
    assert (only.key, only.interactions, only.kept, only.mte) == ("m-a", 1, 1, 5 / 20_000_000)
    assert only.ratio.lower == only.ratio.upper
