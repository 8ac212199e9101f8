import numpy as np
import pytest

from ledger.metrics.blocks import BLOCKS_A_WEEK, MONDAY, BlockIndex
from ledger.metrics.expected import expected_worth

KEPT, EDITED, THROWN, OPEN = 2, 4, 8, 1


def worths(*blocks, edited=50):
    """Return expected worth of blocks given as (week, tool, code)."""
    week, tool, code = (np.asarray(column) for column in zip(*blocks, strict=True))
    half = (week + 10) * BLOCKS_A_WEEK - MONDAY
    index = BlockIndex(np.zeros(0, np.intp), half, np.zeros(len(blocks), np.int64))
    return expected_worth(index, tool, code.astype(np.uint8), edited).tolist()


def test_decided_blocks_have_their_worth():
    assert worths((0, 0, KEPT), (0, 0, EDITED), (0, 0, THROWN), (0, 0, KEPT | OPEN)) == [
        100, 50, 0, 100,
    ]  # fmt: skip


def test_an_open_block_behaves_like_those_of_its_tool_and_week():
    found = worths(
        (0, 0, KEPT), (0, 0, THROWN), (0, 0, THROWN), (0, 0, THROWN), (0, 1, KEPT), (1, 0, KEPT),
        (0, 0, OPEN),
    )  # fmt: skip
    assert found[-1] == 25


def test_else_like_those_of_its_tool_and_else_like_all():
    known = ((0, 0, KEPT), (1, 0, THROWN), (1, 1, KEPT), (1, 1, KEPT))
    assert worths(*known, (5, 0, OPEN))[-1] == 50
    assert worths(*known, (5, 2, OPEN))[-1] == 75


def test_an_open_block_is_worth_no_less_than_is_known():
    assert worths((0, 0, THROWN), (0, 0, THROWN), (0, 0, EDITED | OPEN))[-1] == 50


def test_where_nothing_is_decided_open_blocks_are_worth_what_is_known():
    assert worths((0, 0, OPEN), (0, 0, EDITED | OPEN)) == [0, 50]


@pytest.mark.parametrize("edited", [0, 50, 100])
def test_edited_is_worth_what_was_set(edited):
    assert worths((0, 0, EDITED), edited=edited) == [edited]
