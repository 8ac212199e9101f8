import pytest

from ledger.app import text_search
from ledger.app.filter_model import FilterModel
from ledger.app.text_search import TextSearch
from ledger.core.edits import LogEntry, SetLabels, SetLogged, set_notes
from ledger.core.filters import Filter
from ledger.core.usage import Usage


def do(qtbot, client, edit) -> None:
    with qtbot.waitSignal(client.saved):
        client.do(edit)


@pytest.fixture
def noted(qtbot, client):
    entries = [LogEntry(n, n * 1000, "codex", "m", "/p", Usage(output=1)) for n in range(1, 8)]
    do(qtbot, client, SetLogged(tuple((entry, True) for entry in entries)))
    do(qtbot, client, set_notes(((2, "The Login page"), (5, "login again"), (6, "other"))))
    do(qtbot, client, SetLabels(((7, "login", True),)))
    return client


@pytest.fixture
def filter_model():
    return FilterModel()


def test_notes_and_labels_are_found_whatever_the_case(qtbot, noted, filter_model, monkeypatch):
    monkeypatch.setattr(text_search, "ROWS_PER_READ", 2)
    search = TextSearch(noted, filter_model)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of == 7):
        filter_model.set(Filter(text="LOGIN"))
    assert filter_model.filter.ids == frozenset((2, 5, 7))


def test_every_word_must_be_there(qtbot, noted, filter_model):
    search = TextSearch(noted, filter_model)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of):
        filter_model.set(Filter(text="login page"))
    assert filter_model.filter.ids == frozenset((2,))


def test_nothing_found_is_not_everything(qtbot, noted, filter_model):
    search = TextSearch(noted, filter_model)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of):
        filter_model.set(Filter(text="nowhere"))
    assert filter_model.filter.ids == frozenset()


def test_without_words_everything_is_there_again(qtbot, noted, filter_model):
    search = TextSearch(noted, filter_model)
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of):
        filter_model.set(Filter(text="login"))
    filter_model.set(Filter(ids=filter_model.filter.ids))
    assert filter_model.filter.ids is None


def test_answers_of_an_earlier_search_are_dropped(qtbot, noted, filter_model, monkeypatch):
    monkeypatch.setattr(text_search, "ROWS_PER_READ", 1)
    search = TextSearch(noted, filter_model)
    filter_model.set(Filter(text="login"))
    with qtbot.waitSignal(search.searching, check_params_cb=lambda at, of: at == of == 7):
        filter_model.set(Filter(text="other"))
    assert filter_model.filter.ids == frozenset((6,))
