"""The store's face to evidence: one key, and transactions of its own."""

import pytest

from ledger.core.errors import StoreError
from ledger.store.store import Store
from tests.store.worlds import observation, suggestion


def test_the_key_is_the_ledgers_own_and_stays(path, tmp_path):
    with Store.open(path) as store, Store.open(tmp_path / "other.db") as other:
        assert len(store.evidence.key) == 32
        assert store.evidence.key != other.evidence.key
        key = store.evidence.key
    with Store.open(path) as again:
        assert again.evidence.key == key


def test_a_backup_holds_key_and_evidence(path, tmp_path):
    with Store.open(path) as store:
        store.evidence.set_observations([observation(11)])
        store.backup(tmp_path / "backup.db")
        key = store.evidence.key
    with Store.open(tmp_path / "backup.db") as copy:
        assert copy.evidence.key == key
        assert copy.evidence.observations([11]) == {11: observation(11)}


def test_each_write_is_one_change_of_the_ledger(store):
    before = store.stamp()
    store.evidence.set_observations([observation(11)])
    store.evidence.set_survivals([], checked_ids=[11], now_ms=1)
    store.evidence.set_suggestions([suggestion(11)])
    store.evidence.add_questions([])
    assert store.stamp() == before + 4


def test_evidence_is_not_written_to_a_ledger_that_is_only_read(path):
    Store.open(path).close()
    with Store.open(path, read_only=True) as store, pytest.raises(StoreError):
        store.evidence.set_suggestions([suggestion(11)])
