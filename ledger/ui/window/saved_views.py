"""Saved views between their file, the sidebar and the filter: what the person does with them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ledger.app.filter_model import FilterModel, FilterText
from ledger.app.stored import StoredValue
from ledger.core.errors import LedgerError
from ledger.core.saved_view import SavedView
from ledger.flows.filters import saved_views
from ledger.ui.dialogs.ask_text import ask_text
from ledger.ui.dialogs.palette import Entry
from ledger.ui.window.toast import Toast
from ledger.ui.window.view_list import ViewList

Views = tuple[SavedView, ...]


class SavedViews(QObject):
    """Keeps the sidebar's list of views in step with the file and the filter."""

    def __init__(
        self,
        ledger: Path,
        shown: ViewList,
        filter_text: FilterText,
        filter_model: FilterModel,
        toast: Toast,
        parent: QWidget,
        go: Callable[[], object] = lambda: None,
    ) -> None:
        """Take the ledger's path, and `go` to show a page with a filter after a choice."""
        super().__init__(parent)
        path = saved_views.path_of(ledger)
        self._shown, self._filter_text, self._filter_model = shown, filter_text, filter_model
        self._toast, self._window, self._go = toast, parent, go
        self.stored: StoredValue[tuple[SavedView, ...]] = StoredValue(
            lambda: saved_views.load(path), lambda views: saved_views.save(path, views), (), self
        )
        self.stored.changed.connect(self._show)
        self.stored.failed.connect(lambda problem: toast.warn(str(problem)))
        filter_text.changed.connect(self._mark)
        filter_text.rewritten.connect(self._mark)
        shown.chosen.connect(self.choose)
        shown.save_wanted.connect(self.save)
        shown.rename_wanted.connect(self._rename)
        shown.moved.connect(self._move)
        shown.delete_wanted.connect(self._delete)
        self.stored.read()
        self._show()

    def _mark(self) -> None:
        self._shown.mark(self._filter_text.words)

    def entries(self) -> Iterator[Entry]:
        """Yield the views for the palette."""
        for place, view in enumerate(self.stored.value):
            yield Entry(view.name, "View", partial(self.choose, place), "view")

    def choose(self, place: int) -> None:
        """Narrow to a view; words that mean nothing any more change nothing and are told."""
        view = self.stored.value[place]
        try:
            self._filter_text.choose(view.words)
        except LedgerError as problem:
            self._toast.warn(f"“{view.name}” cannot be shown. {problem}")
            return
        self._filter_model.set_compare(view.compare)
        self._shown.mark(view.words)
        self._go()

    def save(self) -> None:
        """Ask for a name and keep the filter under it."""
        name = ask_text(
            self._window,
            title="Save view",
            question="A name for this filter; one that exists is replaced.",
            suggestions=[view.name for view in self.stored.value],
        )
        if name is None:
            return
        new_view = SavedView(name, self._filter_text.words.strip(), self._filter_model.compare)
        if self.stored.change(lambda views: saved_views.with_view(views, new_view)):
            self._toast.say(f"Saved the view “{name.strip()}”.")

    def _rename(self, place: int) -> None:
        view = self.stored.value[place]
        name = ask_text(
            self._window, title="Rename view", question="Another name for it.", text=view.name
        )
        if name is not None:
            self._change(view, lambda views, at: saved_views.renamed(views, at, name))

    def _move(self, place: int, step: int) -> None:
        view = self.stored.value[place]
        self._change(view, lambda views, at: saved_views.moved(views, at, step))
        if view in self.stored.value:
            self._shown.focus_item(self.stored.value.index(view))

    def _delete(self, place: int) -> None:
        view = self.stored.value[place]
        if self._change(view, lambda views, at: (*views[:at], *views[at + 1 :])):
            self._toast.say(
                f"Deleted the view “{view.name}”.", "Undo", lambda: self._put_back(place, view)
            )

    def _put_back(self, place: int, view: SavedView) -> None:
        def insert(views: Views) -> Views:
            return views if view in views else (*views[:place], view, *views[place:])

        self.stored.change(insert)

    def _change(self, view: SavedView, make: Callable[[Views, int], Views]) -> bool:
        """Change one view where it stands in the file now; nothing when it is gone from there."""
        return self.stored.change(
            lambda views: make(views, views.index(view)) if view in views else views
        )

    def _show(self) -> None:
        self._shown.show_views(self.stored.value, self._filter_text.words)
