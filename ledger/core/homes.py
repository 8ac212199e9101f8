"""Which directories are one project: a repository with its worktrees, never two repositories.

The rule looks at everything that is known at once, so the order in which logs were read does not
matter. It takes what git's own files say; else what the layout of a tool's worktrees says beyond
doubt; else that two checkouts have one remote repository. What may be either stays apart, and the
person joins it (`core.edits.SetProjects`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from ledger.core.folders import flattened, folder_of, is_absolute, name_of, remote_of

# <repository>/.claude/worktrees/<name>: Claude Code's own worktrees.
_INSIDE: Final = re.compile(
    r"^(?P<repository>.+?)[\\/]\.claude[\\/]worktrees[\\/](?P<name>[^\\/]+)"
)
# ~/.codex/worktrees/<id>/<repository's name>: Codex's own.
_APART: Final = re.compile(
    r"^.*?[\\/]\.codex[\\/]worktrees[\\/](?P<name>[^\\/]+)[\\/](?P<repository>[^\\/]+)"
)
# ~/Documents/Codex/<date>/<n>: a folder for each chat of the Codex desktop program.
_SCRATCH: Final = re.compile(
    r"^(?P<all>.*?[\\/]Documents[\\/]Codex)[\\/]\d{4}-?\d\d-?\d\d(?:[\\/]|$)"
)
# A worktree that somebody put inside the repository it is of.
_INNER: Final = re.compile(r"^(?:\.[\w-]+/)?\.?worktrees?/(?P<name>[^/]+)")


class Checkout(NamedTuple):
    """What the disk says of a directory: the checkout it lies in, and the repository of that."""

    is_there: bool
    repository: str = ""  # the folder of its main checkout, links resolved; "" without one
    top: str = ""  # the folder of the checkout, as the directory spells it
    worktree: str = ""  # git's name of the worktree; "" in the main checkout


NOT_SEEN: Final = Checkout(is_there=False)


class Directory(NamedTuple):
    """A directory that a tool worked in."""

    key: str  # as the logs spell it
    checkout: Checkout = NOT_SEEN
    remotes: frozenset[str] = frozenset()  # addresses that sessions in it gave


class Home(NamedTuple):
    """What a directory counts as."""

    key: str  # of the project: a directory, or the folder of its repository
    worktree: str = ""  # "" in the main checkout
    top: str = ""  # the folder of the worktree, as the directory spells it; "" in the main checkout
    is_own: bool = False  # something says so: not only a `cd` away from where a session was opened


class _Place(NamedTuple):
    folder: str  # of the repository, in its one spelling
    spelled: str  # the same as somebody wrote it
    worktree: str = ""
    top: str = ""
    named: str = ""  # what the repository is called, where no more is known of it
    is_repository: bool = False  # the disk says so


def homes(directories: Iterable[Directory]) -> dict[str, Home]:
    """Return what each directory counts as, by its key."""
    known = _remembered(sorted(set(directories)))
    places = _places(known)
    groups = _Groups(known, places)
    groups.join_remotes()
    groups.join_named()
    keys = groups.keys()
    return {
        directory.key: Home(
            keys[place.folder],
            place.worktree,
            place.top,
            is_own=place.is_repository or bool(place.worktree) or bool(_remotes(directory)),
        )
        for directory, place in zip(known, places, strict=True)
    }


def _remembered(known: list[Directory]) -> list[Directory]:
    """Let what was seen of a checkout hold for all that lies in it, however it is spelled."""
    tops: dict[str, Checkout] = {}
    for directory in sorted(known, key=lambda one: not one.checkout.is_there):
        if directory.checkout.repository:
            tops.setdefault(folder_of(directory.checkout.top), directory.checkout)
    return [
        directory._replace(checkout=_of_above(directory.key, tops))
        if not directory.checkout.is_there and not directory.checkout.repository
        else directory
        for directory in known
    ]


def _of_above(key: str, tops: Mapping[str, Checkout]) -> Checkout:
    folder = folder_of(key)
    while folder and tops:
        if folder in tops:
            return tops[folder]._replace(is_there=False)
        folder = folder.rpartition("/")[0]
    return NOT_SEEN


def _places(known: list[Directory]) -> list[_Place]:
    """Say of each directory by itself which repository it is of."""
    remotes: dict[str, set[str]] = defaultdict(set)
    for is_there in (True, False):  # what is there knows better than what is gone
        told = {folder for folder, of_it in remotes.items() if of_it}
        for directory in known:
            folder = folder_of(directory.checkout.repository)
            if folder and directory.checkout.is_there is is_there and folder not in told:
                remotes[folder] |= _remotes(directory)
    places = [_place(directory, remotes) for directory in known]
    flat: dict[str, set[_Place]] = defaultdict(set)
    for directory, place in zip(known, places, strict=True):
        if is_absolute(directory.key):
            flat[flattened(directory.key.rstrip("\\/"))].add(place)
    return [
        _named_by(flat[directory.key]) or place if directory.key in flat else place
        for directory, place in zip(known, places, strict=True)
    ]


def _named_by(places: set[_Place]) -> _Place | None:
    """Return the place of a flattened name where it can be no other."""
    if len({place[:3:2] for place in places}) > 1:  # other repositories, or other worktrees
        return None
    return min(places)


def _remotes(directory: Directory) -> frozenset[str]:
    return frozenset(remote for address in directory.remotes if (remote := remote_of(address)))


def _place(directory: Directory, remotes: Mapping[str, set[str]]) -> _Place:
    key, checkout = directory.key, directory.checkout
    apart, inside = _APART.match(key), _INSIDE.match(key)
    layout = inside or apart
    if checkout.repository and _may_be_of(directory, remotes):
        top, worktree = checkout.top, checkout.worktree
        if layout:
            top, worktree = layout[0], layout["name"]
        elif not checkout.is_there and not worktree:
            inner = _INNER.match(_below(key, top))
            if inner:
                top, worktree = f"{top}/{inner[0]}", inner["name"]
        spelled = checkout.repository if worktree else top or checkout.repository
        folder = folder_of(checkout.repository)
        return _Place(folder, spelled, worktree, top if worktree else "", is_repository=True)
    if inside:
        repository = inside["repository"]
        return _Place(folder_of(repository), repository, inside["name"], inside[0])
    if apart:
        top = apart[0]
        return _Place(folder_of(top), top, apart["name"], top, apart["repository"])
    scratch = _SCRATCH.match(key)
    if scratch:
        return _Place(folder_of(scratch["all"]), scratch["all"])
    return _Place(folder_of(key), key)


def _may_be_of(directory: Directory, remotes: Mapping[str, set[str]]) -> bool:
    """Whether nothing speaks against the repository.

    A folder inside of it that is gone may have been a clone of another one.
    """
    if directory.checkout.is_there or directory.checkout.worktree:
        return True
    own = _remotes(directory)
    of_repository = remotes.get(folder_of(directory.checkout.repository), set())
    return not own or (len(of_repository) == 1 and own == of_repository)


def _below(path: str, folder: str) -> str:
    return path[len(folder) :].lstrip("/") if path.startswith(f"{folder}/") else ""


class _Groups:
    """Folders of repositories, joined where two of them turn out to be of one repository."""

    def __init__(self, known: list[Directory], places: list[_Place]) -> None:
        self._above: dict[str, str] = {place.folder: place.folder for place in places}
        self._names: dict[str, str] = {}
        self._is_there: dict[str, bool] = dict.fromkeys(self._above, False)
        self._is_repository: dict[str, bool] = dict.fromkeys(self._above, False)
        self._is_apart: dict[str, bool] = dict.fromkeys(self._above, True)
        self._remotes: dict[str, set[str]] = {folder: set() for folder in self._above}
        self._keys: dict[str, set[tuple[bool, bool, int, str]]] = {
            folder: set() for folder in self._above
        }
        for directory, place in zip(known, places, strict=True):
            folder = place.folder
            self._names[folder] = (place.named or name_of(folder)).casefold()
            self._is_there[folder] |= directory.checkout.is_there
            self._is_repository[folder] |= place.is_repository
            self._is_apart[folder] &= bool(place.named)
            self._remotes[folder] |= _remotes(directory)
            is_itself = folder_of(directory.key) == folder_of(place.spelled) and not place.worktree
            key = directory.key if is_itself else place.spelled
            is_linked = folder_of(key) != folder  # the same folder by way of a link
            self._keys[folder].add((not is_itself, is_linked, len(key), key))

    def keys(self) -> dict[str, str]:
        """Return the key of the project that each repository's folder is of."""
        members: dict[str, list[str]] = defaultdict(list)
        for folder in self._above:
            members[self._top(folder)].append(folder)
        mains = {top: min(folders, key=self._rank) for top, folders in members.items()}
        return {folder: min(self._keys[mains[self._top(folder)]])[-1] for folder in self._above}

    def join_remotes(self) -> None:
        """Join checkouts of one remote that have one name, and those that are gone."""
        folders_by_remote: dict[str, list[str]] = defaultdict(list)
        for folder, remotes in self._remotes.items():
            if len(remotes) == 1:  # of two nobody knows which one it was
                folders_by_remote[next(iter(remotes))].append(folder)
        for remote, folders in folders_by_remote.items():
            by_name: dict[str, list[str]] = defaultdict(list)
            for folder in folders:
                by_name[self._names[folder]].append(folder)
            for alike in by_name.values():
                self._join(alike)
            present = {self._top(folder) for folder in folders if self._is_there[folder]}
            gone = [folder for folder in folders if not self._is_there[folder]]
            of_that_name = {
                self._top(f) for f in folders if self._names[f] == name_of(remote)
            } & present
            targets = present if len(present) <= 1 else of_that_name
            if len(targets) == 1 or not present:
                self._join([*sorted(targets), *gone])

    def join_named(self) -> None:
        """Give worktrees of which only the repository's name is known to the one of that name."""
        by_name: dict[str, list[str]] = defaultdict(list)
        members: dict[str, list[str]] = defaultdict(list)
        for folder, name in self._names.items():
            by_name[name].append(folder)
            members[self._top(folder)].append(folder)
        waiting = {
            folder
            for group in members.values()
            for folder in group
            if all(self._is_apart[f] and self._names[f] == self._names[folder] for f in group)
        }
        for alike in by_name.values():
            apart = [folder for folder in alike if folder in waiting]
            others = [f for f in alike if not self._is_apart[f] and self._may_have_worktrees(f)]
            groups = {self._top(folder) for folder in (*apart, *others)}
            remotes = {
                remote for top in groups for f in members[top] for remote in self._remotes[f]
            }
            if apart and len({self._top(folder) for folder in others}) == 1 and len(remotes) <= 1:
                self._join([*others, *apart])

    def _may_have_worktrees(self, folder: str) -> bool:
        return is_absolute(folder) and (self._is_repository[folder] or not self._is_there[folder])

    def _rank(self, folder: str) -> tuple[bool, bool, bool, int, str]:
        return (
            self._is_apart[folder],
            not self._is_there[folder],
            not self._is_repository[folder],
            len(folder),
            folder,
        )

    def _join(self, folders: Iterable[str]) -> None:
        tops = sorted({self._top(folder) for folder in folders})
        for top in tops[1:]:
            self._above[top] = tops[0]

    def _top(self, folder: str) -> str:
        while self._above[folder] != folder:
            folder = self._above[folder]
        return folder
