import pytest

from ledger.app.filter_model import FilterModel
from ledger.app.tag_queue import TagQueue
from ledger.core.edits import set_tags
from ledger.core.errors import StoreFullError
from ledger.core.evidence import Suggestion
from ledger.core.filters import Filter
from ledger.core.vocabulary import Tag
from ledger.flows.tagging.queue import Order
from tests.making import claude_log


@pytest.fixture
def queue(qtbot, client, home):
    claude_log(home.path, "s1", 5)
    client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == 5)
    queue = TagQueue(client, FilterModel(), set_size=3, parent=client)
    queue.deal()
    return queue


def test_a_set_begins_with_the_newest(queue, client):
    newest = client.frame.id[::-1].tolist()
    assert queue.current == newest[0]
    assert (queue.standing.done, queue.standing.size, queue.standing.waiting) == (0, 3, 5)


def test_an_answer_goes_on_at_once_and_counts_as_saving_until_it_is_on_disk(qtbot, queue, client):
    first = queue.current
    queue.tag(Tag.KEPT)
    assert queue.current != first
    assert queue.standing.saving == 1
    qtbot.waitUntil(lambda: queue.standing.saving == 0)
    assert client.frame.tag[client.frame.positions([first])].tolist() == [Tag.KEPT]
    assert (queue.standing.done, queue.standing.waiting) == (1, 4)


def test_the_end_of_a_set_is_told(qtbot, queue):
    moves = []
    queue.moved.connect(moves.append)
    for tag in Tag:
        queue.tag(tag)
    assert moves[-1] is None
    qtbot.waitUntil(lambda: queue.standing.waiting == 2)
    queue.deal()
    assert queue.standing.size == 2


def test_skipping_and_going_back_change_nothing(queue, client):
    first = queue.current
    queue.next()
    queue.previous()
    queue.previous()
    assert queue.current == first
    assert not client.frame.tag.any()


def test_undo_asks_again(qtbot, queue, client):
    first = queue.current
    queue.tag(Tag.THROWN_AWAY)
    qtbot.waitUntil(lambda: queue.standing.saving == 0)
    client.undo()
    qtbot.waitUntil(lambda: queue.current == first)
    assert queue.standing.done == 0


def test_an_answer_that_did_not_reach_the_disk_is_asked_again(queue, client):
    first = queue.current
    queue._answered[first] = False
    queue._place = 1
    client.failed.emit(StoreFullError("The disk is full."))
    assert queue.current == first
    assert queue.standing.done == 0


def test_the_filter_narrows_the_set(qtbot, client, home):
    claude_log(home.path, "s1", 2)
    client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == 2)
    filter_model = FilterModel()
    filter_model.set(Filter(projects=frozenset({"/nowhere"})))
    queue = TagQueue(client, filter_model, parent=client)
    queue.deal()
    assert queue.current is None
    assert queue.standing.waiting == 0


def test_the_set_may_begin_with_a_chosen_one(queue, client):
    oldest = int(client.frame.id[0])
    queue.ask_about(oldest)
    assert queue.current == oldest
    assert queue.standing.size == 3


def test_what_is_put_off_comes_last_in_the_sets_that_follow(qtbot, queue, client):
    first = queue.current
    queue.later()
    assert queue.current != first
    queue.set_size = 5
    queue.deal()
    assert queue._set[-1] == first
    assert queue.standing.waiting == 5


def test_an_answer_ends_putting_off(qtbot, queue, client):
    first = queue.current
    queue.later()
    queue.ask_about(first)
    queue.tag(Tag.KEPT)
    qtbot.waitUntil(lambda: queue.standing.saving == 0)
    client.undo()
    qtbot.waitUntil(lambda: not client.frame.tag.any())
    queue.deal()
    assert queue.current == first  # the newest again, not the last


def test_a_set_of_minutes_ends_by_the_clock_and_not_in_the_middle_of_a_card(qtbot, client, home):
    claude_log(home.path, "s1", 5)
    client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == 5)
    now = [100.0]
    queue = TagQueue(client, FilterModel(), set_size=3, parent=client, clock=lambda: now[0])
    queue.use(minutes=5)
    assert (queue.standing.size, queue.standing.left_s) == (5, 300)
    queue.tag(Tag.KEPT)
    now[0] += 299
    assert queue.standing.left_s == 1
    now[0] += 10
    assert queue.current is not None
    queue.tag(Tag.KEPT)
    assert queue.current is None
    assert queue.standing.left_s == 0
    qtbot.waitUntil(lambda: queue.standing.waiting == 3)
    queue.use(minutes=0)
    assert (queue.standing.size, queue.standing.left_s) == (3, None)


def test_another_order_begins_another_set(queue, client):
    queue.use(order=Order.LARGEST)
    assert queue.current == int(client.frame.id[-1])  # all cost the same: newest first
    assert queue.order is Order.LARGEST


def test_accepting_says_what_is_suggested_and_nothing_where_nothing_is(qtbot, queue, client):
    first = queue.current
    queue.accept()
    assert queue.current == first
    suggestions = [Suggestion(interaction=first, tag=Tag.EDITED, confidence=0.7, worth=0.5, why=())]
    client.act(
        lambda workspace: workspace.show(
            workspace.write(lambda store: store.evidence.set_suggestions(suggestions))
        )
    )
    qtbot.waitUntil(lambda: client.frame.suggested.any())
    queue.accept()
    assert queue.current != first
    qtbot.waitUntil(lambda: client.frame.tag.tolist()[-1] == Tag.EDITED)


def test_a_card_that_was_answered_elsewhere_is_not_asked_about(qtbot, queue, client):
    first, second, third = queue._set
    assert queue.upcoming == second
    client.do(set_tags(((second, Tag.KEPT),)))
    qtbot.waitUntil(lambda: queue.upcoming == third)
    client.do(set_tags(((first, Tag.KEPT),)))
    qtbot.waitUntil(lambda: queue.current == third)
