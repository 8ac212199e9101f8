from ledger.app.view import View
from ledger.core.filters import ANY, Filter


def test_a_new_filter_is_told_once_and_the_same_one_never(qtbot):
    view = View()
    told = []
    view.filter_changed.connect(told.append)
    chosen = Filter(tools=frozenset({"codex"}))
    view.set(ANY)
    view.set(chosen)
    view.set(Filter(tools=frozenset({"codex"})))
    assert told == [chosen]


def test_comparing_is_told_once():
    view = View()
    told = []
    view.compare_changed.connect(told.append)
    view.set_compare(True)
    view.set_compare(True)
    view.set_compare(False)
    assert told == [True, False]
