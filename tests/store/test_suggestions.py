"""Suggestions: never tags, and only what is different is told."""

from ledger.core.vocabulary import Tag
from tests.store.worlds import prompt, reading, session, suggestion


def test_what_is_written_is_read_back(store):
    edited = suggestion(
        11, tag=Tag.EDITED, why=("62 of 75 lines are on main.", "Reformatted “once”.")
    )
    assert store.evidence.set_suggestions([edited, suggestion(12)]).ids == {11, 12}
    assert store.evidence.suggestions([11, 13]) == {11: edited}


def test_only_what_is_different_is_told(store):
    store.evidence.set_suggestions([suggestion(11), suggestion(12)])
    assert not store.evidence.set_suggestions([suggestion(11)])
    assert store.evidence.set_suggestions([suggestion(11), suggestion(12, confidence=0.5)]).ids == {
        12
    }


def test_a_suggestion_taken_away_is_gone_once(store):
    store.evidence.set_suggestions([suggestion(11)])
    assert store.evidence.set_suggestions([], gone=[11, 12]).ids == {11}
    assert not store.evidence.set_suggestions([], gone=[11])
    assert store.evidence.suggestions([11]) == {}
    assert store.evidence.set_suggestions([suggestion(11)]).ids == {11}


def test_a_suggestion_is_no_tag(store):
    store.add([reading(session(), prompt(11))])
    store.evidence.set_suggestions([suggestion(11)])
    assert store.rows([11])[0].tag is None
    assert list(store.columns().tag) == [0]
    assert store.history() == []
