import inspect
import pickle

import pytest

from ledger.core import errors
from ledger.core.errors import LedgerError, StoreError

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


def test_it_says_what_happened_and_then_the_way_out():
    error = LedgerError("The disk is full.", "Make room.")
    assert (error.title, error.hint) == ("The disk is full.", "Make room.")
    assert str(error) == "The disk is full. Make room."


def test_without_a_hint_it_ends_after_the_sentence():
    assert str(LedgerError("The disk is full.")) == "The disk is full."


@pytest.mark.parametrize("kind", ALL)
def test_every_expected_error_has_the_same_root_and_a_sentence_of_its_own(kind):
    assert issubclass(kind, LedgerError)
    assert str(kind("It is so.", "Do this.")) == "It is so. Do this."
    assert kind.__doc__.endswith(".")


@pytest.mark.parametrize("kind", ALL)
def test_an_error_crosses_from_a_reader_process_whole(kind):
    there = pickle.loads(pickle.dumps(kind("It is so.", "Do this.")))
    assert (type(there), there.title, there.hint) == (kind, "It is so.", "Do this.")


def test_what_concerns_the_file_can_be_caught_as_one():
    stores = {kind for kind in ALL if kind.__name__.startswith("Store")}
    assert len(stores) == 5
    assert all(issubclass(kind, StoreError) for kind in stores)
    assert not any(issubclass(kind, StoreError) for kind in set(ALL) - stores)
