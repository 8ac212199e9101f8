import pytest

from ledger.app import text_search
from ledger.app.text_search import TextSearch
from ledger.app.view import View
from ledger.core.edits import LogEntry, SetLabels, SetLogged, set_notes
from ledger.core.filters import Filter
from ledger.core.usage import Usage


def do(qtbot, session, edit) -> None:
    with qtbot.waitSignal(session.saved):
        session.do(edit)


@pytest.fixture
def noted(qtbot, session):
    entries = [LogEntry(n, n * 1000, "codex", "m", "/p", Usage(output=1)) for n in range(1, 8)]
    do(qtbot, session, SetLogged(tuple((entry, True) for entry in entries)))
    do(qtbot, session, set_notes(((2, "The Login page"), (5, "login again"), (6, "other"))))
    do(qtbot, session, SetLabels(((7, "login", True),)))
    return session


@pytest.fixture
def view():
    return View()


def test_notes_and_labels_are_found_whatever_the_case(qtbot, noted, view, monkeypatch):
    monkeypatch.setattr(text_search, "SLICE", 2)
    search = TextSearch(noted, view)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of == 7):
        view.set(Filter(text="LOGIN"))
    assert view.filter.ids == frozenset((2, 5, 7))


def test_every_word_must_be_there(qtbot, noted, view):
    search = TextSearch(noted, view)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of):
        view.set(Filter(text="login page"))
    assert view.filter.ids == frozenset((2,))


def test_nothing_found_is_not_everything(qtbot, noted, view):
    search = TextSearch(noted, view)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of):
        view.set(Filter(text="nowhere"))
    assert view.filter.ids == frozenset()


def test_without_words_everything_is_there_again(qtbot, noted, view):
    search = TextSearch(noted, view)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of):
        view.set(Filter(text="login"))
    view.set(Filter(ids=view.filter.ids))
    assert view.filter.ids is None


def test_answers_of_an_earlier_search_are_dropped(qtbot, noted, view, monkeypatch):
    monkeypatch.setattr(text_search, "SLICE", 1)
    search = TextSearch(noted, view)
    view.set(Filter(text="login"))
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of == 7):
        view.set(Filter(text="other"))
    assert view.filter.ids == frozenset((6,))
