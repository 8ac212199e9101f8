"""The ledger as a whole: what was acknowledged is there, whatever happens."""

import json
import subprocess
import sys

import pytest

from ledger.core.edits import set_tags
from ledger.core.vocabulary import Tag
from ledger.store.store import Store
from tests.store.worlds import prompt, reading, request, session


def killed(folder, trials: int, seconds: int, seed: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", folder, str(trials), str(seconds), str(seed)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_a_process_killed_at_any_moment_loses_nothing_it_acknowledged(tmp_path):
    result = killed(tmp_path, 20, 60, 1)
    assert result["faults"] == []
    assert result["trials"] > 0
    assert result["acknowledged"] >= result["trials"]


@pytest.mark.long
def test_a_thousand_kills_lose_nothing_that_was_acknowledged(tmp_path):
    result = killed(tmp_path, 1000, 240, 2)
    print(f"\n{result['trials']} kills, {result['acknowledged']} acknowledged changes, none lost")
    assert result["faults"] == []
    assert result["trials"] >= 100


def test_the_stamp_rises_with_every_write_and_with_no_read(store):
    stamps = [store.stamp()]
    store.add([reading(session(), prompt(11))])
    stamps.append(store.stamp())
    store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    stamps.append(store.stamp())
    store.columns(), store.rows([11]), store.files(), store.history(), store.check()
    assert [store.stamp() - stamps[0], *(stamp - stamps[0] for stamp in stamps)] == [2, 0, 1, 2]
    assert store.columns().stamp == store.stamp()


def test_everything_is_there_after_a_restart(path):
    with Store.open(path) as store:
        store.add([reading(session(), prompt(11), request(21, 11))])
        store.apply(set_tags(((11, Tag.KEPT),)), time_ms=7)
        before = (store.rows([11]), store.columns(), store.files(), store.history())
    with Store.open(path) as store:
        assert (store.rows([11]), store.columns(), store.files(), store.history()) == before


def test_a_store_can_be_used_by_another_thread_than_opened_it(path):
    import threading

    store = Store.open(path)
    worker = threading.Thread(target=lambda: store.add([reading(session(), prompt(11))]))
    worker.start()
    worker.join()
    assert [row.id for row in store.rows([11])] == [11]
    store.close()
