from collections import defaultdict
from datetime import UTC
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from ledger.metrics import outcome
from ledger.metrics.blocks import BLOCKS_A_WEEK, EPOCH_TO_MONDAY, BlockIndex
from ledger.metrics.grouping import grouping
from ledger.metrics.outcome import Outcome, expected_worth, share_expected_worth, shared_credit
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers

KEPT, EDITED, THROWN, OPEN = 2, 4, 8, 1
KEPT_ONE, EDITED_ONE, THROWN_ONE, OPEN_ONE = 2, 4, 8, 1


def judged(rows, by):
    made = frame(rows)
    groups = grouping(made, by, UTC)
    return groups, Outcome(made, made.select(), groups, made.delivering, made.days(UTC), 50)


@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize("by", ["tool", "project", "all"])
@given(rows=ledgers(least=1))
def test_blocks_and_their_days_are_counted_once_per_group(by, dense, rows):
    before = outcome.MAX_TABLE_CELLS
    outcome.MAX_TABLE_CELLS = before if dense else 0
    try:
        groups, found = judged(rows, by)
        blocks, days = defaultdict(set), defaultdict(set)
        for row in rows:
            if row.delivers:
                key = {"tool": row.tool, "project": row.project, "all": "all"}[by]
                blocks[key].add(row.block)
                days[key].add(row.block[1] // 48)
        assert found.blocks.tolist() == [len(blocks[key]) for key in groups.keys]
        assert found.days.tolist() == [len(days[key]) for key in groups.keys]
        assert (found.decided <= found.blocks).all()
    finally:
        outcome.MAX_TABLE_CELLS = before


@given(ledgers(tags=(1, 2, 3)))
def test_in_a_tagged_ledger_all_is_decided_and_the_guess_is_the_truth(rows):
    _, found = judged(rows, "all")
    assert found.decided.tolist() == found.blocks.tolist()
    assert found.bounds[0] == found.bounds[1]
    assert Fraction(float(found.guess.sum())) == found.bounds[0][0]


def test_an_open_block_behaves_like_those_of_the_tool_it_began_with():
    first, later = ("codex", MONDAY_S), ("claude-code", MONDAY_S + 60)
    known = [
        Row(10 + number, MONDAY_S + (number + 1) * 3600, tool=tool, tag=tag)
        for number, (tool, tag) in enumerate((("codex", 1), ("claude-code", 3)))
    ]
    for begun in ((first, later), (later[:1] + first[1:], first[:1] + later[1:])):
        rows = [Row(at, time_s, tool=tool) for at, (tool, time_s) in enumerate(begun)]
        _, found = judged(rows + known, "all")
        assert found.guess[0] == (100 if begun[0][0] == "codex" else 0)


def shared(*codes, worth=50):
    """Return lower and upper credit, in percent, of groups that share one block."""
    block, group = np.zeros(len(codes), np.intp), np.arange(len(codes))
    found = shared_credit(np.asarray(codes, dtype=np.uint8), block, 1, worth)
    return list(zip(*found.bounds(group, len(codes), worth), strict=True))


def guesses(expected, *codes, worth=50):
    block = np.zeros(len(codes), np.intp)
    each = np.full(len(codes), float(expected))
    return share_expected_worth(np.asarray(codes, np.uint8), block, 1, each, worth).tolist()


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((KEPT, THROWN), [100, 0]),
        ((KEPT, EDITED), [100, 0]),
        ((KEPT, KEPT | THROWN), [50, 50]),
        ((EDITED, EDITED, THROWN), [25, 25, 0]),
        ((THROWN, THROWN), [0, 0]),
    ],
)
def test_the_best_share_equally(codes, expected):
    assert shared(*codes) == [(one, one) for one in expected]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((KEPT, OPEN), [(50, 100), (0, 50)]),
        ((EDITED, OPEN), [(0, 50), (0, 100)]),
        ((OPEN, OPEN), [(0, 100), (0, 100)]),
        ((EDITED | OPEN, EDITED), [(25, 100), (0, 25)]),
        ((KEPT | OPEN, KEPT, OPEN), [(Fraction(100, 3), 50), (Fraction(100, 3), 50),
                                     (0, Fraction(100, 3))]),
    ],
)  # fmt: skip
def test_what_is_open_may_go_against_a_group_or_its_way(codes, expected):
    assert shared(*codes) == expected


@pytest.mark.parametrize(
    ("worth", "expected"), [(0, [(100, 100), (0, 0)]), (100, [(50, 50), (50, 50)])]
)
def test_edited_shares_as_what_it_is_worth(worth, expected):
    assert shared(KEPT, EDITED, worth=worth) == expected
    assert shared(EDITED, THROWN, worth=worth)[0] == (worth, worth)


def test_slots_without_interactions_share_nothing():
    assert shared(KEPT, 0) == [(100, 100), (0, 0)]


def test_the_expected_worth_goes_to_what_is_kept_else_to_what_is_open():
    assert guesses(100, KEPT, OPEN) == [100, 0]
    assert guesses(60, EDITED, OPEN, OPEN) == [0, 30, 30]
    assert guesses(50, EDITED, EDITED, THROWN) == [25, 25, 0]
    assert guesses(0, EDITED, THROWN, worth=0) == [0, 0]
    assert guesses(100, EDITED, KEPT, worth=100) == [50, 50]


def test_blocks_do_not_mix():
    codes = np.asarray([KEPT, THROWN, EDITED, KEPT], dtype=np.uint8)
    block = np.asarray([0, 0, 1, 1])
    found = shared_credit(codes, block, 2, 50).bounds(np.asarray([0, 1, 0, 1]), 2, 50)
    assert found == [[100, 100], [100, 100]]


def worths(*blocks, edited=50):
    """Return expected worth of blocks given as (week, tool, code)."""
    week, tool, code = (np.asarray(column) for column in zip(*blocks, strict=True))
    half = (week + 10) * BLOCKS_A_WEEK - EPOCH_TO_MONDAY
    index = BlockIndex(np.zeros(0, np.intp), half, np.zeros(len(blocks), np.int64))
    return expected_worth(index, tool, code.astype(np.uint8), edited).tolist()


def test_decided_blocks_have_their_worth():
    fates = (KEPT_ONE, EDITED_ONE, THROWN_ONE, KEPT_ONE | OPEN_ONE)
    assert worths(*((0, 0, fate) for fate in fates)) == [100, 50, 0, 100]


def test_an_open_block_behaves_like_those_of_its_tool_and_week():
    found = worths(
        (0, 0, KEPT_ONE), (0, 0, THROWN_ONE), (0, 0, THROWN_ONE), (0, 0, THROWN_ONE),
        (0, 1, KEPT_ONE), (1, 0, KEPT_ONE), (0, 0, OPEN_ONE),
    )  # fmt: skip
    assert found[-1] == 25


def test_else_like_those_of_its_tool_and_else_like_all():
    known = ((0, 0, KEPT_ONE), (1, 0, THROWN_ONE), (1, 1, KEPT_ONE), (1, 1, KEPT_ONE))
    assert worths(*known, (5, 0, OPEN_ONE))[-1] == 50
    assert worths(*known, (5, 2, OPEN_ONE))[-1] == 75


def test_an_open_block_is_worth_no_less_than_is_known():
    assert worths((0, 0, THROWN_ONE), (0, 0, THROWN_ONE), (0, 0, EDITED_ONE | OPEN_ONE))[-1] == 50


def test_where_nothing_is_decided_open_blocks_are_worth_what_is_known():
    assert worths((0, 0, OPEN_ONE), (0, 0, EDITED_ONE | OPEN_ONE)) == [0, 50]


@pytest.mark.parametrize("edited", [0, 50, 100])
def test_edited_is_worth_what_was_set(edited):
    assert worths((0, 0, EDITED_ONE), edited=edited) == [edited]
