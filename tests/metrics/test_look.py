from ledger.core.filters import Filter
from ledger.metrics.look import Answer
from ledger.metrics.summary import summary
from tests.metrics.looking import look, tagged_blocks
from tests.metrics.rows import Row


def test_an_empty_answer_claims_nothing():
    found = Answer()
    assert (found.value, found.low, found.high, found.n, found.note) == (None, None, None, 0, "")


def test_a_look_sums_up_what_is_selected():
    rows = [*tagged_blocks([1, 3]), Row(99, tool="codex")]
    one = look(rows, Filter(tools=frozenset({"codex"})))
    assert one.summary == summary(one.frame, one.selection, zone=one.zone)
    assert one.summary.interactions == 1


def test_sums_are_made_once():
    one = look(tagged_blocks([1, 3]))
    assert one.tally is one.tally
    assert one.summary is one.summary
