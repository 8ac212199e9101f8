import pytest

from ledger.app.tag_queue import TagQueue
from ledger.app.view import View
from ledger.core.errors import StoreFullError
from ledger.core.filters import Filter
from ledger.core.words import Intent, Tag
from tests.making import claude_log


@pytest.fixture
def queue(qtbot, session, home):
    claude_log(home.path, "s1", 5)
    session.import_now()
    qtbot.waitUntil(lambda: len(session.frame) == 5)
    made = TagQueue(session, View(), set_size=3)
    made.deal()
    return made


def test_a_set_begins_with_the_newest(queue, session):
    newest = session.frame.id[::-1].tolist()
    assert queue.current == newest[0]
    assert (queue.standing.done, queue.standing.size, queue.standing.waiting) == (0, 3, 5)


def test_an_answer_goes_on_at_once_and_counts_as_saving_until_it_is_on_disk(qtbot, queue, session):
    first = queue.current
    queue.tag(Tag.KEPT)
    assert queue.current != first
    assert queue.standing.saving == 1
    qtbot.waitUntil(lambda: queue.standing.saving == 0)
    assert session.frame.tag[session.frame.positions([first])].tolist() == [Tag.KEPT]
    assert (queue.standing.done, queue.standing.waiting) == (1, 4)


def test_the_end_of_a_set_is_told(qtbot, queue):
    told = []
    queue.moved.connect(told.append)
    for tag in Tag:
        queue.tag(tag)
    assert told[-1] is None
    qtbot.waitUntil(lambda: queue.standing.waiting == 2)
    queue.deal()
    assert queue.standing.size == 2


def test_skipping_and_going_back_change_nothing(queue, session):
    first = queue.current
    queue.next()
    queue.previous()
    queue.previous()
    assert queue.current == first
    assert not session.frame.tag.any()


def test_undo_asks_again(qtbot, queue, session):
    first = queue.current
    queue.tag(Tag.THROWN_AWAY)
    qtbot.waitUntil(lambda: queue.standing.saving == 0)
    session.undo()
    qtbot.waitUntil(lambda: queue.current == first)
    assert queue.standing.done == 0


def test_an_answer_that_did_not_reach_the_disk_is_asked_again(queue, session):
    first = queue.current
    queue._answered[first] = False
    queue._place = 1
    session.failed.emit(StoreFullError("The disk is full."))
    assert queue.current == first
    assert queue.standing.done == 0


def test_an_experiment_is_still_asked_for_its_tag(qtbot, queue, session):
    first = queue.current
    queue.experiment()
    qtbot.waitUntil(lambda: Intent.EXPERIMENT in session.frame.intent.tolist())
    assert queue.current == first


def test_the_filter_narrows_the_set(qtbot, session, home):
    claude_log(home.path, "s1", 2)
    session.import_now()
    qtbot.waitUntil(lambda: len(session.frame) == 2)
    view = View()
    view.set(Filter(projects=frozenset({"/nowhere"})))
    queue = TagQueue(session, view)
    queue.deal()
    assert queue.current is None
    assert queue.standing.waiting == 0


def test_the_set_may_begin_with_a_chosen_one(queue, session):
    oldest = int(session.frame.id[0])
    queue.ask_about(oldest)
    assert queue.current == oldest
    assert queue.standing.size == 3
