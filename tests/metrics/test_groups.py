from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.groups import by_group
from tests.metrics import reference
from tests.metrics.exact import exact
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

BY = ("tool", "model", "project")


def groups(rows, by, **more):
    made = frame(rows)
    return {one.key: one for one in by_group(made, made.select(), by, **more)}


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
    (only,) = by_group(made, chosen, "model")
    assert (only.key, only.interactions, only.kept, only.mte) == ("m-a", 1, 1, 5 / 20_000_000)
    assert only.ratio.lower == only.ratio.upper
