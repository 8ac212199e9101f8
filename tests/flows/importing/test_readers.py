"""Logs are parsed in other processes, and what happens to these costs little."""

import gc
import json
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

import pytest

from ledger.flows.importing import pipeline, readers
from ledger.flows.importing.discovery import jobs, scan_places
from ledger.flows.importing.readers import Readers
from ledger.importers.base import Home
from tests.making import claude_log


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, {})


def read(home, pool=None):
    return list(pipeline.read(jobs(scan_places(home), {}), pool))


def test_reader_processes_give_the_same_as_this_process(home):
    for number in range(5):
        claude_log(home.path, f"s{number}", 4)
    pool = Readers(2)
    try:
        assert read(home, pool)[0][0] == read(home)[0][0]
    finally:
        pool.close()


def test_a_log_that_kills_its_reader_costs_one_file(home, monkeypatch):
    """The reader process ends on the file; its neighbours in the chunk are read all the same."""
    claude_log(home.path, "fine", 2)
    killer = home.path / ".claude" / "projects" / "-home-ada-atlas" / "killer.jsonl"
    killer.write_text(json.dumps({"type": "user"}) + "\n")
    pool = Readers(1)
    monkeypatch.setattr(pool, "submit", _dying(pool.submit, "killer"))
    try:
        steps = read(home, pool)
    finally:
        pool.close()
    problems = [r.problem for readings, _ in steps for r in readings if r.problem]
    assert problems == ["reading it ended the reader process"]
    made = sum(len(r.batch.requests) for readings, _ in steps for r in readings)
    assert made == 2


def _dying(submit, word):
    def submit_or_die(todo):
        if any(word in job.path for job in todo):
            pool = ProcessPoolExecutor(1)
            future = pool.submit(os._exit, 1)
            future.exception()
            pool.shutdown()
            return future
        return submit(todo)

    return submit_or_die


def test_more_chunks_are_under_way_than_there_are_processes():
    """Else the processes would stand still while the store commits."""
    assert Readers(2).ahead > 2 * 2


def test_a_reader_process_looks_for_rubbish_seldom(monkeypatch):
    before = gc.get_threshold()
    monkeypatch.setattr(readers, "_end_with_parent", lambda: None)
    try:
        readers._prepare_process()
        assert gc.get_threshold()[0] == readers.GC_THRESHOLD
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_reader_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(readers, "PATIENCE_S", 0.3)
    pool = readers.Readers(1)
    pool._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    pool._pool.submit(time.sleep, 600)
    pool.close()
    assert multiprocessing.active_children() == []
