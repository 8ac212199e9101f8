"""Nothing is tagged in bulk before the person saw what; then it is one edit, undone at once."""

import pytest
from PySide6.QtWidgets import QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.evidence import Suggestion
from ledger.core.vocabulary import Tag
from ledger.importers.base import Home
from ledger.store.store import Store
from ledger.ui.bulk import Bulk
from ledger.ui.dialogs.parts_dialog import PartsDialog
from ledger.ui.dialogs.tag_several import TagSeveral
from tests.flows.tagging.test_suggestions import with_edits
from tests.making import interaction_id

IDS = [interaction_id(n) for n in range(6)]


@pytest.fixture
def client(qtbot, tmp_path):
    """Six interactions of one session with one edit each; “kept” is suggested of the first four."""
    path = tmp_path / "data" / "ledger.db"
    with Store.open(path) as store:
        store.add([with_edits(6)])
        tags = dict.fromkeys(IDS[:4], Tag.KEPT) | {IDS[4]: Tag.EDITED}
        store.set_suggestions(
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
def chosen():
    return []


@pytest.fixture
def bulk(qtbot, client, chosen):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return Bulk(client, lambda: chosen, parent)


def tags(client):
    frame = client.frame
    return {int(i): int(tag) for i, tag in zip(frame.id, frame.tag, strict=True) if tag}


def opened(qtbot, bulk, kind=TagSeveral):
    qtbot.waitUntil(lambda: isinstance(bulk.dialog, kind))
    return bulk.dialog


def saved(qtbot, client, dialog):
    with qtbot.waitSignal(client.saved) as told:
        dialog.save.click()
    return told.args[0]


def test_the_rest_of_a_session_is_tagged_after_a_look_in_one_edit(qtbot, client, bulk, chosen):
    chosen[:] = [IDS[2]]
    bulk.tag_session()
    dialog = opened(qtbot, bulk)
    assert not tags(client)
    assert len(dialog.list.chosen()) == 6
    dialog.list.tick(0, on=False)
    dialog.choice.take(Tag.THROWN_AWAY)
    assert saved(qtbot, client, dialog) == "Tag 5 interactions as thrown away"
    assert set(tags(client).values()) == {Tag.THROWN_AWAY}
    client.undo()
    qtbot.waitUntil(lambda: not tags(client))


def test_the_same_is_said_of_others_that_the_same_is_suggested_of(qtbot, client, bulk, chosen):
    chosen[:] = [IDS[1]]
    bulk.tag_alike()
    dialog = opened(qtbot, bulk)
    assert dialog.choice.value() is Tag.KEPT
    assert saved(qtbot, client, dialog) == "Tag 4 interactions as kept"
    assert tags(client) == dict.fromkeys(IDS[:4], Tag.KEPT)


def test_cancelling_changes_nothing(qtbot, client, bulk, chosen):
    chosen[:] = [IDS[1]]
    bulk.tag_alike()
    opened(qtbot, bulk).reject()
    assert bulk.dialog is None
    assert not tags(client)


def test_one_suggestion_is_accepted_at_once_and_several_after_a_look(qtbot, client, bulk, chosen):
    chosen[:] = [IDS[4]]
    with qtbot.waitSignal(client.saved):
        bulk.accept()
    assert tags(client) == {IDS[4]: Tag.EDITED}
    chosen[:] = [IDS[0], IDS[4], IDS[5]]
    bulk.accept()
    dialog = opened(qtbot, bulk)
    assert dialog.edit().values == ((IDS[0], Tag.KEPT), (IDS[4], Tag.EDITED))


@pytest.mark.parametrize("name", ["accept", "tag_session", "tag_alike", "tag_parts"])
def test_with_nothing_chosen_nothing_is_asked(qtbot, client, bulk, name):
    getattr(bulk, name)()
    answers = []
    client.ask(lambda _store: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert bulk.dialog is None
    assert not tags(client)


def test_without_a_suggestion_there_is_nothing_alike_and_nothing_to_accept(
    qtbot, client, bulk, chosen
):
    chosen[:] = [IDS[5]]
    bulk.tag_alike()
    bulk.accept()
    answers = []
    client.ask(lambda _store: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert bulk.dialog is None
    assert not tags(client)


def test_files_that_were_kept_make_the_tag_and_a_note(qtbot, client, bulk, chosen):
    chosen[:] = [IDS[0]]
    bulk.tag_parts()
    dialog = opened(qtbot, bulk, PartsDialog)
    dialog.list.tick(0, on=False)
    saved(qtbot, client, dialog)
    qtbot.waitUntil(lambda: tags(client) == {IDS[0]: Tag.THROWN_AWAY})


def test_the_handlers_are_named_as_the_keymap_names_them(bulk):
    assert set(bulk.handlers()) == {"tag.session", "tag.alike", "tag.parts"}
