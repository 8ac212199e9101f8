"""Applying edits: the inverse restores what was, whatever was there."""

import sys
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.edits import (
    ATTRIBUTES,
    Aspect,
    Attribute,
    Changes,
    LogEntry,
    ProjectChoice,
    SetLabels,
    SetLogged,
    SetProjects,
    SetValues,
    set_intents,
    set_kinds,
    set_notes,
    set_tags,
)
from ledger.core.usage import Basis, Usage
from ledger.core.vocabulary import Intent, Kind, Origin, Tag
from ledger.store import columns, columns_cache, upkeep
from ledger.store.history import decode, encode
from ledger.store.store import Store
from tests.store.worlds import AUTHORED, dump, prompt, reading, request, session

IDS = st.integers(11, 14)  # 14 is not in the ledger
WORDS = st.sampled_from(["", "one", "two", "ü\ud800"])
ENTRIES = st.builds(
    LogEntry,
    id=st.integers(70, 72),
    time_ms=st.integers(1, 3).map(lambda n: n * 10**9),
    tool=st.sampled_from(["other", "codex"]),
    model=st.sampled_from(["", "gpt"]),
    project=st.sampled_from(["", "/atlas"]),
    usage=st.builds(Usage, input=st.integers(0, 9), output=st.integers(0, 9)),
)


def several(*parts):
    return st.lists(st.tuples(*parts), min_size=1, max_size=4).map(tuple)


def _choices(values):
    return tuple(ProjectChoice(*value) for value in values)


EDITS = st.one_of(
    st.builds(set_tags, several(IDS, st.none() | st.sampled_from(Tag))),
    st.builds(set_intents, several(IDS, st.sampled_from(Intent))),
    st.builds(SetLabels, several(IDS, WORDS.filter(bool), st.booleans())),
    st.builds(set_kinds, several(IDS, st.none() | st.sampled_from(Kind))),
    st.builds(set_notes, several(IDS, WORDS)),
    st.builds(SetLogged, several(ENTRIES, st.booleans())),
    st.builds(SetProjects, several(IDS, IDS, WORDS).map(_choices)),
)


def shown(store: Store) -> tuple:
    """Return all that a person sees; not when a tag was given, which an undo does not restore."""
    store.save_columns()
    columns = store.columns()
    rows = store.rows(columns.id)
    frozen = [(row.id, row.te, row.tool, row.project, row.models, row.time_ms) for row in rows]
    return (dump(store.path, AUTHORED), list(columns.id), list(columns.te), frozen)


def with_log(folder: str) -> Store:
    store = Store.open(Path(folder) / "ledger.db")
    store.add([reading(session(), *(prompt(n, minute=n) for n in (11, 12, 13)), request(21, 11))])
    return store


@settings(max_examples=40)
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_an_edit_and_its_inverse_restore_exactly_what_was(edits):
    with TemporaryDirectory() as folder, with_log(folder) as store:
        states, inverses = [], []
        for edit in edits:
            states.append(shown(store))
            inverses.append(store.apply(edit, time_ms=1).inverse)
        for state, inverse in zip(reversed(states), reversed(inverses), strict=True):
            store.apply(inverse, time_ms=2)
            assert shown(store) == state
        assert store.check() == []


@settings(max_examples=40)
@given(steps=st.lists(EDITS | st.sampled_from(["undo", "redo", "reopen"]), max_size=12))
def test_undo_and_redo_walk_one_road_also_across_a_restart(steps):
    with TemporaryDirectory() as folder:
        store = with_log(folder)
        past, future, now = [], [], shown(store)
        for step in steps:
            if step == "reopen":
                store.close()
                store = Store.open(Path(folder) / "ledger.db")
            elif step in ("undo", "redo"):
                target = store.undo_target() if step == "undo" else store.redo_target()
                source, other = (past, future) if step == "undo" else (future, past)
                assert (target is None) == (not source)
                if target:
                    store.apply(target[1], time_ms=3, role=step, target=target[0])
                    other.append(now)
                    now = source.pop()
            else:
                past.append(now)
                future.clear()
                store.apply(step, time_ms=2)
                now = shown(store)
            assert shown(store) == now
        assert store.check() == []
        store.close()


def test_a_tag_shows_in_rows_and_columns_with_its_time(store):
    store.add([reading(session(), prompt(11))])
    applied = store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1234)
    assert applied.changes == Changes(Aspect.TAGS, ids=frozenset({11}))
    assert applied.inverse == set_tags(((11, None),))
    (row,) = store.rows([11])
    assert (row.tag, row.tagged_ms) == (Tag.KEPT, 1234)
    assert list(store.columns().tag) == [Tag.KEPT]


def test_the_same_tag_again_changes_nothing_but_is_in_the_history(store):
    store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    assert not store.apply(set_tags(((11, Tag.KEPT),)), time_ms=2).changes
    assert len(store.history()) == 2


def test_of_two_values_for_one_interaction_the_last_holds(store):
    store.add([reading(session(), prompt(11))])
    applied = store.apply(set_tags(((11, Tag.KEPT), (11, Tag.THROWN_AWAY))), time_ms=1)
    assert store.rows([11])[0].tag is Tag.THROWN_AWAY
    assert applied.inverse == set_tags(((11, None),))


def test_what_was_said_of_an_unknown_id_waits_for_it(store):
    store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    store.apply(SetLabels(((11, "later", True),)), time_ms=1)
    store.apply(set_notes(((11, "note"),)), time_ms=1)
    store.apply(set_intents(((11, Intent.EXPERIMENT),)), time_ms=1)
    assert store.rows([11]) == []
    store.add([reading(session(), prompt(11))])
    (row,) = store.rows([11])
    assert (row.tag, row.labels, row.note) == (Tag.KEPT, ("later",), "note")
    assert row.intent is Intent.EXPERIMENT


@pytest.mark.parametrize(
    ("edit", "flag"),
    [
        (set_tags(((11, Tag.KEPT),)), Aspect.TAGS),
        (set_intents(((11, Intent.EXPERIMENT),)), Aspect.INTENTS),
        (SetLabels(((11, "x", True),)), Aspect.LABELS),
        (set_notes(((11, "x"),)), Aspect.NOTES),
        (set_kinds(((11, Kind.FIX),)), Aspect.KINDS),
    ],
)
def test_an_edit_says_what_it_changed_and_nothing_else(store, edit, flag):
    changes = store.apply(edit, time_ms=1).changes
    assert changes == Changes(flag, ids=frozenset({11}))


class Mood(IntEnum):
    GLAD = 1
    CROSS = 2


MOOD = Attribute("mood", "moods", Aspect.NOTES, Mood, None, lambda _moods, whose: f"Cheer {whose}")


@pytest.fixture(params=[*ATTRIBUTES, MOOD], ids=lambda attribute: attribute.name)
def attribute(request, raw, store, monkeypatch):
    """What a person can set, and a made-up one: its row and its table are all that it needs."""
    if request.param is MOOD:
        for module in [*sys.modules.values()]:
            if getattr(module, "ATTRIBUTES", None) is ATTRIBUTES:
                monkeypatch.setattr(module, "ATTRIBUTES", (*ATTRIBUTES, MOOD))
        raw.execute("CREATE TABLE mood (interaction INTEGER PRIMARY KEY, value)")
    return request.param


def test_whatever_a_person_sets_is_the_same_everywhere(store, attribute, raw, machine):
    store.add([reading(session(), prompt(11), prompt(12), prompt(13))])
    values = ["one", "two"] if attribute.type is str else list(attribute.type)
    for number, value in enumerate(values):
        before, shown = columns.read(raw), columns_cache.newest(raw, machine)[0]
        edit = SetValues(attribute, ((11, value), (12, value), (12, attribute.nothing)))
        assert decode(encode(edit)) == edit
        applied = store.apply(edit, time_ms=number)
        assert applied.inverse.attribute is attribute
        assert not applied.changes or applied.changes.what is attribute.aspect
        assert store.check() == []
        assert (
            upkeep.stored_values(raw, machine)[attribute.plural].get(11, attribute.nothing) == value
        )
        now = columns_cache.refresh(raw, machine, before, columns_cache.NewestShown(shown, 0))
        fresh = columns.read(raw)
        assert replace(now, stamp=fresh.stamp) == fresh
        if hasattr(now, attribute.name):
            assert list(getattr(now, attribute.name)) == [value, 0, 0]


def test_a_lost_value_is_found_whatever_was_set(store, attribute, raw):
    value = "one" if attribute.type is str else list(attribute.type)[-1]
    store.apply(SetValues(attribute, ((11, value),)), time_ms=1)
    raw.execute(f"DELETE FROM {attribute.name}")
    assert store.check() == [f"The {attribute.plural} are not what the history adds up to."]
    store.apply(SetValues(attribute, ((11, attribute.nothing),)), time_ms=2)


def test_the_history_keeps_every_edit_as_it_always_did(store, raw):
    for edit in (
        set_tags(((11, Tag.KEPT), (12, None))),
        set_intents(((11, Intent.EXPERIMENT),)),
        set_notes(((11, "ü"), (12, ""))),
        set_kinds(((11, Kind.FIX), (12, None))),
        SetLabels(((11, "x", True),)),
    ):
        store.apply(edit, time_ms=1)
    texts = raw.execute("SELECT edit, inverse FROM history ORDER BY seq")
    assert [(edit, inverse) for edit, inverse in texts] == [
        (_line("tags", "[11,1],[12,null]"), _line("tags", "[11,null],[12,null]")),
        (_line("intents", "[11,1]"), _line("intents", "[11,0]")),
        (_line("notes", r'[11,"\u00fc"],[12,""]'), _line("notes", '[11,""],[12,""]')),
        (_line("kinds", "[11,3],[12,null]"), _line("kinds", "[11,null],[12,null]")),
        (_line("labels", '[11,"x",true]'), _line("labels", '[11,"x",false]')),
    ]


def _line(name: str, values: str) -> str:
    return f'{{"set":"{name}","values":[{values}]}}'


ENTRY = LogEntry(
    70, 1_780_000_000_000, "other", "gpt-5", "/atlas", Usage(100, 0, 0, 0, 50, None,
    Basis.ESTIMATED, 0.8, 1.25),
)  # fmt: skip


def test_an_entry_is_an_interaction_with_one_request(store):
    changes = store.apply(SetLogged(((ENTRY, True),)), time_ms=5).changes
    assert changes == Changes(Aspect.INTERACTIONS, frozenset({70}))
    (row,) = store.rows([70])
    assert (row.origin, row.tool, row.project, row.models) == (
        Origin.LOGGED, "other", "/atlas", ("gpt-5",),
    )  # fmt: skip
    assert (row.requests, row.te, row.time_ms) == (1, 7000, ENTRY.time_ms)
    assert row.usage == ENTRY.usage
    columns = store.columns()
    assert (list(columns.te_low), list(columns.te_high)) == ([5600], [8750])


def test_a_withdrawn_entry_leaves_all_figures_and_keeps_its_tag_for_a_return(store):
    store.apply(SetLogged(((ENTRY, True),)), time_ms=5)
    store.apply(set_tags(((70, Tag.KEPT),)), time_ms=6)
    inverse = store.apply(SetLogged(((ENTRY, False),)), time_ms=7).inverse
    assert len(store.columns()) == len(store.columns().owner) == 0
    assert store.rows([70]) == []
    assert inverse == SetLogged(((ENTRY, True),))
    store.apply(inverse, time_ms=8)
    assert store.rows([70])[0].tag is Tag.KEPT


def test_an_entry_without_project_or_known_usage_is_shown_as_such(store):
    entry = LogEntry(71, 1000, "other", "", "", Usage(basis=Basis.UNKNOWN))
    store.apply(SetLogged(((entry, True),)), time_ms=5)
    (row,) = store.rows([71])
    assert (row.project, row.unknown, row.te, row.usage.basis) == ("", 1, 0, Basis.UNKNOWN)
