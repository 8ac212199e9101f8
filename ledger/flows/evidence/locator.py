"""One changed file, looked for in commits and in the work tree: by name, by new name, elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np

from ledger.evidence.change import Change, Part
from ledger.evidence.features import Counts, Hashes
from ledger.evidence.survival import SHORTEST_RUN, Measure, measure, moved, rebased
from ledger.flows.evidence.repository import NOTHING, MissingError, Repository
from ledger.host.git_history import Ref

_Other = tuple[Hashes, Callable[[], Counts]]
SHORT: Final = 0.98  # of what was added: where less is there, other files are looked at


class ChangeLocator:
    """What is left of one change to one file of a repository."""

    def __init__(
        self,
        repository: Repository,
        path: str,
        change: Change,
        time_s: int,
        elsewhere: Sequence[str] = (),
    ) -> None:
        """Look for a change made at `time_s`; `elsewhere` are files that were changed since."""
        self.repository = repository
        self.was_seen = False  # the file was found somewhere, under its name or another
        self._path = path
        self._time_s = time_s
        self._elsewhere = tuple(one for one in elsewhere if one != path)
        self._before: dict[str, str | None] = {}
        self._seen: dict[str, Measure] = {}
        self._change = change if change.whole else self._netted(change)

    @property
    def change(self) -> Change:
        """The change, netted by what the file held before."""
        return self._change

    def at(self, ref: Ref, time_s: int) -> Measure:
        """Return what a branch held of it at a moment; raises MissingError and GitError."""
        return self._in_commits(self.repository.at(ref, time_s), ref)

    def at_tip(self, ref: Ref) -> Measure:
        """Return what a branch holds of it now; raises MissingError and GitError."""
        return self._in_commits([ref.oid], ref)

    def in_commit(self, commit: str) -> Measure:
        """Return what a commit holds of it under its own name; raises MissingError, GitError."""
        return self._measured(self.repository.blob(commit, self._path), self._path)

    def in_work_tree(self) -> Measure:
        """Return what the work tree holds of it; raises MissingError and GitError."""
        head = next(iter(self.repository.refs.heads), None)
        before = self._commit_before(head) if head else None
        path = self._path
        oid = self.repository.work_blob(path)
        if oid is None and head and before:
            path = self.repository.renamed(before, head.oid, path) or path
            oid = self.repository.work_blob(path)
        if oid and head and oid == self.repository.blob(head.oid, path):
            found = self._in_commit(head.oid, before)  # other files were looked through for it
            others: Iterator[_Other] = iter(())
        else:
            found = self._measured(oid or NOTHING, path)
            others = self._others(before, head.oid) if head and before else iter(())
        if not _is_short(found):
            return found
        return self._with_moved(found, others, self._in_other_work_files(before))

    def _in_commits(self, commits: Iterable[str], ref: Ref) -> Measure:
        before = self._commit_before(ref)
        found = [self._in_commit(commit, before) for commit in commits]
        return best(found) if found else self._measured(NOTHING, self._path)

    def _in_commit(self, commit: str, before: str | None) -> Measure:
        if commit not in self._seen:
            self._seen[commit] = self._look_in(commit, before)
        return self._seen[commit]

    def _look_in(self, commit: str, before: str | None) -> Measure:
        path = self._path
        oid = self.repository.blob(commit, path)
        if oid == NOTHING and before:
            path = self.repository.renamed(before, commit, path) or path
            oid = self.repository.blob(commit, path)
        found = self._measured(oid, path)
        if not before or not _is_short(found):
            return found
        return self._with_moved(found, self._others(before, commit))

    def _measured(self, oid: str, path: str) -> Measure:
        self.was_seen = self.was_seen or oid != NOTHING
        lines = self.repository.line_counts(oid, path)
        return measure(self._change, lines, lambda: self.repository.gram_counts(oid, path))

    def _with_moved(self, found: Measure, *others: Iterator[_Other]) -> Measure:
        missing = found.missing_lines
        pieces = [Counts.nothing()]
        for lines, had in (one for some in others for one in some):
            try:
                piece = moved(missing, lines, had)
            except MissingError:
                continue
            if len(piece.hashes):
                pieces.append(piece)
                missing = _rest(missing, piece)
            if not missing:
                break
        hashes = np.concatenate([piece.hashes for piece in pieces])
        counts = np.concatenate([piece.counts for piece in pieces])
        if len(hashes):
            self.was_seen = True
        return found.with_moved(Counts.of(hashes, counts))

    def _others(self, before: str, commit: str) -> Iterator[_Other]:
        """Yield the lines of files that changed since, and what tells their lines before."""
        for one in self.repository.candidates(before, commit, self._path):
            try:
                old = NOTHING if one.status == "A" else one.old_oid
                had = partial(self.repository.line_counts, old, one.old_path)
                yield self.repository.lines(one.oid, one.path), had
            except MissingError:
                continue

    def _in_other_work_files(self, before: str | None) -> Iterator[_Other]:
        for path in self._elsewhere:
            try:
                oid = self.repository.work_blob(path)
                if oid is not None:
                    old = self.repository.blob(before, path) if before else NOTHING
                    had = partial(self.repository.line_counts, old, path)
                    yield self.repository.lines(oid, path), had
            except MissingError:
                continue

    def _commit_before(self, ref: Ref) -> str | None:
        """Return the commit that a branch was at when the change was made, None if unknown."""
        if ref.name not in self._before:
            try:
                known = self.repository.at(ref, self._time_s)
            except MissingError:
                known = []
            self._before[ref.name] = known[0] if known else None
        return self._before[ref.name]

    def _netted(self, change: Change) -> Change:
        """Net a change of which only the replaced texts are known by the last commit before it."""
        head = next(iter(self.repository.refs.heads), None)
        before = self._commit_before(head) if head else None
        if before is None:
            return change
        try:
            oid = self.repository.blob(before, self._path)
            if oid == NOTHING:
                return change
            lines = self.repository.line_counts(oid, self._path)
            return rebased(change, lines, self.repository.gram_counts(oid, self._path))
        except MissingError:
            return change


def best(found: Iterable[Measure]) -> Measure:
    """Return the measure that shows the most of a change."""
    return max(found, key=lambda one: (one.kept or 0.0, one.removed or 0.0))


def _is_short(found: Measure) -> bool:
    return (found.kept or 0.0) < SHORT and found.missing_lines.total >= SHORTEST_RUN


def _rest(missing: Part, found: Counts) -> Part:
    counts = missing.counts - np.minimum(missing.counts, found.at(missing.hashes))
    return missing._replace(counts=counts).only(counts > 0)
