from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.edits import LogEntry, SetLabels, SetLogged, set_intents, set_notes, set_tags
from ledger.core.usage import Usage
from ledger.core.words import Intent, Tag
from ledger.flows.editing import History
from ledger.store.store import Store
from tests.making import interaction_id, made_reading

IDS = st.sampled_from([interaction_id(n) for n in range(3)])


def target(value):
    """Return what a value is about: no edit says two things of one target."""
    head = tuple(value)
    return head[: len(head) - 1]


def some(values):
    return st.lists(values, min_size=1, max_size=3, unique_by=target).map(tuple)


EDITS = st.one_of(
    some(st.tuples(IDS, st.sampled_from([None, *Tag]))).map(set_tags),
    some(st.tuples(IDS, st.sampled_from(list(Intent)))).map(set_intents),
    some(st.tuples(IDS, st.sampled_from("ab"), st.booleans())).map(SetLabels),
    some(st.tuples(IDS, st.sampled_from(["", "why", "x"]))).map(set_notes),
)


def shown(store):
    rows = store.rows([interaction_id(n) for n in range(3)])
    return [(row.tag, row.intent, row.labels, row.note) for row in rows]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_undoing_everything_and_redoing_it_walks_the_same_road(edits, tmp_path_factory, clock):
    path = tmp_path_factory.mktemp("history") / "ledger.db"
    with Store.open(path) as store:
        store.add([made_reading(3)])
        history = History(store, clock)
        states = [shown(store)]
        for edit in edits:
            history.do(edit)
            states.append(shown(store))
    with Store.open(path) as store:  # what can be undone survives a restart
        history = History(store, clock)
        for state in reversed(states[:-1]):
            assert history.undo() is not None
            assert shown(store) == state
        assert history.undo() is None
        for state in states[1:]:
            assert history.redo() is not None
            assert shown(store) == state
        assert history.redo() is None


def test_a_new_edit_ends_what_could_be_redone(desk):
    desk.store.add([made_reading(2)])
    one, two = (interaction_id(n) for n in range(2))
    desk.do(set_tags(((one, Tag.KEPT),)))
    desk.undo()
    news = desk.do(set_tags(((two, Tag.EDITED),)))
    assert (news.undo_title, news.redo_title) == ("Tag 1 interaction as edited", "")
    assert desk.history.redo() is None


def test_an_entry_made_by_hand_can_be_taken_back_and_made_again(desk):
    entry = LogEntry(77, 1_780_000_000_000, "other", "m", "/p", Usage(input=10))
    assert len(desk.do(SetLogged(((entry, True),))).frame) == 1
    assert len(desk.undo().frame) == 0
    assert len(desk.redo().frame) == 1
