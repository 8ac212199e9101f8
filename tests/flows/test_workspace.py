import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.edits import (
    Aspect,
    Changes,
    LogEntry,
    SetLabels,
    SetLogged,
    set_intents,
    set_notes,
    set_tags,
)
from ledger.core.evidence import Suggestion
from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Tag
from ledger.flows import workspace as workspace_module
from ledger.flows.workspace import EditHistory, LRUCache, Workspace
from ledger.store import columns
from ledger.store.store import Store
from tests.making import interaction_id, made_reading

IDS = [interaction_id(n) for n in range(6)]


@pytest.fixture
def filled(workspace):
    """A workspace on a ledger of four interactions, with its frame."""
    workspace.store.add([made_reading(4)])
    workspace.load()
    return workspace


@pytest.fixture
def loads(filled, monkeypatch):
    """How often the whole ledger was read."""
    reads, columns = [], filled.store.columns

    def read():
        reads.append(1)
        return columns()

    monkeypatch.setattr(filled.store, "columns", read)
    return reads


def test_the_frame_after_every_edit_is_the_one_a_fresh_start_loads(workspace, clock):
    workspace.store.add([made_reading(4)])
    workspace.load()
    ids = [interaction_id(n) for n in range(4)]
    workspace.do(set_tags(((ids[0], Tag.KEPT), (ids[1], Tag.KEPT))))
    workspace.do(set_tags(((ids[0], Tag.EDITED), (ids[2], Tag.KEPT))))
    workspace.do(set_intents(((ids[3], Intent.EXPERIMENT),)))
    workspace.do(SetLabels(((ids[1], "refactor", True),)))
    workspace.undo()
    workspace.redo()
    changes = workspace.add([made_reading(6)])
    workspace.show(changes)
    fresh = Workspace(workspace.store, clock).load().frame
    for name in ("id", "time_s", "tag", "intent", "project"):
        assert getattr(workspace.frame, name).tolist() == getattr(fresh, name).tolist(), name
    portions = [
        sorted(zip(f.owner.tolist(), f.te.tolist(), strict=True)) for f in (workspace.frame, fresh)
    ]
    assert portions[0] == portions[1]
    assert workspace.frame.labels == fresh.labels


def test_edits_of_another_program_are_caught_up_with(workspace, clock):
    workspace.store.add([made_reading(2)])
    workspace.load()
    assert workspace.catch_up() is None
    with Store.open(workspace.store.path) as other:
        other.apply(set_tags(((interaction_id(0), Tag.KEPT),)), time_ms=clock())
    assert workspace.catch_up().frame.tag.tolist() == [Tag.KEPT, 0]
    assert workspace.catch_up() is None


def test_one_tag_reads_nothing_of_the_ledger_again(filled, loads):
    update = filled.do(set_tags(((IDS[0], Tag.KEPT), (IDS[1], Tag.KEPT))))
    assert update.frame.tag.tolist() == [Tag.KEPT, Tag.KEPT, 0, 0]
    assert update.changes == Changes(Aspect.TAGS, ids=frozenset(IDS[:2]))
    assert (update.undo_title, update.redo_title) == ("Tag 2 interactions as kept", "")
    assert filled.undo().frame.tag.tolist() == [0, 0, 0, 0]
    assert loads == []


def test_an_edit_that_changes_nothing_leaves_the_frame(filled, loads):
    before = filled.frame
    update = filled.do(set_tags(((IDS[0], None),)))
    assert not update.changes
    assert update.frame.tag.tolist() == before.tag.tolist()
    assert filled.catch_up() is None
    assert loads == []


def test_nothing_to_undo_or_redo_says_nothing_changed(filled):
    assert not filled.undo().changes
    assert not filled.redo().changes


def test_a_note_changes_no_figure_but_is_an_update(filled, loads):
    update = filled.do(set_notes(((IDS[0], "why"),)))
    assert update.changes.any_of(Aspect.NOTES)
    assert loads == []


def test_what_an_import_adds_waits_until_it_is_shown(filled, loads):
    changes = filled.add([made_reading(6)])
    assert len(filled.frame) == 4
    assert len(filled.show(changes).frame) == 6
    assert loads == []
    assert filled.catch_up() is None


def test_a_very_large_change_is_read_at_once(filled, loads, monkeypatch):
    monkeypatch.setattr(workspace_module, "MOST_PATCHED", 1)
    assert len(filled.show(filled.add([made_reading(6)])).frame) == 6
    assert loads == [1]


def test_an_edit_after_another_programs_shows_both(filled, clock):
    with Store.open(filled.store.path) as other:
        other.apply(set_tags(((IDS[0], Tag.EDITED),)), time_ms=clock())
    update = filled.do(set_tags(((IDS[1], Tag.KEPT),)))
    assert update.frame.tag.tolist() == [Tag.EDITED, Tag.KEPT, 0, 0]


def test_an_import_after_another_programs_edit_shows_both(filled, clock):
    with Store.open(filled.store.path) as other:
        other.apply(set_tags(((IDS[0], Tag.EDITED),)), time_ms=clock())
    update = filled.show(filled.add([made_reading(5)]))
    assert update.frame.tag.tolist() == [Tag.EDITED, 0, 0, 0, 0]


def test_closing_keeps_what_the_frame_knows_for_the_next_start(tmp_path, clock, monkeypatch):
    path = tmp_path / "kept" / "ledger.db"
    workspace = Workspace(Store.open(path), clock)
    workspace.load()
    workspace.show(workspace.add([made_reading(3)]))
    shown = workspace.frame
    monkeypatch.setattr(columns, "read", None)  # nothing may be read again
    workspace.close()
    with Store.open(path) as store:
        frame = Workspace(store, clock).load().frame
    assert frame.id.tolist() == shown.id.tolist() != []
    assert frame.te.tolist() == shown.te.tolist()


def test_closing_does_not_keep_what_another_program_made_old(tmp_path, clock):
    path = tmp_path / "kept" / "ledger.db"
    workspace = Workspace(Store.open(path), clock)
    workspace.load()
    with Store.open(path) as other:
        other.add([made_reading(3)])
    workspace.close()
    with Store.open(path) as store:
        assert len(store.columns()) == store.count() == 3


def test_an_edit_of_another_program_while_something_is_written_is_not_missed(filled, clock):
    def work(store):
        with Store.open(store.path) as other:
            other.apply(set_tags(((IDS[0], Tag.EDITED),)), time_ms=clock())
        return store.add([made_reading(5)])

    filled.write(work)
    assert filled.catch_up() is not None
    assert filled.frame.tag.tolist() == [Tag.EDITED, 0, 0, 0, 0]


def test_an_edit_of_another_program_during_a_draw_is_not_missed(filled, clock, monkeypatch):
    draw = workspace_module.questions.draw_first

    def interrupted(store, *arguments, **options):
        with Store.open(store.path) as other:
            other.apply(set_tags(((IDS[0], Tag.EDITED),)), time_ms=clock())
        return draw(store, *arguments, **options)

    monkeypatch.setattr(workspace_module.questions, "draw_first", interrupted)
    assert filled.draw_first(days=9999).frame.tag.tolist() == [Tag.EDITED, 0, 0, 0]


def test_what_was_written_here_alone_is_known(filled, loads):
    filled.write(lambda store: store.add([made_reading(4)]))
    filled.draw_first(days=9999)
    assert filled.catch_up() is None
    assert loads == []


@pytest.mark.parametrize("most_patched", [workspace_module.MOST_PATCHED, 0])
def test_what_was_written_and_never_shown_is_there_at_the_next_start(
    tmp_path, clock, monkeypatch, most_patched
):
    monkeypatch.setattr(workspace_module, "MOST_PATCHED", most_patched)
    path = tmp_path / "kept" / "ledger.db"
    workspace = Workspace(Store.open(path), clock)
    workspace.add([made_reading(3)])
    workspace.load()
    workspace.add([made_reading(6)])
    suggestion = Suggestion(
        interaction=IDS[1], tag=Tag.KEPT, confidence=0.7, worth=0.8, why=("so",)
    )
    workspace.write(lambda store: store.evidence.set_suggestions([suggestion]))
    workspace.close()
    with Store.open(path) as store:
        frame = Workspace(store, clock).load().frame
    assert len(frame) == 6
    assert frame.suggested.tolist() == [0, Tag.KEPT, 0, 0, 0, 0]


def test_evidence_shown_before_the_import_it_is_about_shows_both(filled, clock):
    filled.add([made_reading(5)])
    suggestion = Suggestion(
        interaction=IDS[4], tag=Tag.KEPT, confidence=0.7, worth=0.8, why=("so",)
    )
    filled.show(filled.write(lambda store: store.evidence.set_suggestions([suggestion])))
    fresh = Workspace(filled.store, clock).load().frame
    assert IDS[4] in filled.frame.id.tolist()
    assert filled.frame.te.sum() == fresh.te.sum()
    assert filled.frame.suggested.tolist() == fresh.suggested.tolist()


EDITED_IDS = st.sampled_from([interaction_id(n) for n in range(3)])


def target(value):
    """Return what a value is about: no edit says two things of one target."""
    head = tuple(value)
    return head[: len(head) - 1]


def lists_of(values):
    return st.lists(values, min_size=1, max_size=3, unique_by=target).map(tuple)


EDITS = st.one_of(
    lists_of(st.tuples(EDITED_IDS, st.sampled_from([None, *Tag]))).map(set_tags),
    lists_of(st.tuples(EDITED_IDS, st.sampled_from(list(Intent)))).map(set_intents),
    lists_of(st.tuples(EDITED_IDS, st.sampled_from("ab"), st.booleans())).map(SetLabels),
    lists_of(st.tuples(EDITED_IDS, st.sampled_from(["", "why", "x"]))).map(set_notes),
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
        history = EditHistory(store, clock)
        states = [shown(store)]
        for edit in edits:
            history.do(edit)
            states.append(shown(store))
    with Store.open(path) as store:  # what can be undone survives a restart
        history = EditHistory(store, clock)
        for state in reversed(states[:-1]):
            assert history.undo() is not None
            assert shown(store) == state
        assert history.undo() is None
        for state in states[1:]:
            assert history.redo() is not None
            assert shown(store) == state
        assert history.redo() is None


def test_a_new_edit_ends_what_could_be_redone(workspace):
    workspace.store.add([made_reading(2)])
    first, second = (interaction_id(n) for n in range(2))
    workspace.do(set_tags(((first, Tag.KEPT),)))
    workspace.undo()
    update = workspace.do(set_tags(((second, Tag.EDITED),)))
    assert (update.undo_title, update.redo_title) == ("Tag 1 interaction as edited", "")
    assert workspace.history.redo() is None


def test_an_entry_made_by_hand_can_be_taken_back_and_made_again(workspace):
    entry = LogEntry(77, 1_780_000_000_000, "other", "m", "/p", Usage(input=10))
    assert len(workspace.do(SetLogged(((entry, True),))).frame) == 1
    assert len(workspace.undo().frame) == 0
    assert len(workspace.redo().frame) == 1


def test_a_value_is_made_once():
    makes: list[int] = []
    recent = LRUCache[str, int](9)
    for _ in range(2):
        assert recent.get("a", lambda: makes.append(1) or 7) == 7
    assert makes == [1]


def test_the_one_not_asked_for_the_longest_goes_first():
    recent = LRUCache[str, int](2)
    for key in ("a", "b", "a", "c"):
        recent.get(key, lambda: 0)
    assert recent.get("a", lambda: 1) == 0
    assert recent.get("b", lambda: 1) == 1


def test_room_is_counted_by_size_and_the_latest_always_stays():
    recent = LRUCache[str, str](10, len)
    recent.get("a", lambda: "x" * 6)
    recent.get("b", lambda: "x" * 60)
    assert recent.get("b", lambda: "") == "x" * 60
    assert recent.get("a", lambda: "new") == "new"


def test_nothing_is_kept_of_what_could_not_be_made():
    recent = LRUCache[str, int](9)
    try:
        recent.get("a", lambda: 1 // 0)
    except ZeroDivisionError:
        assert recent.get("a", lambda: 3) == 3
