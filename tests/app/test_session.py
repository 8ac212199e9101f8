import threading
from operator import methodcaller

import pytest

from ledger.app.session import Session
from ledger.core.edits import Aspect, set_tags
from ledger.core.errors import StoreTooNewError
from ledger.core.words import Kind, Tag
from ledger.flows import reading
from ledger.store.store import Store
from tests.flows.claude_work import work_log
from tests.making import append, claude_lines, claude_log


def imported(qtbot, session):
    with qtbot.waitSignal(session.imported) as ended:
        session.import_now()
    return ended.args


def test_a_log_on_disk_becomes_rows_in_the_frame(qtbot, session, home):
    claude_log(home.path, "s1", 3)
    assert imported(qtbot, session) == [1, 0]
    qtbot.waitUntil(lambda: len(session.frame) == 3)


def test_importing_again_reads_nothing(qtbot, session, home):
    claude_log(home.path, "s1", 3)
    imported(qtbot, session)
    assert imported(qtbot, session) == [0, 0]


def test_a_tag_is_said_to_be_saved_only_when_another_reader_sees_it(qtbot, session, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, session)
    qtbot.waitUntil(lambda: len(session.frame) == 1)
    identity = int(session.frame.id[0])
    seen = []

    def look(_title):
        with Store.open(session.path, read_only=True) as other:
            seen.append(other.rows([identity])[0].tag)

    session.saved.connect(look)
    with qtbot.waitSignal(session.saved) as saved:
        session.do(set_tags(((identity, Tag.KEPT),)))
    assert saved.args == ["Tag 1 interaction as kept"]
    assert seen == [Tag.KEPT]
    assert session.frame.tag.tolist() == [Tag.KEPT]


def test_undo_in_the_same_breath_takes_the_tag_back(qtbot, session, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, session)
    qtbot.waitUntil(lambda: len(session.frame) == 1)
    titles = []
    session.undo_changed.connect(lambda undo, redo: titles.append((undo, redo)))
    session.do(set_tags(((int(session.frame.id[0]), Tag.KEPT),)))
    session.undo()
    qtbot.waitUntil(lambda: len(titles) == 2)
    assert titles == [("Tag 1 interaction as kept", ""), ("", "Tag 1 interaction as kept")]
    assert session.frame.tag.tolist() == [0]
    session.redo()
    qtbot.waitUntil(lambda: session.frame.tag.tolist() == [Tag.KEPT])


def test_new_lines_appear_while_watching(qtbot, session, home):
    log = claude_log(home.path, "s1", 1)
    imported(qtbot, session)
    qtbot.waitUntil(lambda: len(session.frame) == 1)
    session.watch()
    ready = []
    session.read(lambda: None, ready.append)  # the watch order has been given when this returns
    qtbot.waitUntil(lambda: bool(ready))
    append(log, *claude_lines("s1", 1, first=1))
    qtbot.waitUntil(lambda: len(session.frame) == 2, timeout=5_000)


def test_a_session_file_that_is_new_appears_while_watching(qtbot, session, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, session)
    session.watch()
    ready = []
    session.read(lambda: None, ready.append)
    qtbot.waitUntil(lambda: bool(ready))
    claude_log(home.path, "s2", 2)
    qtbot.waitUntil(lambda: len(session.frame) == 3, timeout=5_000)


def test_what_another_program_tagged_shows(qtbot, session, home):
    claude_log(home.path, "s1", 1)
    imported(qtbot, session)
    qtbot.waitUntil(lambda: len(session.frame) == 1)
    with Store.open(session.path) as other:
        other.apply(set_tags(((int(session.frame.id[0]), Tag.EDITED),)), time_ms=1)
    session.watch()
    qtbot.waitUntil(lambda: session.frame.tag.tolist() == [Tag.EDITED], timeout=5_000)


def test_text_is_read_from_the_log_beside_a_running_import(qtbot, session, home):
    claude_log(home.path, "s1", 2)
    imported(qtbot, session)
    qtbot.waitUntil(lambda: len(session.frame) == 2)
    answers = []
    ids = session.frame.id.tolist()
    session.ask(lambda store: store.rows(ids), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    texts = []
    session.import_now()
    session.read(lambda: reading.prompts(answers[0]), texts.append)
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
    session = Session(path, home)
    with qtbot.waitSignal(session.failed) as failed:
        session.start()
    assert isinstance(failed.args[0], StoreTooNewError)
    with qtbot.waitSignal(session.failed):  # an import has nobody to ask, and says so
        session.import_now()
    session.close()


def test_closing_leaves_no_thread_behind(qtbot, tmp_path, home):
    claude_log(home.path, "s1", 2)
    before = set(threading.enumerate())
    session = Session(tmp_path / "l" / "ledger.db", home)
    with qtbot.waitSignal(session.frame_changed):
        session.start()
    session.watch()
    with qtbot.waitSignal(session.imported):
        session.import_now()
    session.close()
    assert set(threading.enumerate()) - before == set()


@pytest.mark.parametrize("number", [1, 5])
def test_cancelled_imports_go_on_where_they_stopped(qtbot, session, home, number, monkeypatch):
    from ledger.flows import importing

    monkeypatch.setattr(importing, "CHUNK_FILES", 1)
    for n in range(8):
        claude_log(home.path, f"s{n}", 1)
    seen = []

    def count(progress):
        seen.append(progress)
        if len(seen) == number:
            session.cancel_import()

    session.progress.connect(count)
    with qtbot.waitSignal(session.imported):
        session.import_now()
    with qtbot.waitSignal(session.imported):
        session.import_now()
    qtbot.waitUntil(lambda: len(session.frame) == 8)


def test_evidence_is_looked_for_after_an_import_and_shown(qtbot, session, home):
    work_log(home.path)
    session._calm.setInterval(1)
    is_evidence = methodcaller("any_of", Aspect.EVIDENCE)
    with qtbot.waitSignal(session.changed, check_params_cb=is_evidence):
        session.import_now()
    qtbot.waitUntil(lambda: sorted(session.frame.kind.tolist()) == [Kind.QUESTION, Kind.DRAFT])
    assert session.frame.suggested.any()


def test_choices_about_evidence_hold_for_the_first_look_and_for_later_ones(qtbot, session, home):
    work_log(home.path)
    session.choose_evidence("*.py: data", False)
    session._calm.setInterval(1)
    with qtbot.waitSignal(session.looked, check_params_cb=lambda done, left: done and not left):
        session.import_now()
    qtbot.waitUntil(lambda: Kind.DATA in session.frame.kind.tolist())
    session.choose_evidence("*.py: writing", False)
    qtbot.waitUntil(lambda: Kind.WRITING in session.frame.kind.tolist())
    session.cancel_evidence()


def test_evidence_waits_while_an_import_runs_and_gives_way_to_the_person(qtbot, session):
    session.look_for_evidence()
    job = session._evidence
    session._on_import(object())
    assert job._must_wait()
    session._on_import(None)
    assert not job._must_wait()
    session.undo()
    assert job._must_wait()


def test_an_import_that_ends_after_closing_begins_no_look(qtbot, session):
    session.close()
    session._on_import(None)
    session.look_for_evidence()
    assert not session._calm.isActive()
    assert "_evidence" not in vars(session)
