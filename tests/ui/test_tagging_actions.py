import pytest
from PySide6.QtWidgets import QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.edits import SetLabels, set_intents, set_notes
from ledger.core.evidence import Suggestion
from ledger.core.vocabulary import Intent, Tag
from ledger.importers.base import Home
from ledger.store.store import Store
from ledger.ui import tagging_actions
from ledger.ui.dialogs.parts_dialog import PartsDialog
from ledger.ui.dialogs.tag_several import TagSeveral
from ledger.ui.tagging_actions import BulkActions, TagActions
from tests.flows.tagging.test_suggestions import with_edits
from tests.making import interaction_id
from tests.ui.conftest import do


@pytest.fixture
def selected_ids():
    """The ids that are chosen; a test puts some in."""
    return []


@pytest.fixture
def actions(qtbot, filled, selected_ids):
    parent = QWidget()
    qtbot.addWidget(parent)
    return TagActions(filled, lambda: selected_ids, parent)


@pytest.fixture
def questions(monkeypatch):
    """What was asked; the person answers with `questions.answer`."""

    class Recorded(list):
        answer = None

    recorded = Recorded()

    def ask(_parent, **question):
        recorded.append(question)
        return recorded.answer

    monkeypatch.setattr(tagging_actions, "ask_text", ask)
    return recorded


def rows(qtbot, client, ids=(1, 2, 3)):
    """Return what the store says of the interactions now."""
    answers = []
    client.ask(lambda store: store.rows(list(ids)), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def saved(qtbot, client, act):
    with qtbot.waitSignal(client.saved) as blocker:
        act()
    return blocker.args[0]


def silent(qtbot, client, act):
    with qtbot.assertNotEmitted(client.saved):
        act()
        rows(qtbot, client)


def test_everything_chosen_gets_the_tag_in_one_edit(qtbot, actions, filled, selected_ids):
    selected_ids[:] = [2, 3]
    title = saved(qtbot, filled, lambda: actions.tag(Tag.EDITED))
    assert title == "Tag 2 interactions as edited"
    assert [row.tag for row in rows(qtbot, filled)] == [Tag.KEPT, Tag.EDITED, Tag.EDITED]
    saved(qtbot, filled, lambda: actions.tag(None))
    assert [row.tag for row in rows(qtbot, filled)] == [Tag.KEPT, None, None]


@pytest.mark.parametrize("name", ["toggle_experiment", "edit_labels", "edit_note"])
def test_with_nothing_chosen_nothing_happens_and_nothing_is_asked(
    qtbot, actions, filled, questions, name
):
    questions.answer = "bug"
    silent(qtbot, filled, getattr(actions, name))
    silent(qtbot, filled, lambda: actions.tag(Tag.KEPT))
    assert questions == []


@pytest.mark.parametrize("name", ["toggle_experiment", "edit_labels", "edit_note"])
def test_what_was_withdrawn_meanwhile_is_not_asked_about(
    qtbot, actions, filled, selected_ids, questions, name
):
    selected_ids[:] = [99]
    questions.answer = "bug"
    silent(qtbot, filled, getattr(actions, name))
    assert questions == []


def test_some_experiments_become_all_experiments_and_then_all_deliveries(
    qtbot, actions, filled, selected_ids
):
    selected_ids[:] = [1, 2]
    do(qtbot, filled, set_intents(((1, Intent.EXPERIMENT),)))
    saved(qtbot, filled, actions.toggle_experiment)
    assert [row.intent for row in rows(qtbot, filled, (1, 2))] == [Intent.EXPERIMENT] * 2
    saved(qtbot, filled, actions.toggle_experiment)
    assert [row.intent for row in rows(qtbot, filled, (1, 2))] == [Intent.DELIVERY] * 2


def test_labels_that_all_share_are_edited_and_the_others_stay(
    qtbot, actions, filled, selected_ids, questions
):
    selected_ids[:] = [1, 2]
    mine = SetLabels(((1, "shared", True), (2, "shared", True), (2, "own", True)))
    do(qtbot, filled, mine)
    questions.answer = " new,, bug ,"
    saved(qtbot, filled, actions.edit_labels)
    [question] = questions
    assert question["text"] == "shared"
    assert question["suggestions"] == ["own", "shared"]
    assert "these 2 interactions" in question["question"]
    assert [row.labels for row in rows(qtbot, filled, (1, 2))] == [
        ("bug", "new"),
        ("bug", "new", "own"),
    ]


def test_the_same_labels_again_are_no_edit(qtbot, actions, filled, selected_ids, questions):
    selected_ids[:] = [1]
    do(qtbot, filled, SetLabels(((1, "bug", True),)))
    questions.answer = "bug"
    silent(qtbot, filled, actions.edit_labels)
    assert "this interaction" in questions[0]["question"]


def test_a_note_is_changed_from_what_it_was(qtbot, actions, filled, selected_ids, questions):
    selected_ids[:] = [2]
    do(qtbot, filled, set_notes(((2, "old"),)))
    questions.answer = "new"
    saved(qtbot, filled, actions.edit_note)
    assert questions[0]["text"] == "old"
    assert rows(qtbot, filled, (2,))[0].note == "new"


@pytest.mark.parametrize("name", ["edit_labels", "edit_note"])
def test_who_changes_their_mind_changes_nothing(
    qtbot, actions, filled, selected_ids, questions, name
):
    selected_ids[:] = [1]
    do(qtbot, filled, SetLabels(((1, "bug", True),)))
    silent(qtbot, filled, getattr(actions, name))
    assert len(questions) == 1
    assert rows(qtbot, filled, (1,))[0].labels == ("bug",)


def test_every_handler_does_what_its_command_says(qtbot, actions, filled, selected_ids):
    handlers = actions.handlers()
    assert set(handlers) == {"intent.toggle", "label.edit", "note.edit", "undo"}
    selected_ids[:] = [3]
    saved(qtbot, filled, handlers["intent.toggle"])
    assert rows(qtbot, filled, (3,))[0].intent is Intent.EXPERIMENT
    saved(qtbot, filled, handlers["undo"])
    assert rows(qtbot, filled, (3,))[0].intent is Intent.DELIVERY


IDS = [interaction_id(n) for n in range(6)]


@pytest.fixture
def suggested(qtbot, tmp_path):
    """Six interactions of one session with one edit each; “kept” is suggested of the first four."""
    path = tmp_path / "data" / "ledger.db"
    with Store.open(path) as store:
        store.add([with_edits(6)])
        tags = dict.fromkeys(IDS[:4], Tag.KEPT) | {IDS[4]: Tag.EDITED}
        store.evidence.set_suggestions(
            [
                Suggestion(interaction=i, tag=tag, confidence=0.7, worth=0.5, why=())
                for i, tag in tags.items()
            ]
        )
    opened = LedgerClient(path, Home(tmp_path, {}))
    with qtbot.waitSignal(opened.frame_changed):
        opened.start()
    yield opened
    opened.close()


@pytest.fixture
def bulk(qtbot, suggested, selected_ids):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return BulkActions(suggested, lambda: selected_ids, parent)


def tags(suggested):
    frame = suggested.frame
    return {int(i): int(tag) for i, tag in zip(frame.id, frame.tag, strict=True) if tag}


def opened(qtbot, bulk, kind=TagSeveral):
    qtbot.waitUntil(lambda: isinstance(bulk.dialog, kind))
    return bulk.dialog


def answered(qtbot, suggested, dialog):
    with qtbot.waitSignal(suggested.saved) as blocker:
        dialog.save.click()
    return blocker.args[0]


def test_the_rest_of_a_session_is_tagged_after_a_look_in_one_edit(
    qtbot, suggested, bulk, selected_ids
):
    selected_ids[:] = [IDS[2]]
    bulk.tag_session()
    dialog = opened(qtbot, bulk)
    assert not tags(suggested)
    assert len(dialog.list.ticked_numbers()) == 6
    dialog.list.tick(0, on=False)
    dialog.choice.take(Tag.THROWN_AWAY)
    assert answered(qtbot, suggested, dialog) == "Tag 5 interactions as thrown away"
    assert set(tags(suggested).values()) == {Tag.THROWN_AWAY}
    suggested.undo()
    qtbot.waitUntil(lambda: not tags(suggested))


def test_the_same_is_said_of_others_that_the_same_is_suggested_of(
    qtbot, suggested, bulk, selected_ids
):
    selected_ids[:] = [IDS[1]]
    bulk.tag_alike()
    dialog = opened(qtbot, bulk)
    assert dialog.choice.value() is Tag.KEPT
    assert answered(qtbot, suggested, dialog) == "Tag 4 interactions as kept"
    assert tags(suggested) == dict.fromkeys(IDS[:4], Tag.KEPT)


def test_cancelling_changes_nothing(qtbot, suggested, bulk, selected_ids):
    selected_ids[:] = [IDS[1]]
    bulk.tag_alike()
    opened(qtbot, bulk).reject()
    assert bulk.dialog is None
    assert not tags(suggested)


def test_one_suggestion_is_accepted_at_once_and_several_after_a_look(
    qtbot, suggested, bulk, selected_ids
):
    selected_ids[:] = [IDS[4]]
    with qtbot.waitSignal(suggested.saved):
        bulk.accept()
    assert tags(suggested) == {IDS[4]: Tag.EDITED}
    selected_ids[:] = [IDS[0], IDS[4], IDS[5]]
    bulk.accept()
    dialog = opened(qtbot, bulk)
    assert dialog.edit().values == ((IDS[0], Tag.KEPT), (IDS[4], Tag.EDITED))


@pytest.mark.parametrize("name", ["accept", "tag_session", "tag_alike", "tag_parts"])
def test_with_nothing_chosen_nothing_is_asked(qtbot, suggested, bulk, name):
    getattr(bulk, name)()
    answers = []
    suggested.ask(lambda _store: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert bulk.dialog is None
    assert not tags(suggested)


def test_without_a_suggestion_there_is_nothing_alike_and_nothing_to_accept(
    qtbot, suggested, bulk, selected_ids
):
    selected_ids[:] = [IDS[5]]
    bulk.tag_alike()
    bulk.accept()
    answers = []
    suggested.ask(lambda _store: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert bulk.dialog is None
    assert not tags(suggested)


def test_files_that_were_kept_make_the_tag_and_a_note(qtbot, suggested, bulk, selected_ids):
    selected_ids[:] = [IDS[0]]
    bulk.tag_parts()
    dialog = opened(qtbot, bulk, PartsDialog)
    dialog.list.tick(0, on=False)
    answered(qtbot, suggested, dialog)
    qtbot.waitUntil(lambda: tags(suggested) == {IDS[0]: Tag.THROWN_AWAY})


def test_the_handlers_are_named_as_the_keymap_names_them(bulk):
    assert set(bulk.handlers()) == {"tag.session", "tag.alike", "tag.parts"}
