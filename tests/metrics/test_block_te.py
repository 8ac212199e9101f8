from hypothesis import given

from ledger.core.filters import Filter
from ledger.metrics.block_te import block_te
from tests.metrics.rows import MONDAY_S, Row, Use, frame, ledgers, spent

HALF_S = 1800


def sizes(rows, wanted=None):
    made = frame(rows)
    return block_te(made, made.select(wanted or Filter())).tolist()


def test_a_block_takes_what_its_deliveries_took():
    rows = [
        Row(1, uses=(spent(10), spent(5))),
        Row(2, MONDAY_S + 60, uses=(spent(7),)),
        Row(3, MONDAY_S + 120, intent=1, uses=(spent(100),)),
        Row(4, MONDAY_S + HALF_S, uses=(spent(1),)),
        Row(5, MONDAY_S + 2 * HALF_S),
        Row(6, MONDAY_S + 3 * HALF_S, origin=4, uses=(spent(50),)),
    ]
    assert sizes(rows) == [22, 1, 0]


def test_a_block_with_an_unknown_request_is_left_out():
    rows = [Row(1, uses=(spent(10),)), Row(2, MONDAY_S + 60, uses=(Use(0, unknown=1),))]
    assert sizes(rows) == []


def test_only_what_is_selected_counts():
    rows = [Row(1, uses=(spent(10),)), Row(2, MONDAY_S + 60, tool="codex", uses=(spent(7),))]
    assert sizes(rows, Filter(tools=frozenset({"codex"}))) == [7]


@given(ledgers(unknown=False))
def test_blocks_take_all_that_deliveries_took(rows):
    blocks = {row.block for row in rows if row.delivers}
    found = sizes(rows)
    assert len(found) == len(blocks)
    assert sum(found) == sum(use.te for row in rows if row.delivers for use in row.uses)
