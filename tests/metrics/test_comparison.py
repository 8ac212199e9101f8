from datetime import UTC, date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.figures import Verdict
from ledger.core.filters import Filter
from ledger.core.vocabulary import Kind
from ledger.metrics.comparison import MODEL_TOKENS_NOTE, before_after, compare
from ledger.metrics.tally import summary_by_group
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame, ledgers, spent
from tests.metrics.simulation import World, drawn

MONDAY = date(2026, 6, 1)
START = MONDAY + timedelta(days=28)
END = START + timedelta(days=28)


def two_tools(days=20, seed=1, better=1.0):
    """Return blocks of two tools over three projects and two kinds of work."""
    random = np.random.default_rng(seed)
    blocks = drawn(random, World(days=days))
    count = len(blocks.tag)
    blocks.project, blocks.kind = random.integers(0, 3, count), random.integers(1, 3, count)
    blocks.tool = random.integers(0, 2, count)
    blocks.mte = np.where(blocks.tool == 0, blocks.mte / better, blocks.mte)
    return blocks


def compared(blocks, by="tool", first="claude-code", second="codex", **more):
    made = blocks.frame()
    return compare(made, made.select(), by, first, second, zone=UTC, **more)


def test_strata_are_projects_by_kinds_of_work():
    found = compared(two_tools())
    kinds = (Kind.QUESTION.title, Kind.DRAFT.title)
    expected = {f"/p/{at:02} · {kind}" for at in range(3) for kind in kinds}
    assert {name for name, *_ in found.strata} == expected
    assert found.arms[0].blocks + found.arms[1].blocks == 120


def test_a_long_time_is_cut_into_months():
    found = compared(two_tools(days=100))
    assert {name[-7:] for name, *_ in found.strata} == {"2026-06", "2026-07", "2026-08", "2026-09"}


@pytest.mark.parametrize(("by", "parts"), [("project", 1), ("kind", 1), ("model", 2)])
def test_what_is_compared_is_no_stratum(by, parts):
    blocks = two_tools(days=30)
    blocks.model = blocks.tool
    keys = {"project": ("/p/00", "/p/01"), "kind": ("question", "draft"), "model": ("m-0", "m-1")}
    found = compared(blocks, by, *keys[by])
    assert found.ratio is not None
    assert {len(name.split(" · ")) for name, *_ in found.strata} == {parts}


def test_a_much_better_tool_is_found_whichever_comes_first():
    blocks = two_tools(days=60, better=4)
    one, other = compared(blocks), compared(blocks, first="codex", second="claude-code")
    assert one.verdict is Verdict.LIKELY_FIRST
    assert other.verdict is Verdict.LIKELY_SECOND
    assert 2 < one.ratio < 8
    assert other.ratio == pytest.approx(1 / one.ratio)


@settings(max_examples=25)
@given(ledgers(intents=(0,), origins=(0,), unknown=False), st.booleans())
def test_each_side_has_the_worth_and_tokens_of_its_group(rows, by_model):
    made = frame(rows)
    by, keys = ("model", ("m-a", "m-b")) if by_model else ("tool", ("claude-code", "codex"))
    found = compare(made, made.select(), by, *keys, zone=UTC)
    groups = {one.key: one for one in summary_by_group(made, made.select(), by, zone=UTC)}
    if not set(keys) <= set(made.models if by_model else keys):
        assert "no two groups" in found.reason
        return
    for key, arm in zip(keys, found.arms, strict=True):
        if key in groups:
            assert arm.mte == pytest.approx(groups[key].mte)
            assert arm.blocks == groups[key].ratio.blocks


def test_models_are_compared_by_money_where_it_is_given():
    blocks = two_tools(days=60)
    blocks.model = blocks.tool
    made = blocks.frame()
    price = np.where(made.model == 0, 5.0, 1.0) * made.te
    dear = compare(made, made.select(), "model", "m-0", "m-1", exposure=price, zone=UTC)
    plain = compare(made, made.select(), "model", "m-0", "m-1", zone=UTC)
    assert plain.ratio / 8 < dear.ratio < plain.ratio / 3
    assert plain.notes[0] == MODEL_TOKENS_NOTE
    assert MODEL_TOKENS_NOTE not in dear.notes


def test_a_price_nobody_knows_is_never_free():
    blocks = two_tools(days=60)
    made = blocks.frame()
    price = made.te.astype(np.float64)
    price[np.flatnonzero(made.tool[made.owners] == 1)[0]] = np.nan
    found = compare(made, made.select(), "tool", "claude-code", "codex", exposure=price, zone=UTC)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.reason.startswith("What “codex” cost is not known")
    assert found.crude is None


def test_tools_used_on_different_work_are_not_compared():
    blocks = two_tools(days=60)
    blocks.project = blocks.tool
    found = compared(blocks)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert "different work" in found.reason
    assert found.strata == ()


@pytest.mark.parametrize("second", ["claude-code", "nonesuch"])
def test_two_different_groups_are_needed(second):
    assert "no two groups" in compared(two_tools(), second=second).reason


def test_an_empty_ledger_has_nothing_to_compare():
    made = frame([])
    found = compare(made, made.select(), "tool", "claude-code", "codex", zone=UTC)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.reason.startswith("“claude-code” has 0 work blocks")


def test_the_work_of_a_block_is_what_its_first_prompt_was():
    blocks = two_tools(days=60)
    rows = []
    for at in range(len(blocks.tag)):
        start = int(blocks.time_s[at])
        tool = ("claude-code", "codex")[blocks.tool[at]]
        for part in range(2):
            time_s = start + 60 * part
            rows.append(
                Row(2 * at + part, time_s, tool=tool, tag=int(blocks.tag[at]),
                    uses=(spent(2_000_000, time_s),))
            )  # fmt: skip
    made = frame(rows)
    kind = np.tile([int(Kind.DRAFT), int(Kind.REVIEW)], len(blocks.tag)).astype(np.int8)
    object.__setattr__(made, "kind", kind)
    found = compare(made, made.select(), "tool", "claude-code", "codex", zone=UTC)
    assert [name for name, *_ in found.strata] == ["/p/a · draft"]


def test_tokens_of_an_earlier_start_count_and_make_no_block():
    rows = [Row(1, MONDAY_S, tag=1, uses=(spent(1_000_000, MONDAY_S + 4 * HALF_S),))]
    made = frame(rows)
    late = made.select(Filter(since_s=MONDAY_S + HALF_S))
    rows.append(Row(2, MONDAY_S, tag=1, tool="codex", uses=(spent(5),)))
    found = compare(made, late, "tool", "claude-code", "codex", zone=UTC)
    assert found.arms[0] == (0.0, 0.05, 0)


def ledger(factor, seed=1):
    """Return eight weeks in which tokens per block change in the middle."""
    blocks = drawn(np.random.default_rng(seed), World(days=56, sigma=1.0))
    blocks.project = np.arange(len(blocks.tag)) % 2
    blocks.mte[blocks.day >= 28] *= factor
    return blocks


def compared_experiment(blocks, wanted=None, start=START, days=28, today=END + timedelta(days=7)):
    made = blocks.frame()
    return before_after(made, wanted or Filter(), start, days, today=today, zone=UTC)


def test_half_the_tokens_for_the_same_work_is_likely_better():
    found = compared_experiment(ledger(0.4))
    assert (found.first, found.second) == ("after", "before")
    assert found.verdict is Verdict.LIKELY_FIRST
    assert 1.5 < found.ratio < 4.5
    assert [name for name, *_ in found.strata] == ["/p/00", "/p/01"]
    assert [arm.blocks for arm in found.arms] == [168, 168]
    assert found.notes == ("Whatever else changed on that day is in the difference too.",)


def test_twice_the_tokens_is_likely_worse():
    assert compared_experiment(ledger(3)).verdict is Verdict.LIKELY_SECOND


@pytest.mark.parametrize(
    ("early", "reason"), [(1, "1 day left"), (7, "7 days left"), (20, "20 days left")]
)
def test_before_the_window_has_ended_and_settled_nothing_is_shown(early, reason):
    found = compared_experiment(ledger(0.4), today=END + timedelta(days=7 - early))
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.reason == f"Too early: {reason}."
    assert found.crude is None
    assert found.arms[0].blocks == 0


def test_only_the_two_windows_count():
    found = compared_experiment(ledger(0.4), start=MONDAY + timedelta(days=7), days=5)
    assert [arm.blocks for arm in found.arms] == [30, 30]


def test_times_of_the_filter_are_replaced_and_the_rest_holds():
    wanted = Filter(since_s=0, until_s=5, projects=frozenset({"/p/01"}))
    found = compared_experiment(ledger(0.4), wanted)
    assert [name for name, *_ in found.strata] == ["/p/01"]
    assert found.ratio is not None


def test_a_project_begun_only_afterwards_is_not_compared():
    blocks = ledger(0.4)
    blocks.project = (blocks.day >= 28).astype(int)
    found = compared_experiment(blocks)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert "different work" in found.reason


def test_an_unpriced_side_is_named():
    made = ledger(0.4).frame()
    price = np.where(np.arange(len(made.te)) < 3, np.nan, made.te)
    found = before_after(
        made, Filter(), START, 28, today=END + timedelta(days=7), exposure=price, zone=UTC
    )
    assert found.reason.startswith("What “before” cost is not known")
