"""One changed file, looked for in commits and in the work tree: by name, by new name, elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np

from ledger.evidence.change import Change, FeatureSet
from ledger.evidence.features import Counts, Hashes
from ledger.evidence.survival import SHORTEST_RUN, Measure, measure, moved, rebased
from ledger.flows.evidence.repository import NO_BLOB, MissingError, Repository
from ledger.host.git_history import Ref

_OtherFile = tuple[Hashes, Callable[[], Counts]]
COMPLETE: Final = 0.98  # of what was added: where less is there, other files are looked at


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
        self._elsewhere = tuple(other for other in elsewhere if other != path)
        self._commits_before: dict[str, str | None] = {}
        self._measures: dict[str, Measure] = {}
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
            measured = self._in_commit(head.oid, before)  # other files were looked through for it
            other_files: Iterator[_OtherFile] = iter(())
        else:
            measured = self._measured(oid or NO_BLOB, path)
            other_files = (
                self._other_committed_files(before, head.oid) if head and before else iter(())
            )
        if not _is_incomplete(measured):
            return measured
        return self._with_moved(measured, other_files, self._other_work_files(before))

    def _in_commits(self, commits: Iterable[str], ref: Ref) -> Measure:
        before = self._commit_before(ref)
        measures = [self._in_commit(commit, before) for commit in commits]
        return best(measures) if measures else self._measured(NO_BLOB, self._path)

    def _in_commit(self, commit: str, before: str | None) -> Measure:
        if commit not in self._measures:
            self._measures[commit] = self._measure_in(commit, before)
        return self._measures[commit]

    def _measure_in(self, commit: str, before: str | None) -> Measure:
        path = self._path
        oid = self.repository.blob(commit, path)
        if oid == NO_BLOB and before:
            path = self.repository.renamed(before, commit, path) or path
            oid = self.repository.blob(commit, path)
        measured = self._measured(oid, path)
        if not before or not _is_incomplete(measured):
            return measured
        return self._with_moved(measured, self._other_committed_files(before, commit))

    def _measured(self, oid: str, path: str) -> Measure:
        self.was_seen = self.was_seen or oid != NO_BLOB
        lines = self.repository.line_counts(oid, path)
        return measure(self._change, lines, lambda: self.repository.gram_counts(oid, path))

    def _with_moved(self, measured: Measure, *other_files: Iterator[_OtherFile]) -> Measure:
        missing = measured.missing_lines
        pieces = [Counts.nothing()]
        for lines, counts_before in (file for files in other_files for file in files):
            try:
                piece = moved(missing, lines, counts_before)
            except MissingError:
                continue
            if len(piece.hashes):
                pieces.append(piece)
                missing = _still_missing(missing, piece)
            if not missing:
                break
        hashes = np.concatenate([piece.hashes for piece in pieces])
        counts = np.concatenate([piece.counts for piece in pieces])
        if len(hashes):
            self.was_seen = True
        return measured.with_moved(Counts.of(hashes, counts))

    def _other_committed_files(self, before: str, commit: str) -> Iterator[_OtherFile]:
        """Yield the lines of files that changed since, and what tells their lines before."""
        for difference in self.repository.candidates(before, commit, self._path):
            try:
                old = NO_BLOB if difference.status == "A" else difference.old_oid
                counts_before = partial(self.repository.line_counts, old, difference.old_path)
                yield self.repository.lines(difference.oid, difference.path), counts_before
            except MissingError:
                continue

    def _other_work_files(self, before: str | None) -> Iterator[_OtherFile]:
        for path in self._elsewhere:
            try:
                oid = self.repository.work_blob(path)
                if oid is not None:
                    old = self.repository.blob(before, path) if before else NO_BLOB
                    counts_before = partial(self.repository.line_counts, old, path)
                    yield self.repository.lines(oid, path), counts_before
            except MissingError:
                continue

    def _commit_before(self, ref: Ref) -> str | None:
        """Return the commit that a branch was at when the change was made, None if unknown."""
        if ref.name not in self._commits_before:
            try:
                commits = self.repository.at(ref, self._time_s)
            except MissingError:
                commits = []
            self._commits_before[ref.name] = commits[0] if commits else None
        return self._commits_before[ref.name]

    def _netted(self, change: Change) -> Change:
        """Net a change of which only the replaced texts are known by the last commit before it."""
        head = next(iter(self.repository.refs.heads), None)
        before = self._commit_before(head) if head else None
        if before is None:
            return change
        try:
            oid = self.repository.blob(before, self._path)
            if oid == NO_BLOB:
                return change
            lines = self.repository.line_counts(oid, self._path)
            return rebased(change, lines, self.repository.gram_counts(oid, self._path))
        except MissingError:
            return change


def best(measures: Iterable[Measure]) -> Measure:
    """Return the measure that shows the most of a change."""
    return max(measures, key=lambda measured: (measured.kept or 0.0, measured.removed or 0.0))


def _is_incomplete(measured: Measure) -> bool:
    return (measured.kept or 0.0) < COMPLETE and measured.missing_lines.total >= SHORTEST_RUN


def _still_missing(missing: FeatureSet, moved_lines: Counts) -> FeatureSet:
    counts = missing.counts - np.minimum(missing.counts, moved_lines.at(missing.hashes))
    return missing._replace(counts=counts).only(counts > 0)
