"""The repositories that are open during one pass: each opened once, given up on once."""

from ledger.core.errors import GitError
from ledger.flows.blob_features import BlobFeatures
from ledger.flows.locating import Place
from ledger.flows.repository import Repository
from ledger.host.work_tree import is_there


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
