"""The saved views of a ledger, as its file keeps them."""

from collections.abc import Sequence
from pathlib import Path

from ledger.core.errors import LedgerError
from ledger.core.saved_view import LONGEST_NAME, SavedView
from ledger.core.text_safety import one_line
from ledger.flows.filters.tokens import LONGEST
from ledger.host import documents

NAME = "views"
MOST = 200


def path_of(ledger: Path) -> Path:
    """Return where the views of a ledger lie, whether or not there are any."""
    return ledger.with_suffix(".views.json")


def load(path: Path) -> tuple[SavedView, ...]:
    """Return the views in their order; raises LedgerError when the file cannot be understood."""
    views = []
    for item in documents.load_items(path, NAME):
        name, words = item.get("name"), item.get("words")
        if isinstance(name, str) and isinstance(words, str) and len(words) <= LONGEST:
            views.append(SavedView(name, words, item.get("compare") is True))
    return tuple(views)


def save(path: Path, views: Sequence[SavedView]) -> None:
    """Write the views in their order; raises LedgerError."""
    documents.save_items(path, NAME, [view._asdict() for view in views])


def with_view(views: Sequence[SavedView], view: SavedView) -> tuple[SavedView, ...]:
    """Return the views with one more, in the place of one of the same name; raises LedgerError."""
    view = view._replace(name=usable_name(view.name))
    if view.name in (other.name for other in views):
        return tuple(view if other.name == view.name else other for other in views)
    if len(views) >= MOST:
        raise LedgerError(f"There are {MOST} saved views already.", "Delete one first.")
    return (*views, view)


def renamed(views: Sequence[SavedView], place: int, name: str) -> tuple[SavedView, ...]:
    """Return the views with one of them under another name; raises LedgerError."""
    name = usable_name(name)
    if name in (view.name for at, view in enumerate(views) if at != place):
        raise LedgerError(f"There is a view “{name}” already.", "Take another name.")
    return tuple(view._replace(name=name) if at == place else view for at, view in enumerate(views))


def moved(views: Sequence[SavedView], place: int, step: int) -> tuple[SavedView, ...]:
    """Return the views with one of them moved up (-1) or down (1); at an end it stays."""
    others = list(views)
    view = others.pop(place)
    others.insert(max(0, min(place + step, len(others))), view)
    return tuple(others)


def usable_name(name: str) -> str:
    """Return a name on one line; raises LedgerError when nothing is left of it."""
    name = one_line(name.strip(), LONGEST_NAME)
    if not name:
        raise LedgerError("A view needs a name.", "Write a few letters.")
    return name
