from hypothesis import given

from ledger.metrics.grouping import grouping
from ledger.metrics.tally import summaries, summary_at, tally
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400


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
    assert found.headline.known[0] == (1, 2, 0.75, 0.2)


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
