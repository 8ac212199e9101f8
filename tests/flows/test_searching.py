from dataclasses import replace

from ledger.flows import searching
from ledger.flows.searching import matching, search
from tests.ui.pages.fakes import row

ROWS = [replace(row(1), note="Connection reset by peer"), replace(row(2), note="reset connection")]


class Rows:
    """Answers for rows in slices, and remembers how many were asked for at once."""

    def __init__(self):
        self.asked = []

    def rows(self, ids):
        self.asked.append(len(ids))
        return [one for one in ROWS if one.id in ids]


def test_words_match_in_any_order_and_a_phrase_only_as_it_stands():
    assert matching(ROWS, "reset CONNECTION") == {1, 2}
    assert matching(ROWS, '"connection reset"') == {1}


def test_an_empty_list_has_no_matches():
    assert matching([], "x") == frozenset()


def test_a_few_are_read_at_a_time(monkeypatch):
    monkeypatch.setattr(searching, "SLICE", 1)
    store = Rows()
    assert search(store, [1, 2], "peer") == {1}
    assert store.asked == [1, 1]
