from ledger.core.edits import SetTags
from ledger.core.filters import ANY, Filter
from ledger.core.words import Origin, Tag
from ledger.flows import judging
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


def test_what_nobody_asked_for_is_not_asked_about(desk):
    reading = made_reading(2)
    first = reading.batch.prompts[0]._replace(origin=Origin.UNPROMPTED)
    reading.batch.prompts[0] = first
    desk.store.add([reading])
    frame = desk.load().frame
    assert len(frame) == 2
    assert judging.queue(frame, ANY) == [IDS[1]]
