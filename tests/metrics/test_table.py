from array import array

import numpy as np
from hypothesis import given

from ledger.core.columns import Columns
from ledger.metrics.table import PORTIONS, ROWS, Table
from tests.metrics.rows import MONDAY_S, Row, columns, ledgers, spent


def joined(rows, changed, gone=()):
    return Table(**Table.of(columns(rows)).joined(Table.of(columns(changed)), gone))


def test_nothing_is_copied():
    times = array("q", [5])
    table = Table.of(Columns(id=array("q", [1]), time_s=times))
    times[0] = 6
    assert table.time_s.tolist() == [6]


def test_every_column_is_there():
    names = {"projects", "project_names", "worktrees", "folders", "models", "labels", "stamp"}
    fields = set(Columns.__dataclass_fields__) - names
    assert fields == {*ROWS, *PORTIONS}


@given(ledgers(), ledgers())
def test_the_order_is_by_time_and_id(rows, changed):
    found = joined(rows, changed)
    keys = list(zip(found.time_s.tolist(), found.id.tolist(), strict=True))
    assert keys == sorted(keys)
    assert len(set(found.id.tolist())) == len(found)
    assert (np.diff(found.owner) >= 0).all() or len(changed)


def test_names_keep_their_numbers_and_new_ones_follow():
    rows = [Row(1, project="/b", uses=(spent(1, model="z"),))]
    changed = [Row(2, MONDAY_S - 9, project="/a", uses=(spent(2, model="y"),))]
    found = joined(rows, changed)
    assert (found.projects, found.models) == (("/b", "/a"), ("z", "y"))
    assert found.project.tolist() == [1, 0]
    assert sorted(zip(found.owner.tolist(), found.model.tolist(), strict=True)) == [(0, 1), (1, 0)]


def test_labels_follow_their_interactions():
    rows = [Row(1, labels=frozenset("ab")), Row(2, labels=frozenset("a")), Row(3)]
    found = joined(rows, [Row(1, labels=frozenset("c"))], gone=[2])
    assert found.labels == {"c": frozenset({1})}


def test_the_later_stamp_stands():
    old, new = Table.of(Columns(stamp=4)), Table.of(Columns(stamp=9))
    assert old.joined(new)["stamp"] == 9


@given(ledgers(), ledgers())
def test_a_patched_table_becomes_columns_that_say_the_same(rows, changed):
    joined = Table(**Table.of(columns(rows)).joined(Table.of(columns(changed))))
    back = joined.columns(7)
    kept = Table.of(back)
    assert back.stamp == 7
    assert [back.projects[at] for at in back.project] == [
        joined.projects[at] for at in joined.project
    ]
    assert [back.models[at] for at in back.model] == [joined.models[at] for at in joined.model]
    for name in {*ROWS, *PORTIONS} - {"project", "model"}:
        np.testing.assert_array_equal(getattr(kept, name), getattr(joined, name))
    assert list(back.projects) == sorted({joined.projects[at] for at in joined.project})
