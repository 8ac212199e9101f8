import pytest
from PySide6.QtWidgets import QWidget

from ledger.core.edits import SetLabels, set_intents, set_notes
from ledger.core.vocabulary import Intent, Tag
from ledger.ui import judge as judging
from ledger.ui.judge import Judge
from tests.ui.conftest import do


@pytest.fixture
def chosen():
    """The ids that are chosen; a test puts some in."""
    return []


@pytest.fixture
def judge(qtbot, filled, chosen):
    parent = QWidget()
    qtbot.addWidget(parent)
    return Judge(filled, lambda: chosen, parent)


@pytest.fixture
def asked(monkeypatch):
    """What was asked; the person answers with `asked.answer`."""

    class Asked(list):
        answer = None

    questions = Asked()

    def ask(_parent, **question):
        questions.append(question)
        return questions.answer

    monkeypatch.setattr(judging, "ask_text", ask)
    return questions


def rows(qtbot, client, ids=(1, 2, 3)):
    """Return what the store says of the interactions now."""
    answers = []
    client.ask(lambda store: store.rows(list(ids)), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def saved(qtbot, client, act):
    with qtbot.waitSignal(client.saved) as told:
        act()
    return told.args[0]


def silent(qtbot, client, act):
    with qtbot.assertNotEmitted(client.saved):
        act()
        rows(qtbot, client)


def test_everything_chosen_gets_the_tag_in_one_edit(qtbot, judge, filled, chosen):
    chosen[:] = [2, 3]
    title = saved(qtbot, filled, lambda: judge.tag(Tag.EDITED))
    assert title == "Tag 2 interactions as edited"
    assert [row.tag for row in rows(qtbot, filled)] == [Tag.KEPT, Tag.EDITED, Tag.EDITED]
    saved(qtbot, filled, lambda: judge.tag(None))
    assert [row.tag for row in rows(qtbot, filled)] == [Tag.KEPT, None, None]


@pytest.mark.parametrize("name", ["toggle_experiment", "edit_labels", "edit_note"])
def test_with_nothing_chosen_nothing_happens_and_nothing_is_asked(
    qtbot, judge, filled, asked, name
):
    asked.answer = "bug"
    silent(qtbot, filled, getattr(judge, name))
    silent(qtbot, filled, lambda: judge.tag(Tag.KEPT))
    assert asked == []


@pytest.mark.parametrize("name", ["toggle_experiment", "edit_labels", "edit_note"])
def test_what_was_withdrawn_meanwhile_is_not_asked_about(qtbot, judge, filled, chosen, asked, name):
    chosen[:] = [99]
    asked.answer = "bug"
    silent(qtbot, filled, getattr(judge, name))
    assert asked == []


def test_some_experiments_become_all_experiments_and_then_all_deliveries(
    qtbot, judge, filled, chosen
):
    chosen[:] = [1, 2]
    do(qtbot, filled, set_intents(((1, Intent.EXPERIMENT),)))
    saved(qtbot, filled, judge.toggle_experiment)
    assert [row.intent for row in rows(qtbot, filled, (1, 2))] == [Intent.EXPERIMENT] * 2
    saved(qtbot, filled, judge.toggle_experiment)
    assert [row.intent for row in rows(qtbot, filled, (1, 2))] == [Intent.DELIVERY] * 2


def test_labels_that_all_share_are_edited_and_the_others_stay(qtbot, judge, filled, chosen, asked):
    chosen[:] = [1, 2]
    mine = SetLabels(((1, "shared", True), (2, "shared", True), (2, "own", True)))
    do(qtbot, filled, mine)
    asked.answer = " new,, bug ,"
    saved(qtbot, filled, judge.edit_labels)
    [question] = asked
    assert question["text"] == "shared"
    assert question["known"] == ["own", "shared"]
    assert "these 2 interactions" in question["question"]
    assert [row.labels for row in rows(qtbot, filled, (1, 2))] == [
        ("bug", "new"),
        ("bug", "new", "own"),
    ]


def test_the_same_labels_again_are_no_edit(qtbot, judge, filled, chosen, asked):
    chosen[:] = [1]
    do(qtbot, filled, SetLabels(((1, "bug", True),)))
    asked.answer = "bug"
    silent(qtbot, filled, judge.edit_labels)
    assert "this interaction" in asked[0]["question"]


def test_a_note_is_changed_from_what_it_was(qtbot, judge, filled, chosen, asked):
    chosen[:] = [2]
    do(qtbot, filled, set_notes(((2, "old"),)))
    asked.answer = "new"
    saved(qtbot, filled, judge.edit_note)
    assert asked[0]["text"] == "old"
    assert rows(qtbot, filled, (2,))[0].note == "new"


@pytest.mark.parametrize("name", ["edit_labels", "edit_note"])
def test_who_changes_their_mind_changes_nothing(qtbot, judge, filled, chosen, asked, name):
    chosen[:] = [1]
    do(qtbot, filled, SetLabels(((1, "bug", True),)))
    silent(qtbot, filled, getattr(judge, name))
    assert len(asked) == 1
    assert rows(qtbot, filled, (1,))[0].labels == ("bug",)


def test_every_handler_does_what_its_command_says(qtbot, judge, filled, chosen):
    handlers = judge.handlers()
    assert set(handlers) == {"intent.toggle", "label.edit", "note.edit", "undo"}
    chosen[:] = [3]
    saved(qtbot, filled, handlers["intent.toggle"])
    assert rows(qtbot, filled, (3,))[0].intent is Intent.EXPERIMENT
    saved(qtbot, filled, handlers["undo"])
    assert rows(qtbot, filled, (3,))[0].intent is Intent.DELIVERY
