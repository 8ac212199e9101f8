"""A repository's own median: how much of what its commits of a week added was left a week later."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from statistics import median
from typing import Final

from ledger.evidence.change import additions
from ledger.evidence.survival import FEWEST_LINES, share_left
from ledger.flows.evidence.repository import NO_BLOB, MissingError, Repository
from ledger.host.git_history import Difference, Ref

WEEK_S: Final = 7 * 86_400
MOST_COMMITS: Final = 30
FEWEST_COMMITS: Final = 5
MOST_FILES: Final = 12  # a commit of more files moves or formats rather than adds


class Baselines:
    """The medians by repository and week, each worked out once."""

    def __init__(self, pause: Callable[[], None]) -> None:
        self._pause = pause
        self._medians: dict[tuple[str, int], float | None] = {}

    def of(self, repository: Repository, time_s: int) -> float | None:
        """Return the median of the week of a moment, None below five commits; raises GitError."""
        week = (repository.root, time_s // WEEK_S)
        if week not in self._medians:
            self._medians[week] = self._median(repository, time_s // WEEK_S * WEEK_S)
        return self._medians[week]

    def _median(self, repository: Repository, start_s: int) -> float | None:
        ref = next(iter(repository.refs.defaults), None)
        if ref is None:
            return None
        rows = repository.commits(ref).between(start_s, start_s + WEEK_S)
        rows = rows[:: max(1, -(-len(rows) // MOST_COMMITS))]
        changed = repository.introduced([(commit, parent) for commit, parent, _ in rows])
        shares = []
        for commit, _, time_s in rows:
            self._pause()
            with suppress(MissingError):
                shares.append(
                    _share_after_week(repository, ref, commit, time_s, changed.get(commit, []))
                )
        known_shares = [share for share in shares if share is not None]
        return median(known_shares) if len(known_shares) >= FEWEST_COMMITS else None


def _share_after_week(
    repository: Repository, ref: Ref, commit: str, time_s: int, changed: Sequence[Difference]
) -> float | None:
    """Return the share of a commit's added lines that was there a week later."""
    differences = [
        difference
        for difference in changed
        if difference.status in "AMR" and not repository.is_left_out(difference.path)
    ]
    later = repository.commits(ref).at(time_s + WEEK_S)
    if not 0 < len(differences) <= MOST_FILES or later is None:
        return None
    pairs = [_file_share(repository, difference, commit, later) for difference in differences]
    size = sum(lines for _, lines in pairs)
    if size < FEWEST_LINES:
        return None
    return sum(share * lines for share, lines in pairs) / size


def _file_share(
    repository: Repository, difference: Difference, commit: str, later: str
) -> tuple[float, int]:
    """Return the share of one file's additions that was there later, and how many lines it had."""
    old = NO_BLOB if difference.status == "A" else difference.old_oid
    before = repository.line_counts(old, difference.old_path)
    added = additions(before, repository.line_counts(difference.oid, difference.path))
    path, oid = difference.path, repository.blob(later, difference.path)
    if oid == NO_BLOB:
        path = repository.renamed(commit, later, path) or path
        oid = repository.blob(later, path)
    if oid == difference.oid or not added:
        return 1.0, added.total
    by_lines = share_left(added, repository.line_counts(oid, path)) or 0.0
    if by_lines == 1:
        return 1.0, added.total
    grams = additions(
        repository.gram_counts(old, difference.old_path),
        repository.gram_counts(difference.oid, difference.path),
    )
    by_grams = share_left(grams, repository.gram_counts(oid, path)) or 0.0
    return max(by_lines, by_grams), added.total
