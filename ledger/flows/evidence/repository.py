"""The repositories of one pass, each asked what its files held and when; nothing is read twice."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from ledger.core.errors import GitError
from ledger.evidence.exclusions import LARGEST, generated_paths, is_excluded, text_of
from ledger.evidence.features import Counts, Hashes, gram_counts, line_hashes
from ledger.flows.workspace import LRUCache
from ledger.host import git_history as history
from ledger.host.git_history import Difference, Line, Ref, Refs
from ledger.host.git_objects import Objects
from ledger.host.work_tree import is_there, read_file, root_of

_TEXT_CAPACITY: Final = 8_000_000  # signs
_GRAM_CAPACITY: Final = 32 * 1024 * 1024  # bytes
_LINE_CAPACITY: Final = 12 * 1024 * 1024
_OVERHEAD: Final = 200  # bytes of what holds the numbers
NO_BLOB: Final = ""  # the blob of a file that is not there
NO_WORKTREES: Final[Mapping[str, str]] = MappingProxyType({})
NO_REFS: Final = Refs((), (), (), is_shallow=False, is_partial=False)
MOST_CANDIDATES: Final = 200  # files that text may have moved to
_NAME_CAPACITY: Final = 100_000
_DIFFERENCE_CAPACITY: Final = 50_000  # files
# Tools put work trees of their own inside the repository and delete them afterwards.
_INNER_WORK_TREE: Final = re.compile(r"^(?:\.[\w-]+/)?\.?worktrees?/[^/]+/(?P<rest>.+)$")


class BlobFeatures:
    """What was worked out of blobs lately, by the ledger's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._texts = LRUCache[str, str](_TEXT_CAPACITY, len)
        self._lines = LRUCache[str, Hashes](
            _LINE_CAPACITY, lambda hashes: hashes.nbytes + _OVERHEAD
        )
        self._line_counts = LRUCache[str, Counts](_LINE_CAPACITY, _bytes)
        self._grams = LRUCache[str, Counts](_GRAM_CAPACITY, _bytes)

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
        self._blobs = LRUCache[tuple[str, str], str | None](_NAME_CAPACITY)
        self._differences = LRUCache[tuple[str, str], tuple[Difference, ...]](
            _DIFFERENCE_CAPACITY, lambda differences: len(differences) + 1
        )
        self._renames = LRUCache[tuple[str, str, str], str | None](_DIFFERENCE_CAPACITY)
        attributes = read_file(f"{root}/.gitattributes", LARGEST) or b""
        self.is_generated = generated_paths(attributes.decode("utf-8", "replace"))

    @classmethod
    def outside(cls, folder: str, features: BlobFeatures) -> Self:
        """Return a folder outside any repository: files and no past."""
        return cls(folder, features, NO_REFS)

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
        at_the_time = [self._moves[ref.name].at(time_s), self.commits(ref).at(time_s)]
        commits = list(dict.fromkeys(commit for commit in at_the_time if commit))
        if not commits and self.refs.is_shallow:
            raise MissingError
        return commits

    def blob(self, commit: str, path: str) -> str:
        """Return the id of a file's contents in a commit, NO_BLOB when it was not there.

        Raises MissingError when this clone cannot tell.
        """
        oid = self._blobs.get((commit, path), lambda: self._blob_in(commit, path))
        if oid is None:
            raise MissingError
        return oid

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
        return self._features.lines(oid, lambda: self._blob_text(oid, path))

    def line_counts(self, oid: str, path: str) -> Counts:
        """Return the features of a blob's lines; raises MissingError."""
        return self._features.line_counts(oid, lambda: self._blob_text(oid, path))

    def gram_counts(self, oid: str, path: str) -> Counts:
        """Return the features of a blob's 4-grams; raises MissingError."""
        return self._features.gram_counts(oid, lambda: self._blob_text(oid, path))

    def differences(self, old: str, new: str) -> tuple[Difference, ...]:
        """Return the files that two commits differ in; none where that cannot be told."""
        return self._differences.get((old, new), lambda: self._compare(old, new))

    def renamed(self, old: str, new: str, path: str) -> str | None:
        """Return the name that a file has in a later commit, None when it has no other.

        A file that came after `old` is looked for in the commit that took its name away.
        """
        new_path = _new_name(self.differences(old, new), path)
        if new_path is None and self.blob(old, path) == NO_BLOB:
            new_path = self._renames.get(
                (old, new, path), lambda: self._renamed_since(old, new, path)
            )
        return new_path

    def candidates(self, old: str, new: str, path: str) -> Iterator[Difference]:
        """Yield files that text of a file may have moved to, the likelier ones first."""
        ending = path.rpartition(".")[2]
        differences = [
            difference
            for difference in self.differences(old, new)
            if difference.status != "D"
            and difference.path != path
            and not self.is_left_out(difference.path)
        ]
        differences.sort(
            key=lambda difference: (not difference.path.endswith(ending), difference.status != "A")
        )
        yield from differences[:MOST_CANDIDATES]

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
            return self._renamed_in(touched[-1], path) if touched else None
        except GitError:
            return None

    def _renamed_in(self, commit: str, path: str) -> str | None:
        return _new_name(history.differences(self.root, f"{commit}^", commit), path)

    def _blob_in(self, commit: str, path: str) -> str | None:
        entry = self._objects.find(f"{commit}:{path}")
        if entry is not None:
            return entry.oid if entry.kind == "blob" else NO_BLOB
        if self.refs.is_partial:
            try:
                return None if history.is_listed(self.root, commit, path) else NO_BLOB
            except GitError:
                return None
        return NO_BLOB

    def _blob_text(self, oid: str, path: str) -> str:
        if oid == NO_BLOB:
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


def _new_name(differences: Iterable[Difference], path: str) -> str | None:
    return next(
        (
            difference.path
            for difference in differences
            if difference.status == "R" and difference.old_path == path
        ),
        None,
    )


class Place(NamedTuple):
    """A file by its repository's folder and its path in there, with `/` between names."""

    root: str
    path: str
    is_folder_there: bool  # a folder that went says nothing of the file


def place_of(path: str, worktrees: Mapping[str, str] = NO_WORKTREES) -> Place | None:
    """Return where a file belongs, None outside any repository.

    A file of a work tree that is gone belongs to the repository: of those that were inside it, and
    of those in `worktrees`, by their folder.
    """
    if not os.path.isabs(path) or "\0" in path or "\n" in path:
        return None
    path = _in_repository(os.path.normpath(path), worktrees)
    root = root_of(path)
    if root is None:
        return None
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    is_folder_there = is_there(os.path.dirname(path))
    inner = None if is_folder_there else _INNER_WORK_TREE.match(inside)
    if inner:
        inside = inner["rest"]
        is_folder_there = is_there(os.path.dirname(os.path.join(root, inside)))
    return Place(root, inside, is_folder_there)


def _in_repository(path: str, worktrees: Mapping[str, str]) -> str:
    """Return where a file of a work tree that is gone lies in the main one."""
    folder = os.path.dirname(path)
    while worktrees and folder != os.path.dirname(folder):
        if folder in worktrees:
            return path if is_there(folder) else worktrees[folder] + path[len(folder) :]
        folder = os.path.dirname(folder)
    return path


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
        for repository in self._open.values():
            repository.close()
        self._open.clear()
        self._outside.clear()
