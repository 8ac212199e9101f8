import pytest

from ledger.core.edits import LogEntry, SetLogged, set_tags
from ledger.core.filters import ANY, Filter
from ledger.core.usage import Usage
from ledger.core.words import Tag
from ledger.flows import ordering
from tests.making import START_MS, interaction_id, made_reading

IDS = [interaction_id(n) for n in range(4)]


def test_the_table_is_sorted_and_equal_ones_stay_newest_first(desk):
    desk.store.add([made_reading(4)])
    desk.do(set_tags(((IDS[1], Tag.KEPT),)))
    frame = desk.load().frame
    order = ordering.ordered(frame, ANY, "time", falling=True).tolist()
    assert order == IDS[::-1]
    assert ordering.ordered(frame, ANY, "time", falling=False).tolist() == IDS
    by_tag = ordering.ordered(frame, ANY, "tag", falling=True).tolist()
    assert by_tag == [IDS[1], IDS[3], IDS[2], IDS[0]]
    for by in ("tool", "project", "cost"):
        assert ordering.ordered(frame, ANY, by, falling=True).tolist() == IDS[::-1]


@pytest.fixture
def mixed(desk):
    """Three entries of different tools, projects and costs, and none of them in step with time."""
    entries = [
        LogEntry(1, START_MS, "codex", "m", "/b/Beta", Usage(input=30)),
        LogEntry(2, START_MS + 1000, "claude-code", "m", "/a/alpha", Usage(input=10)),
        LogEntry(3, START_MS + 2000, "other", "m", "/C/gamma", Usage(input=20)),
    ]
    desk.do(SetLogged(tuple((entry, True) for entry in entries)))
    return desk.load().frame


@pytest.mark.parametrize(
    ("by", "rising"), [("tool", [2, 1, 3]), ("project", [2, 1, 3]), ("cost", [2, 3, 1])]
)
def test_each_column_sorts_by_its_own_values_and_back(mixed, by, rising):
    assert ordering.ordered(mixed, ANY, by, falling=False).tolist() == rising
    assert ordering.ordered(mixed, ANY, by, falling=True).tolist() == rising[::-1]


def test_only_what_passes_the_filter_has_a_place(mixed):
    chosen = Filter(tools=frozenset(("codex", "other")))
    assert ordering.ordered(mixed, chosen, "cost", falling=True).tolist() == [1, 3]
    assert ordering.by_session(mixed, Filter(tools=frozenset(("codex",))))[0].tolist() == [1]


def test_there_is_no_order_by_anything_else(mixed):
    with pytest.raises(ValueError, match="prompt"):
        ordering.ordered(mixed, ANY, "prompt", falling=True)


@pytest.mark.parametrize(("first", "last"), [("/one", "/two"), ("/two", "/one")])
def test_grouping_keeps_sessions_together_with_the_last_used_first(desk, first, last):
    hour = 3_600_000
    one, two = made_reading(2, project=first), made_reading(4, project=last, gap_ms=hour)
    # The sessions take turns: 0 and 2 are of one, 1 and 3 of the other.
    one.batch.prompts[1] = one.batch.prompts[1]._replace(id=IDS[2], time_ms=START_MS + 2 * hour)
    two.batch.prompts[:] = [two.batch.prompts[n] for n in (1, 3)]
    for reading in (one, two):
        reading.batch.requests.clear()
    desk.store.add([one, two])
    ids, sessions = ordering.by_session(desk.load().frame, ANY)
    assert ids.tolist() == [IDS[1], IDS[3], IDS[0], IDS[2]]
    assert sessions[0] == sessions[1] != sessions[2] == sessions[3]


def test_an_empty_ledger_has_an_order_too(desk):
    frame = desk.load().frame
    assert ordering.by_session(frame, ANY)[0].tolist() == []
    assert ordering.ordered(frame, ANY, "project", falling=True).tolist() == []
