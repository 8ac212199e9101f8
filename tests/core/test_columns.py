import dataclasses
from array import array

import pytest

from ledger.core.columns import COLUMNS, QUARTER_S, Columns, Level, Source
from ledger.core.edits import ATTRIBUTES

INTERACTIONS = (
    "id",
    "time_s",
    "session",
    "project",
    "worktree",
    "tool",
    "origin",
    "tag",
    "intent",
    "kind",
    "suggested",
    "confidence",
)
ARRAYS = [column.name for column in COLUMNS]
# The widest value each array must hold: a 63-bit id, the greatest sum of capped counters.
WIDEST = {"id": 2**63 - 1, "session": 2**63 - 1, "time_s": 2**40, "te_high": 10**12 * 200}


def test_an_empty_ledger_has_no_interactions_and_empty_arrays():
    columns = Columns()
    assert len(columns) == 0
    assert all(len(getattr(columns, name)) == 0 for name in ARRAYS)
    assert (columns.projects, columns.models, columns.labels, columns.stamp) == ((), (), {}, 0)


def test_the_table_of_columns_names_every_array_with_its_type_in_order():
    arrays = {name: values for name, values in vars(Columns()).items() if isinstance(values, array)}
    assert [(name, values.typecode) for name, values in arrays.items()] == [
        (column.name, column.typecode) for column in COLUMNS
    ]
    levels = {column.name: column.level for column in COLUMNS}
    assert tuple(levels)[: len(INTERACTIONS)] == INTERACTIONS
    assert {name for name, level in levels.items() if level is Level.INTERACTION} == {*INTERACTIONS}


def test_whatever_a_person_fills_is_an_attribute_that_can_be_set():
    filled = {column.name for column in COLUMNS if column.source is Source.PERSON}
    assert filled <= {attribute.name for attribute in ATTRIBUTES}


def test_its_length_is_that_of_the_interactions_not_of_the_portions():
    assert len(Columns(id=array("q", [1, 2]), owner=array("i", [0, 0, 1]))) == 2


def test_two_empty_ledgers_share_nothing():
    one = Columns()
    one.id.append(7)
    assert len(Columns()) == 0


@pytest.mark.parametrize("name", ARRAYS)
def test_every_array_holds_whole_numbers_as_wide_as_they_come(name):
    values = getattr(Columns(), name)
    assert values.typecode in "qib"
    values.append(WIDEST.get(name, 100))


@pytest.mark.parametrize("name", [name for name in ARRAYS if name not in INTERACTIONS])
def test_counters_are_as_wide_as_a_sum_of_capped_counts(name):
    if name in ("owner", "model", "quarter", "tariff", "requests", "unknown", "searches"):
        assert getattr(Columns(), name).itemsize >= 4
    else:
        assert getattr(Columns(), name).itemsize == 8


def test_nothing_can_be_put_in_the_place_of_an_array():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Columns().id = array("q")


def test_every_time_zones_midnight_lies_on_a_quarter():
    for offset_minutes in (0, 330, 345, -210, 765):  # India, Nepal, Newfoundland, Chatham
        assert (86_400 - offset_minutes * 60) % QUARTER_S == 0
