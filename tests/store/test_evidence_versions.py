"""Changes of evidence, numbered."""

from ledger.store import evidence_versions
from tests.store.worlds import observation, suggestion


def test_only_the_very_change_is_known(store, raw):
    assert evidence_versions.newest(raw) == [0, 0]
    assert evidence_versions.is_known(raw, [0, 0])
    store.evidence.set_suggestions([suggestion(11)])
    number, nonce = evidence_versions.newest(raw)
    assert number == 1
    assert evidence_versions.is_known(raw, [1, nonce])
    assert not evidence_versions.is_known(raw, [1, nonce + 1])
    assert not evidence_versions.is_known(raw, [2, nonce])


def test_what_is_seen_again_as_it_was_is_no_change(store, raw):
    store.evidence.set_observations([observation(11), observation(12)])
    store.evidence.set_suggestions([suggestion(13), suggestion(14)])
    store.evidence.set_observations([observation(11, runs=5), observation(12, kind=2)])
    store.evidence.set_suggestions([suggestion(13), suggestion(14, confidence=0.5)])
    assert evidence_versions.changed_since(raw, 0) == {11, 12, 13, 14}
    assert evidence_versions.changed_since(raw, 2) == {12, 14}
    assert evidence_versions.changed_since(raw, 4) == set()


def test_a_change_of_long_ago_is_forgotten(store, monkeypatch, raw):
    monkeypatch.setattr(evidence_versions, "MOST_CHANGES", 2)
    store.evidence.set_suggestions([suggestion(11)])
    first = evidence_versions.newest(raw)
    store.evidence.set_suggestions([suggestion(12)])
    assert evidence_versions.is_known(raw, first)
    store.evidence.set_suggestions([suggestion(13)])
    assert not evidence_versions.is_known(raw, first)
