import threading
from operator import methodcaller

import pytest

from ledger.app import ledger_client
from ledger.app.ledger_client import LedgerClient, attempt
from ledger.core.edits import Aspect, set_tags
from ledger.core.errors import LedgerError, StoreTooNewError
from ledger.core.vocabulary import Kind, Tag
from ledger.flows import transcript
from ledger.store.store import Store
from tests.flows.claude_work import work_log
from tests.making import append, claude_lines, claude_log


def imported(qtbot, client):
    with qtbot.waitSignal(client.imported) as ended:
        client.import_now()
    return ended.args


def test_a_log_on_disk_becomes_rows_in_the_frame(qtbot, client, home):
    claude_log(home.path, "s1", 3)
    assert imported(qtbot, client) == [1, 0]
    qtbot.waitUntil(lambda: len(client.frame) == 3)


def test_importing_again_reads_nothing(qtbot, client, home):
    claude_log(home.path, "s1", 3)
    imported(qtbot, client)
    assert imported(qtbot, client) == [0, 0]


def test_a_tag_is_said_to_be_saved_only_when_another_reader_sees_it(qtbot, client, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, client)
    qtbot.waitUntil(lambda: len(client.frame) == 1)
    identity = int(client.frame.id[0])
    tags = []

    def look(_title):
        with Store.open(client.path, read_only=True) as other:
            tags.append(other.rows([identity])[0].tag)

    client.saved.connect(look)
    with qtbot.waitSignal(client.saved) as saved:
        client.do(set_tags(((identity, Tag.KEPT),)))
    assert saved.args == ["Tag 1 interaction as kept"]
    assert tags == [Tag.KEPT]
    assert client.frame.tag.tolist() == [Tag.KEPT]


def test_undo_in_the_same_breath_takes_the_tag_back(qtbot, client, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, client)
    qtbot.waitUntil(lambda: len(client.frame) == 1)
    titles = []
    client.undo_changed.connect(lambda undo, redo: titles.append((undo, redo)))
    client.do(set_tags(((int(client.frame.id[0]), Tag.KEPT),)))
    client.undo()
    qtbot.waitUntil(lambda: len(titles) == 2)
    assert titles == [("Tag 1 interaction as kept", ""), ("", "Tag 1 interaction as kept")]
    assert client.frame.tag.tolist() == [0]
    client.redo()
    qtbot.waitUntil(lambda: client.frame.tag.tolist() == [Tag.KEPT])


def test_new_lines_appear_while_watching(qtbot, client, home):
    log = claude_log(home.path, "s1", 1)
    imported(qtbot, client)
    qtbot.waitUntil(lambda: len(client.frame) == 1)
    client.watch()
    ready = []
    client.read(lambda: None, ready.append)  # the watch order has been given when this returns
    qtbot.waitUntil(lambda: bool(ready))
    append(log, *claude_lines("s1", 1, first=1))
    qtbot.waitUntil(lambda: len(client.frame) == 2, timeout=5_000)


def test_a_session_file_that_is_new_appears_while_watching(qtbot, client, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, client)
    client.watch()
    ready = []
    client.read(lambda: None, ready.append)
    qtbot.waitUntil(lambda: bool(ready))
    claude_log(home.path, "s2", 2)
    qtbot.waitUntil(lambda: len(client.frame) == 3, timeout=5_000)


def test_what_another_program_tagged_shows(qtbot, client, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, client)
    qtbot.waitUntil(lambda: len(client.frame) == 1)
    with Store.open(client.path) as other:
        other.apply(set_tags(((int(client.frame.id[0]), Tag.EDITED),)), time_ms=1)
    client.watch()
    qtbot.waitUntil(lambda: client.frame.tag.tolist() == [Tag.EDITED], timeout=5_000)


def test_text_is_read_from_the_log_beside_a_running_import(qtbot, client, home):
    claude_log(home.path, "s1", 2)
    imported(qtbot, client)
    qtbot.waitUntil(lambda: len(client.frame) == 2)
    answers = []
    ids = client.frame.id.tolist()
    client.ask(lambda store: store.rows(ids), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    texts = []
    client.import_now()
    client.read(lambda: transcript.read_prompts(answers[0]), texts.append)
    qtbot.waitUntil(lambda: bool(texts))
    assert [texts[0][identity].text for identity in ids] == ["prompt number 0", "prompt number 1"]


def test_a_ledger_of_a_newer_version_is_refused_with_a_sentence(qtbot, tmp_path, home):
    path = tmp_path / "ledger.db"
    Store.open(path).close()
    import sqlite3

    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 999")
    later = ("ledger", "m999_later", "")
    raw.execute("INSERT INTO _sqlite_migrations VALUES (99, ?, ?, ?)", later)
    raw.commit()
    raw.close()
    client = LedgerClient(path, home)
    with qtbot.waitSignal(client.failed) as failed:
        client.start()
    assert isinstance(failed.args[0], StoreTooNewError)
    with qtbot.waitSignal(client.failed):  # an import has nobody to ask, and says so
        client.import_now()
    client.close()


def test_closing_leaves_no_thread_behind(qtbot, tmp_path, home):
    claude_log(home.path, "s1", 2)
    before = set(threading.enumerate())
    client = LedgerClient(tmp_path / "l" / "ledger.db", home)
    with qtbot.waitSignal(client.frame_changed):
        client.start()
    client.watch()
    with qtbot.waitSignal(client.imported):
        client.import_now()
    client.close()
    assert set(threading.enumerate()) - before == set()


@pytest.mark.parametrize("number", [1, 5])
def test_cancelled_imports_go_on_where_they_stopped(qtbot, client, home, number, monkeypatch):
    from ledger.flows.importing import pipeline

    monkeypatch.setattr(pipeline, "CHUNK_FILES", 1)
    for n in range(8):
        claude_log(home.path, f"s{n}", 1)
    steps = []

    def count(progress):
        steps.append(progress)
        if len(steps) == number:
            client.cancel_import()

    client.progress.connect(count)
    with qtbot.waitSignal(client.imported):
        client.import_now()
    with qtbot.waitSignal(client.imported):
        client.import_now()
    qtbot.waitUntil(lambda: len(client.frame) == 8)


def test_evidence_is_looked_for_after_an_import_and_shown(qtbot, client, home, monkeypatch):
    work_log(home.path)
    monkeypatch.setattr(ledger_client, "LOOK_MS", 1)
    is_evidence = methodcaller("any_of", Aspect.EVIDENCE)
    with qtbot.waitSignal(client.changed, check_params_cb=is_evidence):
        client.import_now()
    qtbot.waitUntil(lambda: sorted(client.frame.kind.tolist()) == [Kind.QUESTION, Kind.DRAFT])
    assert client.frame.suggested.any()


def test_choices_about_evidence_hold_for_the_first_look_and_for_later_ones(
    qtbot, client, home, monkeypatch
):
    work_log(home.path)
    client.choose_evidence("*.py: data", False)
    monkeypatch.setattr(ledger_client, "LOOK_MS", 1)
    with qtbot.waitSignal(client.looked, check_params_cb=lambda done, left: done and not left):
        client.import_now()
    qtbot.waitUntil(lambda: Kind.DATA in client.frame.kind.tolist())
    client.choose_evidence("*.py: writing", False)
    qtbot.waitUntil(lambda: Kind.WRITING in client.frame.kind.tolist())


def test_evidence_waits_while_an_import_runs_and_yields_to_the_person(qtbot, client):
    client.look_for_evidence()
    client._on_import(object())
    assert client.evidence_waits
    client._on_import(None)
    assert not client.evidence_waits
    client.undo()
    assert client.evidence_waits


def test_an_import_that_ends_after_closing_begins_no_look(qtbot, client, monkeypatch):
    monkeypatch.setattr(ledger_client, "LOOK_MS", 1)
    client.close()
    client._on_import(None)
    client.look_for_evidence()
    qtbot.wait(20)
    assert "evidence" not in {thread.name for thread in threading.enumerate()}


class AtOnce:
    def read(self, work, answer):
        answer(work())


def test_a_result_reaches_the_answer():
    answers, refused = [], []
    attempt(AtOnce(), lambda: 7, answers.append, refused.append)
    assert (answers, refused) == ([7], [])


def test_an_expected_error_reaches_whoever_shows_it():
    def fail():
        raise LedgerError("No.", "Do this.")

    answers, refused = [], []
    attempt(AtOnce(), fail, answers.append, refused.append)
    assert answers == []
    assert str(refused[0]) == "No. Do this."
