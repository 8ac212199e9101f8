import pytest

from ledger.core.edits import set_tags
from ledger.core.evidence import Suggestion
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Origin, Tag
from ledger.flows.tagging import queue
from ledger.flows.tagging.queue import Order
from tests.making import interaction_id, made_reading

IDS = [interaction_id(n) for n in range(4)]


def test_the_newest_untagged_waits_first(workspace):
    workspace.store.add([made_reading(4)])
    frame = workspace.load().frame
    assert queue.queue(frame, ANY) == IDS[::-1]
    frame = workspace.do(set_tags(((IDS[3], Tag.KEPT),))).frame
    assert queue.queue(frame, ANY, 2) == [IDS[2], IDS[1]]
    assert queue.waiting_ids(frame, ANY) == 3


def test_a_filter_narrows_what_is_asked(workspace):
    workspace.store.add([made_reading(4)])
    frame = workspace.load().frame
    assert queue.queue(frame, Filter(projects=frozenset({"/elsewhere"}))) == []


def test_what_nobody_asked_for_is_not_asked_about(workspace):
    reading = made_reading(2)
    first = reading.batch.prompts[0]._replace(origin=Origin.UNPROMPTED)
    reading.batch.prompts[0] = first
    workspace.store.add([reading])
    frame = workspace.load().frame
    assert len(frame) == 2
    assert queue.queue(frame, ANY) == [IDS[1]]


def suggesting(workspace, tags, sure=70):
    """Have these tags suggested, by number of the interaction."""
    found = [
        Suggestion(interaction=IDS[n], tag=tag, confidence=(sure + n) / 100, worth=0.5, why=())
        for n, tag in tags.items()
    ]
    return workspace.show(
        workspace.write(lambda store: store.evidence.set_suggestions(found))
    ).frame


def test_the_surest_suggestion_may_come_first_and_what_has_none_last(workspace):
    workspace.add([made_reading(4)])
    workspace.load()
    frame = suggesting(workspace, {0: Tag.KEPT, 2: Tag.EDITED})
    assert queue.queue(frame, ANY, order=Order.SUREST) == [IDS[2], IDS[0], IDS[3], IDS[1]]


def test_what_took_most_tokens_may_come_first(workspace):
    reading = made_reading(4)
    dear = reading.batch.requests[1]._replace(input=50_000)
    reading.batch.requests[1] = dear
    workspace.add([reading])
    frame = workspace.load().frame
    assert queue.queue(frame, ANY, order=Order.LARGEST) == [IDS[1], IDS[3], IDS[2], IDS[0]]


@pytest.mark.parametrize("order", Order)
def test_what_was_put_off_comes_last_in_every_order(workspace, order):
    workspace.add([made_reading(4)])
    frame = workspace.load().frame
    found = queue.queue(frame, ANY, order=order, last={IDS[3], IDS[2]})
    assert found == [IDS[1], IDS[0], IDS[3], IDS[2]]


def test_the_rest_of_a_session_is_what_is_untagged_of_it_in_the_order_of_time(workspace):
    workspace.add([made_reading(4), made_reading(2, project="/other")])
    workspace.load()
    frame = workspace.do(set_tags(((IDS[1], Tag.KEPT),))).frame
    mine = queue.rest_of_session(frame, IDS[2])
    assert mine == [i for i in IDS if i in mine]
    assert IDS[1] not in mine
    assert queue.rest_of_session(frame, 12345) == []


def test_alike_is_the_same_suggestion_nearby_and_never_what_is_tagged(workspace):
    workspace.add([made_reading(4)])
    workspace.load()
    suggesting(workspace, dict.fromkeys((0, 1, 3), Tag.KEPT) | {2: Tag.EDITED})
    assert queue.alike(workspace.frame, IDS[0]) == [IDS[1], IDS[3]]
    assert queue.alike(workspace.frame, IDS[0], most=1) == [IDS[1]]
    workspace.do(set_tags(((IDS[1], Tag.KEPT),)))
    assert queue.alike(workspace.frame, IDS[0]) == [IDS[3]]
    assert queue.alike(workspace.frame, IDS[2]) == []


def test_several_together_are_worth_their_best_suggestion(workspace):
    workspace.add([made_reading(4)])
    workspace.load()
    frame = suggesting(workspace, {0: Tag.THROWN_AWAY, 1: Tag.EDITED})
    assert queue.suggested(frame, IDS) is Tag.EDITED
    assert queue.suggested(frame, IDS[:1]) is Tag.THROWN_AWAY
    assert queue.suggested(frame, IDS[2:]) is None


def test_every_order_has_words():
    assert len({order.words for order in Order}) == len(Order)
