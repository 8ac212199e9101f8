"""What the history adds up to, and whether it is as it was written."""

import pytest

from ledger.core.edits import SetLabels, set_intents, set_kinds, set_notes, set_tags
from ledger.core.words import Intent, Kind, Tag
from ledger.store import replay
from ledger.store.store import Store
from tests.store.worlds import reading


def test_the_history_adds_up_to_the_tables(store):
    store.apply(set_tags(((11, Tag.KEPT), (12, Tag.EDITED))), time_ms=1)
    store.apply(set_tags(((12, None),)), time_ms=1)
    store.apply(set_intents(((11, Intent.EXPERIMENT),)), time_ms=1)
    store.apply(SetLabels(((11, "x", True), (11, "y", True))), time_ms=1)
    store.apply(SetLabels(((11, "y", False),)), time_ms=1)
    store.apply(set_notes(((11, "n"), (12, ""))), time_ms=1)
    store.apply(set_kinds(((11, Kind.FIX), (12, Kind.DRAFT), (13, Kind.UNSORTED))), time_ms=1)
    store.apply(set_kinds(((12, None),)), time_ms=1)
    raw, machine = store._connection.raw, store._machine
    said = replay.replayed(raw, machine)
    assert said == replay.stored(raw, machine)
    assert said == {
        "tags": {11: 1},
        "intents": {11: 1},
        "notes": {11: "n"},
        "kinds": {11: 3, 13: 0},
        "labels": {(11, "x"): True},
        "logged": {},
    }


@pytest.mark.parametrize("change", ["title = 'other'", "seq = 7", "chain = chain + 1", "time_ms=0"])
def test_an_entry_changed_behind_the_ledgers_back_is_found(path, change):
    with Store.open(path) as store:
        for number in range(3):
            store.apply(set_tags(((11 + number, Tag.KEPT),)), time_ms=number + 5)
        raw = store._connection.raw
        assert replay.broken_link(raw, store._machine) is None
        raw.execute("DROP TRIGGER history_is_final")
        raw.execute(f"UPDATE history SET {change} WHERE seq = 2")
        assert replay.broken_link(raw, store._machine) == 2
        store.add([reading()])  # imports go on
