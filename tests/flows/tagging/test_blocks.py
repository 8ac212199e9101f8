"""A block by its project and half-hour is the interactions that lie in it."""

from ledger.core.vocabulary import Intent, Tag
from ledger.flows.tagging.blocks import BlockIds, best_tag
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame

HALF = MONDAY_S // HALF_S


def test_a_block_holds_its_deliveries_in_the_order_of_time():
    made = frame(
        [
            Row(3, time_s=MONDAY_S + 20),
            Row(1, time_s=MONDAY_S + 10),
            Row(2, time_s=MONDAY_S + 15, project="/p/b"),
            Row(4, time_s=MONDAY_S + 16, intent=int(Intent.EXPERIMENT)),
            Row(5, time_s=MONDAY_S + HALF_S),
            Row(6, time_s=MONDAY_S - 1),
        ]
    )
    blocks = BlockIds(made)
    assert blocks.ids("/p/a", HALF) == (1, 3)
    assert blocks.ids("/p/b", HALF) == (2,)
    assert blocks.ids("/p/c", HALF) == ()
    assert blocks.ids("/p/a", HALF + 2) == ()


def test_a_block_is_worth_its_best_tag():
    made = frame(
        [Row(1, tag=int(Tag.THROWN_AWAY)), Row(2, tag=int(Tag.EDITED)), Row(3), Row(4, tag=1)]
    )
    assert best_tag(made, (1, 2, 3)) is Tag.EDITED
    assert best_tag(made, (1, 4)) is Tag.KEPT
    assert best_tag(made, (3,)) is None
    assert best_tag(made, ()) is None
