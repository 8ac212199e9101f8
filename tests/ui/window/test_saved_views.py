import pytest

from ledger.app.filter_model import FilterText
from ledger.core.filters import ANY
from ledger.ui.window import saved_views
from ledger.ui.window.saved_views import SavedViews
from ledger.ui.window.toast import Toast
from ledger.ui.window.view_list import ViewList
from tests.ui.conftest import NOW


@pytest.fixture
def shelf(qtbot, filled, filter_model):
    shown = ViewList()
    qtbot.addWidget(shown)
    shown.show()
    filter_text = FilterText(filled, filter_model, lambda: NOW.date(), shown)
    toast = Toast(shown)
    widget = SavedViews(filled.path, shown, filter_text, filter_model, toast, shown)
    widget.shown, widget.filter_text, widget.toast, widget.filter_model = (
        shown,
        filter_text,
        toast,
        filter_model,
    )
    return widget


@pytest.fixture
def answer(monkeypatch):
    def say(name):
        monkeypatch.setattr(saved_views, "ask_text", lambda *_args, **_more: name)

    return say


def names(shelf):
    assert [item.view for item in shelf.shown.items] == list(shelf.stored.value)
    return [view.name for view in shelf.stored.value]


def save(shelf, answer, name, line, compare=False):
    shelf.filter_text.enter(line)
    shelf.filter_model.set_compare(compare)
    answer(name)
    shelf.save()


def test_a_view_is_saved_and_comes_back_with_its_words(shelf, answer, filter_model):
    save(shelf, answer, "Mine", "model:opus* last:28d", compare=True)
    shelf.filter_text.clear()
    filter_model.set_compare(False)
    shelf.choose(0)
    assert shelf.filter_text.words == "model:opus* last:28d"
    assert shelf.filter_text.period == "28d"
    assert filter_model.compare
    assert shelf.shown.items[0].isChecked()


def test_who_changes_their_mind_saves_nothing(shelf, answer):
    answer(None)
    shelf.save()
    assert names(shelf) == []


def test_a_view_without_a_name_is_told(shelf, answer):
    save(shelf, answer, " ", "tag:kept")
    assert shelf.toast.sentence().startswith("A view needs a name.")


def test_a_deleted_view_comes_back_to_its_place(shelf, answer):
    for name in ("a", "b", "c"):
        save(shelf, answer, name, "tag:kept")
    shelf.shown.delete_wanted.emit(1)
    assert names(shelf) == ["a", "c"]
    shelf.toast.button.click()
    assert names(shelf) == ["a", "b", "c"]
    shelf._put_back(1, shelf.stored.value[1])
    assert names(shelf) == ["a", "b", "c"]


def test_a_view_moves_and_keeps_the_focus(shelf, answer):
    for name in ("a", "b"):
        save(shelf, answer, name, "tag:kept")
    shelf.shown.activateWindow()
    shelf.shown.moved.emit(1, -1)
    assert names(shelf) == ["b", "a"]


def test_a_view_is_renamed(shelf, answer):
    save(shelf, answer, "a", "tag:kept")
    answer("new")
    shelf.shown.rename_wanted.emit(0)
    assert names(shelf) == ["new"]


def test_words_that_mean_nothing_any_more_change_nothing(shelf, answer, filter_model):
    save(shelf, answer, "Old", "model:opus")
    shelf.stored.change(lambda views: (views[0]._replace(words="model:gone"),))
    before = shelf.stored.value
    shelf.filter_text.clear()
    shelf.choose(0)
    assert filter_model.filter == ANY
    assert "“Old” cannot be shown." in shelf.toast.sentence()
    shelf.stored.read()
    assert shelf.stored.value == before


def test_the_palette_lists_them(shelf, answer):
    save(shelf, answer, "Mine", "tag:kept")
    shelf.filter_text.clear()
    (entry,) = shelf.entries()
    assert (entry.label, entry.group) == ("Mine", "View")
    entry.act()
    assert shelf.filter_text.words == "tag:kept"
