from ledger.core.edits import SetTags
from ledger.core.filters import ANY, Filter
from ledger.core.words import Tag
from ledger.flows import judging, ordering
from tests.making import interaction_id, made_reading

IDS = [interaction_id(n) for n in range(4)]


def test_the_newest_untagged_waits_first(desk):
    desk.store.add([made_reading(4)])
    frame = desk.load().frame
    assert judging.queue(frame, ANY) == IDS[::-1]
    frame = desk.do(SetTags(((IDS[3], Tag.KEPT),))).frame
    assert judging.queue(frame, ANY, 2) == [IDS[2], IDS[1]]
    assert judging.waiting(frame, ANY) == 3


def test_a_filter_narrows_what_is_asked(desk):
    desk.store.add([made_reading(4)])
    frame = desk.load().frame
    assert judging.queue(frame, Filter(projects=frozenset({"/elsewhere"}))) == []


def test_the_table_is_sorted_and_equal_ones_stay_newest_first(desk):
    desk.store.add([made_reading(4)])
    desk.do(SetTags(((IDS[1], Tag.KEPT),)))
    frame = desk.load().frame
    order = ordering.ordered(frame, ANY, "time", falling=True).tolist()
    assert order == IDS[::-1]
    assert ordering.ordered(frame, ANY, "time", falling=False).tolist() == IDS
    by_tag = ordering.ordered(frame, ANY, "tag", falling=True).tolist()
    assert by_tag == [IDS[1], IDS[3], IDS[2], IDS[0]]
    for by in ("tool", "project", "cost"):
        assert ordering.ordered(frame, ANY, by, falling=True).tolist() == IDS[::-1]


def test_grouping_keeps_sessions_together_with_the_last_used_first(desk):
    desk.store.add([made_reading(2, project="/one")])
    frame = desk.load().frame
    ids, sessions = ordering.by_session(frame, ANY)
    assert ids.tolist() == [IDS[0], IDS[1]]
    assert len(set(sessions.tolist())) == 1


def test_an_empty_ledger_has_an_order_too(desk):
    frame = desk.load().frame
    assert ordering.by_session(frame, ANY)[0].tolist() == []
    assert ordering.ordered(frame, ANY, "project", falling=True).tolist() == []
