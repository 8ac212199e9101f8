"""The whole ledger as arrays."""

from ledger.core.columns import Columns
from ledger.core.edits import SetLabels, set_intents, set_kinds, set_tags
from ledger.core.vocabulary import TOOLS, Intent, Kind, Tag, Tool
from ledger.store import columns
from tests.store.worlds import START_MS, observation, prompt, reading, request, session, suggestion


def test_an_empty_ledger_has_empty_columns(store):
    assert store.columns() == Columns()
    assert store.columns_of([1, 2]) == Columns()


def test_every_column_shows_what_was_added(store):
    store.add(
        [
            reading(
                session(1),
                prompt(12, minute=2),
                prompt(11, minute=1, directory="/borealis"),
                request(21, 11, minute=1, model="m-2", reasoning=4),
                request(22, 11, minute=2, model="m-2"),
                request(23, 12, minute=40, model="m-1"),
                tool=Tool.CODEX,
            )
        ]
    )
    store.apply(set_tags(((12, Tag.EDITED),)), time_ms=1)
    store.apply(set_intents(((11, Intent.EXPERIMENT),)), time_ms=1)
    store.apply(SetLabels(((12, "x", True), (99, "x", True))), time_ms=1)
    columns = store.columns()
    assert list(columns.id) == [11, 12]
    assert list(columns.time_s) == [START_MS // 1000 + 60, START_MS // 1000 + 120]
    assert list(columns.session) == [1, 1]
    assert [columns.projects[place] for place in columns.project] == ["/borealis", "/atlas"]
    assert {TOOLS[place] for place in columns.tool} == {Tool.CODEX}
    assert (list(columns.tag), list(columns.intent)) == ([0, 2], [1, 0])
    assert columns.labels == {"x": frozenset({12})}
    portions = sorted(
        zip(columns.owner, columns.model, columns.requests, columns.reasoning, strict=True)
    )
    assert portions == [(0, 1, 2, 4), (1, 0, 1, 0)]
    assert columns.models == ("m-1", "m-2")
    first = (START_MS // 1000 + 60) // 900
    assert sorted(columns.quarter) == [first, first + 3]
    assert sorted(columns.te) == [4990, 9980]
    assert columns.stamp == store.stamp()


def test_some_ids_give_their_part_and_leave_out_what_does_not_count(store):
    store.add([reading(session(), *(prompt(n, minute=n) for n in (11, 12, 13)), request(21, 12))])
    columns = store.columns_of([13, 12, 99])
    assert list(columns.id) == [12, 13]
    assert list(columns.owner) == [0]


def test_many_rows_are_read_in_several_steps(store, monkeypatch):
    monkeypatch.setattr(columns, "CHUNK", 2)
    parts = [part for n in range(5) for part in (prompt(11 + n, minute=n), request(21 + n, 11 + n))]
    store.add([reading(session(), *parts)])
    assert list(store.columns().id) == [11, 12, 13, 14, 15]
    assert sorted(store.columns().owner) == [0, 1, 2, 3, 4]


def test_equal_moments_are_ordered_by_id(store):
    store.add([reading(session(), prompt(13), prompt(11), prompt(12))])
    assert list(store.columns().id) == [11, 12, 13]


def test_the_persons_word_on_the_kind_of_work_wins_over_what_was_observed(store):
    store.add([reading(session(), *(prompt(n, minute=n) for n in (11, 12, 13)))])
    observations = [observation(n, kind=Kind.DRAFT) for n in (11, 12, 99)]
    store.evidence.set_observations(observations)
    store.apply(set_kinds(((12, Kind.UNSORTED), (13, Kind.FIX), (98, Kind.FIX))), time_ms=1)
    assert list(store.columns().kind) == [Kind.DRAFT, Kind.UNSORTED, Kind.FIX]
    assert list(store.columns_of([12]).kind) == [Kind.UNSORTED]
    assert [row.kind for row in store.rows([11, 12, 13])] == list(store.columns().kind)


def test_a_suggestion_shows_with_its_confidence_in_percent(store):
    store.add([reading(session(), prompt(11), prompt(12, minute=1))])
    store.evidence.set_suggestions([suggestion(12, confidence=0.855), suggestion(99)])
    columns = store.columns()
    assert list(columns.suggested) == [0, Tag.KEPT]
    assert list(columns.confidence) == [0, 86]
