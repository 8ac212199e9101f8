"""Kept columns and the history."""

from ledger.core.edits import set_tags
from ledger.core.words import Tag
from ledger.store import columns, columns_news
from tests.store.worlds import prompt, reading, session


def test_only_the_very_entry_is_known(store):
    raw, machine = store._connection.raw, store._machine
    assert columns_news.newest(raw, machine) == [0, 0]
    assert columns_news.is_known(raw, machine, [0, 0])
    store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    seq, chain = columns_news.newest(raw, machine)
    assert seq == 1
    assert columns_news.is_known(raw, machine, [1, chain])
    assert not columns_news.is_known(raw, machine, [1, chain + 1])
    assert not columns_news.is_known(raw, machine, [2, chain])


def test_equal_seconds_do_not_confuse_places(store):
    store.add([reading(session(), *(prompt(n) for n in range(11, 31)))])
    raw = store._connection.raw
    kept = columns.read(raw)
    store.apply(set_tags(((17, Tag.KEPT), (29, Tag.EDITED))), time_ms=1)
    found = columns_news.brought_up(raw, store._machine, kept, columns_news.Shown(0, 0))
    assert [(i, t) for i, t in zip(found.id, found.tag, strict=True) if t] == [(17, 1), (29, 2)]
