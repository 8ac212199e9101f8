from pathlib import Path

import pytest

from ledger.core.errors import LedgerError
from ledger.core.saved_view import SavedView
from ledger.flows.filters.saved_views import (
    MOST,
    load,
    moved,
    path_of,
    renamed,
    save,
    usable_name,
    with_view,
)

A, B, C = (SavedView(name, f"tag:{name}") for name in "abc")


def test_views_come_back_in_their_order(tmp_path):
    path = path_of(tmp_path / "ledger.db")
    save(path, (B, A._replace(compare=True)))
    assert load(path) == (B, A._replace(compare=True))
    assert path.name == "ledger.views.json"


def test_what_is_no_view_is_left_out(tmp_path):
    path: Path = tmp_path / "x.json"
    path.write_text('{"views": [{"name": 1, "words": ""}, {"name": "a", "words": "tag:a"}]}')
    assert load(path) == (A,)


def test_saving_under_a_name_that_exists_replaces_that_view():
    new = SavedView(" a ", "last:7d")
    assert with_view((A, B), new) == (SavedView("a", "last:7d"), B)
    assert with_view((A,), B) == (A, B)


def test_there_is_a_most():
    many = tuple(SavedView(str(n), "") for n in range(MOST))
    with pytest.raises(LedgerError, match="already"):
        with_view(many, A)


def test_a_name_is_taken_once():
    assert renamed((A, B), 0, "c") == (A._replace(name="c"), B)
    assert renamed((A, B), 0, "a") == (A, B)
    with pytest.raises(LedgerError, match="already"):
        renamed((A, B), 0, "b")


@pytest.mark.parametrize(
    ("place", "step", "order"), [(0, 1, "bac"), (0, -1, "abc"), (2, -1, "acb"), (2, 1, "abc")]
)
def test_a_view_moves_and_stops_at_the_ends(place, step, order):
    assert "".join(view.name for view in moved((A, B, C), place, step)) == order


def test_a_name_is_one_line_and_not_nothing():
    assert usable_name(" a\n b ") == "a b"
    with pytest.raises(LedgerError):
        usable_name("  ")
