"""Interactions entered by hand."""

from ledger.core.edits import Aspect, Changes, LogEntry, SetLogged, set_tags
from ledger.core.usage import Basis, Usage
from ledger.core.words import Origin, Tag

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
