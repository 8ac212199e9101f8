"""Adds readings to the ledger, with what the disk says of the directories that they name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import dirname

from ledger.core.edits import Changes
from ledger.core.folders import folder_of
from ledger.core.homes import NOT_SEEN, Checkout
from ledger.core.parts import Reading
from ledger.host.checkouts import checkout_of, worktrees_of
from ledger.store.names import storable
from ledger.store.store import Store


def add_readings(store: Store, readings: Sequence[Reading]) -> Changes:
    """Store what was read; a directory is looked at until it was seen once."""
    if not readings:
        return Changes()
    return store.add(readings, seen_now(store.projects.checkouts(), _directories(readings)))


def seen_now(known: Mapping[str, Checkout], directories: Iterable[str]) -> dict[str, Checkout]:
    """Return what the disk says of directories, and of others where that says something new.

    Of a worktree that is gone, the repository that it was of may still have a note.
    """
    looks = {
        key: checkout_of(key)
        for key in sorted(set(directories))
        if not known.get(key, NOT_SEEN).is_there
    }
    seen = {**known, **looks}
    repositories = {checkout.repository for checkout in seen.values() if checkout.repository}
    are_new = repositories - {checkout.repository for checkout in known.values()}
    gone = [
        key
        for key, checkout in seen.items()
        if not checkout.is_there and not checkout.repository and (are_new or key in looks)
    ]
    if gone and repositories:
        looks |= _listed(gone, repositories)
    return looks


def _listed(gone: Iterable[str], repositories: Iterable[str]) -> dict[str, Checkout]:
    """Return those directories that lie in a worktree which a repository lists."""
    listed: dict[str, Checkout] = {}
    for repository in sorted(repositories):
        for top, name in worktrees_of(repository).items():
            checkout = Checkout(is_there=False, repository=repository, top=top, worktree=name)
            listed.setdefault(folder_of(top), checkout)
    found = {}
    for key in gone:
        for folder in _above(folder_of(key)) if listed else ():
            if folder in listed:
                found[key] = listed[folder]
                break
    return found


def _above(folder: str) -> Iterator[str]:
    """Yield a folder and all above it."""
    yield folder
    while (above := dirname(folder)) != folder:
        folder = above
        yield folder


def _directories(readings: Iterable[Reading]) -> Iterator[str]:
    for reading in readings:
        for parts in (reading.batch.sessions, reading.batch.prompts):
            for part in parts:
                if part.directory:
                    yield storable(part.directory)
