"""Ids of names, and text as SQLite can keep it."""

import sqlite3
from json import loads

from hypothesis import given
from hypothesis import strategies as st

from ledger.store.names import NO_ID, json_ids, model_id, project_id, storable


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_stored_and_comes_back_as_stored(text):
    raw = sqlite3.connect(":memory:")
    assert raw.execute("SELECT ?", (storable(text),)).fetchone() == (storable(text),)
    raw.close()


@given(st.text(max_size=20))
def test_real_text_is_not_changed(text):
    assert storable(text) == text


def test_an_unknown_project_has_no_id_and_an_unknown_model_has_one():
    assert project_id("") == NO_ID
    assert model_id("") not in (NO_ID, model_id("gpt"), project_id("gpt"))


@given(st.sets(st.integers(0, 2**63 - 1)))
def test_listed_ids_are_the_ids(ids):
    assert set(loads(json_ids(ids))) == ids
    raw = sqlite3.connect(":memory:")
    assert {
        row[0] for row in raw.execute("SELECT value FROM json_each(?)", (json_ids(ids),))
    } == ids
    raw.close()
