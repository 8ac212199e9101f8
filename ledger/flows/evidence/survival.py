"""Asks git what became of what interactions added: now, and one, seven and thirty days later."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Final, NamedTuple, Self

from ledger.core.errors import GitError
from ledger.core.evidence import ChangeFingerprint, Fate, Horizon, Survival
from ledger.evidence.change import Change
from ledger.evidence.fingerprint import decode
from ledger.evidence.survival import GONE, Measure, Total, replaced_share, together
from ledger.flows.evidence.baseline import Baselines
from ledger.flows.evidence.locator import ChangeLocator, best
from ledger.flows.evidence.repository import (
    NO_WORKTREES,
    MissingError,
    OpenRepositories,
    Place,
    Repository,
    place_of,
)
from ledger.host.git_history import Ref
from ledger.host.work_tree import is_there

INTACT_SHARE: Final = 0.8  # of what was added: where less is there, somebody changed it
PRESENT_SHARE: Final = 0.25
REPLACED_SHARE: Final = 0.5  # of what is missing
PATIENCE_S: Final = 7 * 86_400  # so long may work wait for its first commit
DAY_S: Final = 86_400
WAITS_S: Final = {Horizon.DAY: DAY_S, Horizon.WEEK: 7 * DAY_S, Horizon.MONTH: 30 * DAY_S}
MOST_LANDINGS: Final = 50  # commits that are looked at for the one that brought a change
FRESH_S: Final = 2 * 86_400  # the work tree of now still speaks for a moment so long ago
NO_TOTAL: Final = Total(None, False, 0, 0)


class Presence(NamedTuple):
    """What was found of one file's change, None where that is unknown."""

    anywhere: Measure | None = None
    landed: Measure | None = None  # on the default branch
    committed: Measure | None = None  # on any branch looked at, then or now
    commit: str = ""


class FilePresence(NamedTuple):
    """The presence of one file's change, with its size and what later edits did there."""

    presence: Presence
    size: int
    later: Sequence[Change]


def total_of(files: Sequence[FilePresence], unseen: int) -> tuple[Total, float | None] | None:
    """Return what is left anywhere, and the share on the default branch where all of it is known.

    None when more is unknown than known; `unseen` is the size of what nobody could look for.
    """
    known = [file for file in files if file.presence.anywhere]
    size = sum(file.size for file in known)
    missing = unseen + sum(file.size for file in files) - size
    if missing > size or (missing and not known):
        return None
    total = together([file.presence.anywhere for file in known if file.presence.anywhere])
    landed = [file.presence.landed for file in known if file.presence.landed]
    is_told = total.kept is not None and len(landed) == len(known)
    return total, together(landed).kept if is_told else None


def fate_of(files: Sequence[FilePresence], total: Total, age_s: int) -> Fate:
    """Return what that means, the output being so old."""
    if total.kept is None:
        return Fate.TOO_SMALL
    pairs = [(file.presence.anywhere, file.later) for file in files if file.presence.anywhere]
    took_away = any(measure.change.removed_grams for measure, _ in pairs)
    if total.reverted and took_away:
        return Fate.REVERTED  # as it was before, whoever did it
    if total.kept < INTACT_SHARE and replaced_share(pairs) >= REPLACED_SHARE:
        return Fate.SUPERSEDED
    if total.reverted:
        return Fate.REVERTED
    is_parked = age_s >= PATIENCE_S and total.kept >= PRESENT_SHARE and _is_uncommitted(files)
    return Fate.PARKED if is_parked else Fate.MEASURED


def _is_uncommitted(files: Sequence[FilePresence]) -> bool:
    """Whether no commit ever held it; outside a repository nobody can say that."""
    committed = [file.presence.committed for file in files if file.presence.committed]
    return len(committed) == len(files) and (together(committed).kept or 0.0) < GONE


class SurvivalQuery(NamedTuple):
    """One interaction, by what it changed."""

    interaction: int
    time_ms: int
    traces: tuple[ChangeFingerprint, ...]
    later: tuple[
        ChangeFingerprint, ...
    ] = ()  # of later interactions, for what they replaced or took along
    branch: str = ""  # that the tool was on, by its short name
    directory: str = ""  # that the tool worked in
    measured: frozenset[Horizon] = frozenset()  # before now: the past is not looked at again


class _LocatedChange(NamedTuple):
    """One changed file with where it is looked for."""

    trace: ChangeFingerprint
    size: int
    locator: ChangeLocator
    place: Place
    later: tuple[Change, ...]


class GitSurvival:
    """The repositories of this machine, opened when first asked; use it in a `with`, once a pass.

    `pause` is called between pieces of work of some 10 ms; what it raises ends the work.
    """

    def __init__(
        self,
        key: bytes,
        pause: Callable[[], None] = lambda: None,
        worktrees: Mapping[str, str] = NO_WORKTREES,
    ) -> None:
        """`worktrees` says of folders of worktrees which repository's folder each is of."""
        self._pause = pause
        self._worktrees = worktrees
        self._open = OpenRepositories(key)
        self._baselines = Baselines(pause)

    def survivals(self, query: SurvivalQuery, now_ms: int) -> list[Survival]:
        """Return how much is left now and at each horizon that came and is not measured yet.

        What git cannot tell is a fate of its own: nothing is raised but what `pause` raises.
        """
        changes, unseen = self._located_changes(query)
        moments = list(_moments(query, now_ms // 1000))
        presences = [self._presences(query, change, moments, now_ms // 1000) for change in changes]
        return [
            self._survival(
                query,
                horizon,
                [
                    (change, at_moments[position])
                    for change, at_moments in zip(changes, presences, strict=True)
                ],
                unseen,
                now_ms,
            )
            for position, horizon in enumerate((Horizon.NOW, *(horizon for horizon, _ in moments)))
        ]

    def landing(self, query: SurvivalQuery) -> str:
        """Return the commit that brought an output to the default branch, "" when none is known."""
        changes, _ = self._located_changes(query)
        sizes = {change.place.root: 0 for change in changes}
        for change in changes:
            sizes[change.place.root] += change.size
        for root in sorted(sizes, key=lambda root: -sizes[root]):
            with suppress(GitError, MissingError):
                return _landing(query, [change for change in changes if change.place.root == root])
        return ""

    def close(self) -> None:
        """Let go of every repository."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _located_changes(self, query: SurvivalQuery) -> tuple[list[_LocatedChange], int]:
        """Return what can be looked for, and the size of what cannot."""
        places = {
            trace.path: place_of(trace.path, self._worktrees)
            for trace in (*query.traces, *query.later)
        }
        located, unseen = [], 0
        for trace in query.traces:
            change = decode(trace.features)
            if change is None:
                continue
            located_change = self._located_change(query, trace, change, places)
            if located_change is None:
                unseen += _size(trace, change)
            elif not located_change.locator.repository.is_generated(located_change.place.path):
                located.append(located_change)
        return located, unseen

    def _located_change(
        self,
        query: SurvivalQuery,
        trace: ChangeFingerprint,
        change: Change,
        places: dict[str, Place | None],
    ) -> _LocatedChange | None:
        place = places[trace.path]
        repository = self._open.of(place) if place else None
        if place is None or repository is None:
            place, repository = self._open.outside(trace.path)
        later = (
            decode(later_trace.features)
            for later_trace in query.later
            if later_trace.path == trace.path
        )
        other_places = (places[later_trace.path] for later_trace in query.later)
        elsewhere = [
            other_place.path
            for other_place in other_places
            if other_place and other_place.root == place.root
        ]
        time_s = query.time_ms // 1000
        try:
            locator = ChangeLocator(repository, place.path, change, time_s, elsewhere)
        except GitError:
            self._open.give_up(repository)
            return None
        later_changes = tuple(later_change for later_change in later if later_change is not None)
        return _LocatedChange(trace, _size(trace, change), locator, place, later_changes)

    def _presences(
        self,
        query: SurvivalQuery,
        change: _LocatedChange,
        moments: Sequence[tuple[Horizon, int]],
        now_s: int,
    ) -> list[Presence]:
        """Return what is seen of a file now and at each moment."""
        locator, branch = change.locator, query.branch
        now = self._presence(locator, lambda: measure_now(locator, branch))
        presences = [now]
        for _, moment_s in moments:
            measure_then = partial(measure_at, locator, branch, moment_s, now, now_s)
            presences.append(self._presence(locator, measure_then))
        return [Presence()] * len(presences) if _is_untellable(change, query) else presences

    def _presence(self, locator: ChangeLocator, take: Callable[[], Presence]) -> Presence:
        self._pause()
        if self._open.is_given_up(locator.repository):
            return Presence()
        try:
            return take()
        except GitError:
            self._open.give_up(locator.repository)
            return Presence()

    def _survival(
        self,
        query: SurvivalQuery,
        horizon: Horizon,
        presences: Sequence[tuple[_LocatedChange, Presence]],
        unseen: int,
        now_ms: int,
    ) -> Survival:
        files = [
            FilePresence(presence, change.size, change.later) for change, presence in presences
        ]
        totals = total_of(files, unseen)
        total, landed = totals or (NO_TOTAL, None)
        fate = fate_of(files, total, _age_s(query, horizon, now_ms)) if totals else Fate.UNKNOWN
        is_told = total.kept is not None
        return Survival(
            interaction=query.interaction,
            horizon=horizon,
            fate=fate,
            looked_ms=now_ms,
            anywhere=total.kept,
            landed=landed,
            baseline=self._baseline(query, horizon, presences) if is_told else None,
            grams=sum(change.trace.grams for change, _ in presences),
            lines=total.lines,
            lines_left=total.lines_left,
            commit=next((presence.commit for _, presence in presences if presence.commit), ""),
        )

    def _baseline(
        self,
        query: SurvivalQuery,
        horizon: Horizon,
        presences: Sequence[tuple[_LocatedChange, Presence]],
    ) -> float | None:
        """Return how much of ordinary commits of that week was left after seven days."""
        if horizon is not Horizon.WEEK:
            return None
        largest = max((change for change, _ in presences), key=lambda change: change.size)
        repository = largest.locator.repository
        try:
            return self._baselines.of(repository, query.time_ms // 1000)
        except GitError:
            return None


def _size(trace: ChangeFingerprint, change: Change) -> int:
    return trace.grams + trace.lines or change.removed_grams.total


def _moments(query: SurvivalQuery, now_s: int) -> Iterator[tuple[Horizon, int]]:
    """Yield the horizons that have come and are not measured, each with its moment."""
    for horizon, wait in WAITS_S.items():
        moment_s = query.time_ms // 1000 + wait
        if moment_s <= now_s and horizon not in query.measured:
            yield horizon, moment_s


def _is_untellable(change: _LocatedChange, query: SurvivalQuery) -> bool:
    """Whether the file was never seen in a place that is gone too: nobody can tell its fate."""
    if change.locator.was_seen:
        return False
    if not change.locator.repository.is_git:
        return True
    return not change.place.is_folder_there and not (query.directory and is_there(query.directory))


def _age_s(query: SurvivalQuery, horizon: Horizon, now_ms: int) -> int:
    return WAITS_S.get(horizon, (now_ms - query.time_ms) // 1000)


def _landing(query: SurvivalQuery, changes: Sequence[_LocatedChange]) -> str:
    repository = changes[0].locator.repository
    paths = [change.place.path for change in changes]
    for ref in repository.refs.defaults:
        before = repository.at(ref, query.time_ms // 1000)
        commits = repository.commits_to(ref, paths, before[0] if before else None)
        for commit in commits[:MOST_LANDINGS]:
            total = together([change.locator.in_commit(commit) for change in changes])
            if (total.kept or 0.0) >= PRESENT_SHARE:
                return commit
    return ""


def measure_now(locator: ChangeLocator, branch: str) -> Presence:
    """Look in the work tree and at the tips of branches; raises GitError."""
    repository = locator.repository
    landed = _known_measures(locator.at_tip, repository.refs.defaults)
    committed = [*_known_measures(locator.at_tip, _branches(repository, branch)), *landed]
    anywhere = committed.copy()
    with suppress(MissingError):
        anywhere.append(locator.in_work_tree())
    refs = (*repository.refs.defaults, *repository.refs.heads)
    commit = refs[0].oid if refs else ""
    return Presence(_best_of(anywhere), _best_of(landed), _best_of(committed), commit)


def measure_at(
    locator: ChangeLocator, branch: str, moment_s: int, now: Presence, now_s: int
) -> Presence:
    """Look at branches as they were at a moment; raises GitError.

    What is there now was there then, also where it was not committed yet.
    """
    repository = locator.repository
    landed = _known_measures(lambda ref: locator.at(ref, moment_s), repository.refs.defaults)
    committed = _known_measures(
        lambda ref: locator.at(ref, moment_s), _branches(repository, branch)
    )
    committed += landed
    is_told = committed or now_s - moment_s <= FRESH_S
    if now.anywhere is None or not (is_told or (now.anywhere.kept or 0.0) >= INTACT_SHARE):
        return Presence()
    anywhere = best([*committed, now.anywhere])
    ever = [*committed, *([now.committed] if now.committed else [])]
    return Presence(anywhere, _best_of(landed), _best_of(ever), _commit_at(repository, moment_s))


def _known_measures(measure_on: Callable[[Ref], Measure], refs: Iterable[Ref]) -> list[Measure]:
    """Return what can be told about branches."""
    measures = []
    for ref in refs:
        with suppress(MissingError):
            measures.append(measure_on(ref))
    return measures


def _best_of(measures: Sequence[Measure]) -> Measure | None:
    return best(measures) if measures else None


def _branches(repository: Repository, branch: str) -> Iterator[Ref]:
    yield from repository.refs.heads
    yield from (ref for ref in repository.refs.local if ref.name == f"refs/heads/{branch}")


def _commit_at(repository: Repository, moment_s: int) -> str:
    for ref in (*repository.refs.defaults, *repository.refs.heads):
        with suppress(MissingError):
            for commit in repository.at(ref, moment_s):
                return commit
    return ""
