import shutil

import pytest

from ledger.app import log_watcher
from ledger.app.log_watcher import RESCAN_MS, LogWatcher
from tests.making import append


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "logs"
    (folder / "project").mkdir(parents=True)
    return folder


@pytest.fixture
def watcher(qtbot, monkeypatch):
    monkeypatch.setattr(log_watcher, "DEBOUNCE_MS", 30)
    watcher = LogWatcher()
    yield watcher
    watcher.stop()


@pytest.fixture
def noticed(watcher):
    """Everything that was noticed, one element per import that was asked for."""
    requests = []
    watcher.noticed.connect(requests.append)
    return requests


def saw(qtbot, noticed, path):
    qtbot.waitUntil(lambda: any(str(path) in paths for paths in noticed), timeout=5_000)


def test_a_new_file_and_a_new_line_are_noticed(qtbot, watcher, noticed, folder):
    watcher.watch([str(folder)])
    log = folder / "project" / "s1.jsonl"
    append(log, "{}")
    saw(qtbot, noticed, log)
    noticed.clear()
    append(log, "{}")
    saw(qtbot, noticed, log)


def test_a_file_in_a_folder_that_is_new_is_noticed(qtbot, watcher, noticed, folder):
    watcher.watch([str(folder)])
    log = folder / "another" / "s1.jsonl"
    log.parent.mkdir()
    qtbot.wait(50)
    append(log, "{}")
    saw(qtbot, noticed, log)


def test_a_file_that_is_moved_into_place_is_noticed_under_its_new_name(
    qtbot, watcher, noticed, folder
):
    log = folder / "project" / "s1.jsonl"
    append(log.with_suffix(".part"), "{}")
    watcher.watch([str(folder)])
    log.with_suffix(".part").rename(log)
    saw(qtbot, noticed, log)


def test_a_burst_of_lines_is_one_import(qtbot, watcher, noticed):
    watcher.watch([])
    for number in range(50):
        watcher._on_written(f"/logs/{number % 5}")
    qtbot.waitUntil(lambda: bool(noticed))
    qtbot.wait(60)
    assert noticed == [frozenset(f"/logs/{number}" for number in range(5))]


def test_folders_that_come_and_files_that_go_ask_for_nothing(qtbot, watcher, noticed, folder):
    log = folder / "project" / "s1.jsonl"
    append(log, "{}")
    watcher.watch([str(folder)])
    (folder / "empty").mkdir()
    log.unlink()
    qtbot.wait(150)
    assert noticed == []


def test_watching_twice_watches_once(watcher, folder):
    watcher.watch([str(folder)])
    emitters = set(watcher._observer.emitters)
    watcher.watch([str(folder)])
    assert set(watcher._observer.emitters) == emitters
    assert len(emitters) == 1


def test_a_folder_that_was_deleted_and_made_anew_is_watched_anew(qtbot, watcher, noticed, folder):
    watcher.watch([str(folder)])
    keeps_the_inode_taken = folder.with_name("old")
    folder.rename(keeps_the_inode_taken)
    (folder / "project").mkdir(parents=True)
    shutil.rmtree(keeps_the_inode_taken)
    watcher.watch([str(folder)])
    noticed.clear()
    log = folder / "project" / "s1.jsonl"
    append(log, "{}")
    saw(qtbot, noticed, log)
    assert len(watcher._observer.emitters) == 1


def test_a_folder_that_is_not_there_leaves_the_others_watched(
    qtbot, watcher, noticed, folder, caplog
):
    watcher.watch([str(folder.parent / "nowhere"), str(folder)])
    log = folder / "project" / "s1.jsonl"
    append(log, "{}")
    saw(qtbot, noticed, log)
    assert "cannot watch a log folder: errno 2" in caplog.text
    assert str(folder) not in caplog.text


def test_everything_is_looked_at_now_and_then_in_case_an_event_was_lost(watcher, noticed):
    watcher.watch([])
    assert watcher._rescan.isActive()
    assert watcher._rescan.interval() == RESCAN_MS
    watcher._rescan.timeout.emit()
    assert noticed == [None]


def test_nothing_is_noticed_after_it_stopped(qtbot, watcher, noticed, folder):
    watcher.watch([str(folder)])
    log = folder / "project" / "s1.jsonl"
    append(log, "{}")
    watcher._on_written(str(log))
    watcher.stop()
    watcher._on_written(str(log))  # this one was on its way
    qtbot.wait(100)
    assert noticed == []
    assert not watcher._rescan.isActive()
    watcher.stop()


def test_it_can_begin_again(qtbot, watcher, noticed, folder):
    watcher.watch([str(folder)])
    watcher.stop()
    watcher.watch([str(folder)])
    log = folder / "project" / "s1.jsonl"
    append(log, "{}")
    saw(qtbot, noticed, log)
