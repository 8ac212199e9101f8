import dataclasses
from array import array

import pytest

from ledger.core.columns import QUARTER_S, Columns

INTERACTIONS = (
    "id",
    "time_s",
    "session",
    "project",
    "tool",
    "origin",
    "tag",
    "intent",
    "kind",
    "suggested",
    "confidence",
)
ARRAYS = [f.name for f in dataclasses.fields(Columns) if "array" in str(f.type)]
# The widest value each array must hold: a 63-bit id, the greatest sum of capped counters.
WIDEST = {"id": 2**63 - 1, "session": 2**63 - 1, "time_s": 2**40, "te_high": 10**12 * 200}


def test_an_empty_ledger_has_no_interactions_and_empty_arrays():
    columns = Columns()
    assert len(columns) == 0
    assert all(len(getattr(columns, name)) == 0 for name in ARRAYS)
    assert (columns.projects, columns.models, columns.labels, columns.stamp) == ((), (), {}, 0)


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
    if name in ("owner", "model", "quarter", "requests", "unknown"):
        assert getattr(Columns(), name).itemsize >= 4
    else:
        assert getattr(Columns(), name).itemsize == 8


def test_nothing_can_be_put_in_the_place_of_an_array():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Columns().id = array("q")


def test_every_time_zones_midnight_lies_on_a_quarter():
    for offset_minutes in (0, 330, 345, -210, 765):  # India, Nepal, Newfoundland, Chatham
        assert (86_400 - offset_minutes * 60) % QUARTER_S == 0
