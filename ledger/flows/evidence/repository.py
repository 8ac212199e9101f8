"""The repositories of one pass, each asked what its files held and when; nothing is read twice."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Self

from ledger.core.errors import GitError
from ledger.evidence.exclusions import LARGEST, generated_paths, is_excluded, text_of
from ledger.evidence.features import Counts, Hashes, gram_counts, line_hashes
from ledger.flows.workspace import RecentlyUsed
from ledger.host import git_history as history
from ledger.host.git_history import Difference, Line, Ref, Refs
from ledger.host.git_objects import Objects
from ledger.host.work_tree import is_there, read_file, root_of

_ROOM_TEXTS: Final = 8_000_000  # signs
_ROOM_GRAMS: Final = 32 * 1024 * 1024  # bytes
_ROOM_LINES: Final = 12 * 1024 * 1024
_OVERHEAD: Final = 200  # bytes of what holds the numbers


class BlobFeatures:
    """What was worked out of blobs lately, by the ledger's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._texts = RecentlyUsed[str, str](_ROOM_TEXTS, len)
        self._lines = RecentlyUsed[str, Hashes](_ROOM_LINES, lambda one: one.nbytes + _OVERHEAD)
        self._line_counts = RecentlyUsed[str, Counts](_ROOM_LINES, _bytes)
        self._grams = RecentlyUsed[str, Counts](_ROOM_GRAMS, _bytes)

    def text(self, oid: str, read: Callable[[], str]) -> str:
        """Return the text of a blob."""
        return self._texts.get(oid, read)

    def lines(self, oid: str, read: Callable[[], str]) -> Hashes:
        """Return the hashes of its informative lines in their order."""
        return self._lines.get(oid, lambda: line_hashes(self.text(oid, read), self._key))

    def line_counts(self, oid: str, read: Callable[[], str]) -> Counts:
        """Return the features of its lines."""
        return self._line_counts.get(oid, lambda: Counts.of(self.lines(oid, read)))

    def gram_counts(self, oid: str, read: Callable[[], str]) -> Counts:
        """Return the features of its 4-grams."""
        return self._grams.get(oid, lambda: gram_counts(self.text(oid, read), self._key))


def _bytes(counts: Counts) -> int:
    return counts.hashes.nbytes + counts.counts.nbytes + _OVERHEAD


NOTHING: Final = ""  # the blob of a file that is not there
NO_PAST: Final = Refs((), (), (), is_shallow=False, is_partial=False)
MOST_CANDIDATES: Final = 200  # files that text may have moved to
_ROOM_NAMES: Final = 100_000
_ROOM_DIFFERENCES: Final = 50_000  # files


class MissingError(Exception):
    """History or a blob is not in this clone: what stood there is unknown."""


class Repository:
    """A repository's past and the features of its files."""

    def __init__(self, root: str, features: BlobFeatures, refs: Refs | None = None) -> None:
        """Open a repository; raises GitError when git does not."""
        self.root = root
        self.is_git = refs is None
        self._features = features
        self.refs = history.refs(root) if refs is None else refs
        self._objects = Objects(root)
        self._commits: dict[str, Line] = {}
        self._moves: dict[str, Line] = {}
        self._blobs = RecentlyUsed[tuple[str, str], str | None](_ROOM_NAMES)
        self._differences = RecentlyUsed[tuple[str, str], tuple[Difference, ...]](
            _ROOM_DIFFERENCES, lambda one: len(one) + 1
        )
        self._renames = RecentlyUsed[tuple[str, str, str], str | None](_ROOM_DIFFERENCES)
        attributes = read_file(f"{root}/.gitattributes", LARGEST) or b""
        self.is_generated = generated_paths(attributes.decode("utf-8", "replace"))

    @classmethod
    def outside(cls, folder: str, features: BlobFeatures) -> Self:
        """Return a folder outside any repository: files and no past."""
        return cls(folder, features, NO_PAST)

    def close(self) -> None:
        """Let go of the repository."""
        self._objects.close()

    def commits(self, ref: Ref) -> Line:
        """Return the first-parent line of a branch; raises GitError."""
        if ref.oid not in self._commits:
            self._commits[ref.oid] = history.commits(self.root, ref.oid)
        return self._commits[ref.oid]

    def at(self, ref: Ref, time_s: int) -> list[str]:
        """Return the commits that a branch was at, by its history and by its reflog.

        Both count: history is rewritten, and a reflog knows only what happened here. Empty before
        the first commit; raises MissingError where the history does not reach back that far.
        """
        if ref.name not in self._moves:
            self._moves[ref.name] = history.moves(self.root, ref.name)
        found = [self._moves[ref.name].at(time_s), self.commits(ref).at(time_s)]
        known = list(dict.fromkeys(one for one in found if one))
        if not known and self.refs.is_shallow:
            raise MissingError
        return known

    def blob(self, commit: str, path: str) -> str:
        """Return the id of a file's contents in a commit, NOTHING when it was not there.

        Raises MissingError when this clone cannot tell.
        """
        found = self._blobs.get((commit, path), lambda: self._find(commit, path))
        if found is None:
            raise MissingError
        return found

    def work_blob(self, path: str) -> str | None:
        """Return the id of a file's contents as it lies in the work tree, None without one.

        Raises MissingError for what is no ordinary file of a sensible size.
        """
        place = f"{self.root}/{path}"
        data = read_file(place, LARGEST)
        if data is None:
            if is_there(place):
                raise MissingError
            return None
        head = b"blob %d\0" % len(data)
        oid = hashlib.sha1(head + data, usedforsecurity=False).hexdigest()
        self._features.text(oid, lambda: text_of(data, path) or "")
        return oid

    def lines(self, oid: str, path: str) -> Hashes:
        """Return the hashes of a blob's informative lines in their order; raises MissingError."""
        return self._features.lines(oid, lambda: self._read(oid, path))

    def line_counts(self, oid: str, path: str) -> Counts:
        """Return the features of a blob's lines; raises MissingError."""
        return self._features.line_counts(oid, lambda: self._read(oid, path))

    def gram_counts(self, oid: str, path: str) -> Counts:
        """Return the features of a blob's 4-grams; raises MissingError."""
        return self._features.gram_counts(oid, lambda: self._read(oid, path))

    def differences(self, old: str, new: str) -> tuple[Difference, ...]:
        """Return the files that two commits differ in; none where that cannot be told."""
        return self._differences.get((old, new), lambda: self._compare(old, new))

    def renamed(self, old: str, new: str, path: str) -> str | None:
        """Return the name that a file has in a later commit, None when it has no other.

        A file that came after `old` is looked for in the commit that took its name away.
        """
        found = _new_name(self.differences(old, new), path)
        if found is None and self.blob(old, path) == NOTHING:
            found = self._renames.get((old, new, path), lambda: self._renamed_since(old, new, path))
        return found

    def candidates(self, old: str, new: str, path: str) -> Iterator[Difference]:
        """Yield files that text of a file may have moved to, the likelier ones first."""
        ending = path.rpartition(".")[2]
        found = [
            one
            for one in self.differences(old, new)
            if one.status != "D" and one.path != path and not self.is_left_out(one.path)
        ]
        found.sort(key=lambda one: (not one.path.endswith(ending), one.status != "A"))
        yield from found[:MOST_CANDIDATES]

    def is_left_out(self, path: str) -> bool:
        """Whether nobody writes this file by hand."""
        return is_excluded(path) or self.is_generated(path)

    def introduced(self, pairs: Sequence[tuple[str, str]]) -> dict[str, list[Difference]]:
        """Return what commits changed against their parents, by commit; raises GitError."""
        return history.introduced(self.root, pairs) if pairs else {}

    def commits_to(self, ref: Ref, paths: list[str], after: str | None) -> list[str]:
        """Return a branch's commits that touched files, the oldest first; raises GitError."""
        return history.commits_to(self.root, ref.oid, paths, after)

    def _renamed_since(self, old: str, new: str, path: str) -> str | None:
        try:
            touched = history.commits_to(self.root, new, [path], old)
            return self._taken_away(touched[-1], path) if touched else None
        except GitError:
            return None

    def _taken_away(self, commit: str, path: str) -> str | None:
        return _new_name(history.differences(self.root, f"{commit}^", commit), path)

    def _find(self, commit: str, path: str) -> str | None:
        found = self._objects.find(f"{commit}:{path}")
        if found is not None:
            return found.oid if found.kind == "blob" else NOTHING
        if self.refs.is_partial:
            try:
                return None if history.is_listed(self.root, commit, path) else NOTHING
            except GitError:
                return None
        return NOTHING

    def _read(self, oid: str, path: str) -> str:
        if oid == NOTHING:
            return ""
        data = self._objects.contents(oid, LARGEST)
        if data is None:
            raise MissingError
        return text_of(data, path) or ""

    def _compare(self, old: str, new: str) -> tuple[Difference, ...]:
        if old == new:
            return ()
        try:
            return tuple(history.differences(self.root, old, new))
        except GitError:
            return ()


def _new_name(found: Iterable[Difference], path: str) -> str | None:
    return next((one.path for one in found if one.status == "R" and one.old_path == path), None)


# Tools put work trees of their own inside the repository and delete them afterwards.
_INNER: Final = re.compile(r"^(?:\.[\w-]+/)?\.?worktrees?/[^/]+/(?P<rest>.+)$")


class Place(NamedTuple):
    """A file by its repository's folder and its path in there, with `/` between names."""

    root: str
    path: str
    is_folder_there: bool  # a folder that went says nothing of the file


def place_of(path: str) -> Place | None:
    """Return where a file belongs, None outside any repository.

    A file of a work tree that was inside its repository and is gone belongs to the repository.
    """
    if not os.path.isabs(path) or "\0" in path or "\n" in path:
        return None
    path = os.path.normpath(path)
    root = root_of(path)
    if root is None:
        return None
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    is_folder_there = is_there(os.path.dirname(path))
    gone = None if is_folder_there else _INNER.match(inside)
    if gone:
        inside = gone["rest"]
        is_folder_there = is_there(os.path.dirname(os.path.join(root, inside)))
    return Place(root, inside, is_folder_there)


class OpenRepositories:
    """Repositories by folder; close it when the pass is over."""

    def __init__(self, key: bytes) -> None:
        self._features = BlobFeatures(key)
        self._open: dict[str, Repository] = {}
        self._outside: dict[str, Repository] = {}
        self._closed: set[str] = set()

    def of(self, place: Place) -> Repository | None:
        """Return the repository of a place, None when git does not open it."""
        if place.root not in self._open and place.root not in self._closed:
            try:
                self._open[place.root] = Repository(place.root, self._features)
            except GitError:
                self._closed.add(place.root)
        return self._open.get(place.root)

    def outside(self, path: str) -> tuple[Place, Repository]:
        """Return a file's folder without a past: only the present can be seen."""
        folder, _, name = path.rpartition("/")
        if folder not in self._outside:
            self._outside[folder] = Repository.outside(folder, self._features)
        return Place(folder, name, is_there(folder)), self._outside[folder]

    def give_up(self, repository: Repository) -> None:
        """Ask a repository no more: what is slow or broken once is so again."""
        repository.close()
        self._open.pop(repository.root, None)
        self._closed.add(repository.root)

    def is_given_up(self, repository: Repository) -> bool:
        """Whether a repository is asked no more."""
        return repository.is_git and repository.root in self._closed

    def close(self) -> None:
        """Let go of every repository."""
        for one in self._open.values():
            one.close()
        self._open.clear()
        self._outside.clear()
