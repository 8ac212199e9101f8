import numpy as np

from ledger.metrics.remembered import MOST, Remembered

GROUP = np.asarray([0, 1])


def portions(*values):
    return np.asarray(values, dtype=np.bool_)


def test_what_was_found_of_the_same_portions_and_arrays_is_found_again():
    known = Remembered()
    assert known.find(portions(1, 0), GROUP) is None
    assert known.keep("sum", portions(1, 0), GROUP) == "sum"
    assert known.find(portions(1, 0), GROUP) == "sum"


def test_other_portions_or_an_array_that_is_only_alike_find_nothing():
    known = Remembered()
    known.keep("sum", portions(1, 0), GROUP)
    assert known.find(portions(1, 1), GROUP) is None
    assert known.find(portions(1, 0), GROUP.copy()) is None


def test_only_the_newest_are_remembered():
    known = Remembered()
    for number in range(MOST + 1):
        known.keep(number, portions(*[at == number for at in range(9)]), GROUP)
    assert len(known) == MOST
    assert known.find(portions(*[at == 0 for at in range(9)]), GROUP) is None
