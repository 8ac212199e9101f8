"""Rows: what a table or a card shows."""

import pytest

from ledger.core.edits import SetLabels, set_notes
from ledger.core.ids import content_id, shown
from ledger.core.parts import SpanPart
from ledger.core.rows import Pointer
from ledger.core.usage import Basis, Usage
from ledger.core.vocabulary import Intent, Origin, Outcome
from ledger.store import interactions
from tests.store.worlds import START_MS, edit, prompt, reading, request, session


def test_a_row_holds_everything_a_card_shows(store):
    store.add(
        [
            reading(
                session(branch="fallback"),
                prompt(11, minute=3, branch="", origin=Origin.QUEUED),
                request(21, 11, minute=3, model="small", reasoning=6, output=1),
                request(22, 11, minute=4, model="large", output=90),
                request(23, 11, minute=5, model="large", basis=Basis.UNKNOWN),
                edit(42, 11, minute=6, outcome=Outcome.REJECTED, added=100),
                edit(41, 11, minute=4, human_changed=True),
                SpanPart(11, 700),
                path="/logs/\udce9.jsonl",
            )
        ]
    )
    store.apply(SetLabels(((11, "b", True), (11, "a", True))), time_ms=1)
    store.apply(set_notes(((11, "why"),)), time_ms=1)
    (row,) = store.rows([11])
    assert (row.id, row.time_ms, row.tool) == (11, START_MS + 180_000, "claude-code")
    assert (row.session, row.session_key, row.project) == (1, "key-1", "/atlas")
    assert (row.branch, row.origin) == ("fallback", Origin.QUEUED)
    assert (row.tag, row.tagged_ms, row.intent) == (None, None, Intent.DELIVERY)
    assert (row.labels, row.note) == (("a", "b"), "why")
    assert (row.models, row.requests, row.unknown) == (("large", "small"), 3, 1)
    assert row.usage == Usage(20, 40, 60, 0, 91, 6, Basis.UNKNOWN)
    assert row.te == 20 * 20 + 40 * 2 + 60 * 25 + 91 * 100
    assert (row.added, row.removed) == (5, 2)
    assert [(e.id, e.outcome, e.human_changed) for e in row.edits] == [
        (41, Outcome.APPLIED, True), (42, Outcome.REJECTED, False),
    ]  # fmt: skip
    assert row.pointers == (Pointer("/logs/\udce9.jsonl", "claude-code", 100, 50, 700, 7),)


def test_rows_come_in_the_order_asked_for(store, monkeypatch):
    monkeypatch.setattr(interactions, "CHUNK", 2)
    store.add([reading(session(), *(prompt(n, minute=n) for n in range(11, 17)))])
    requested = [16, 11, 99, 13, 12, 15]
    assert [row.id for row in store.rows(requested)] == [16, 11, 13, 12, 15]
    assert store.rows([]) == []


def test_the_range_of_an_estimate_is_that_of_its_sum(store):
    exact, rough = request(21, 11, output=100), request(22, 11, output=300)
    rough = rough._replace(basis=Basis.ESTIMATED, low=0.5, high=2.0)
    store.add([reading(session(), prompt(11), exact, rough)])
    usage = store.rows([11])[0].usage
    te, part = 2 * 990 + 40_000, 990 + 30_000
    assert usage.basis is Basis.ESTIMATED
    assert (usage.low, usage.high) == ((te - part / 2) / te, (te + part) / te)


def test_the_file_that_holds_most_of_the_text_comes_first(store):
    store.add(
        [
            reading(session(), prompt(11), SpanPart(11, 200), path="/logs/a.jsonl"),
            reading(prompt(11), SpanPart(11, 900), path="/logs/b.jsonl"),
            reading(SpanPart(11, 5000), path="/logs/c.jsonl"),  # only its end: cannot be shown
        ]
    )
    assert [pointer.path for pointer in store.rows([11])[0].pointers] == [
        "/logs/b.jsonl", "/logs/a.jsonl",
    ]  # fmt: skip


def test_an_id_is_found_by_how_it_begins(store):
    first, second = content_id("a"), content_id("b")
    store.add([reading(session(), prompt(first), prompt(second), prompt(11))])
    assert store.ids_starting(shown(first)) == [first]
    assert store.ids_starting(shown(first)[:4]) == [first]
    assert store.ids_starting(shown(first)[:4].upper()) == [first]
    assert store.ids_starting("0" * 14) == [11]
    assert set(store.ids_starting("")) == {first, second, 11}


@pytest.mark.parametrize("word", ["xyz", "-1", "f" * 16, "0" * 17, "0x1", " 1", "1_0"])
def test_what_is_no_beginning_of_an_id_finds_nothing(store, word):
    store.add([reading(session(), prompt(11), prompt(0x1000000000000000))])
    assert store.ids_starting(word) == []


def test_a_prompt_without_a_logged_request_has_an_unknown_usage_not_none(store):
    store.add([reading(prompt(11))])
    [row] = store.rows([11])
    assert (row.requests, row.usage.basis) == (0, Basis.UNKNOWN)
