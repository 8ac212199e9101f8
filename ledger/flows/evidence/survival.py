"""Asks git what became of what interactions added: now, and one, seven and thirty days later."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    MissingError,
    OpenRepositories,
    Place,
    Repository,
    place_of,
)
from ledger.host.git_history import Ref
from ledger.host.work_tree import is_there

ENOUGH: Final = 0.8  # of what was added: where less is there, somebody changed it
PRESENT: Final = 0.25
REPLACED: Final = 0.5  # of what is missing
PATIENCE_S: Final = 7 * 86_400  # so long may work wait for its first commit


class Presence(NamedTuple):
    """What was found of one file's change, None where that is unknown."""

    anywhere: Measure | None = None
    landed: Measure | None = None  # on the default branch
    committed: Measure | None = None  # on any branch looked at, then or now
    commit: str = ""


class File(NamedTuple):
    """One file's change as it was seen, with the size it had and what later edits did there."""

    seen: Presence
    size: int
    later: Sequence[Change]


def total_of(files: Sequence[File], unseen: int) -> tuple[Total, float | None] | None:
    """Return what is left anywhere, and the share on the default branch where all of it is known.

    None when more is unknown than known; `unseen` is the size of what nobody could look for.
    """
    known = [one for one in files if one.seen.anywhere]
    size = sum(one.size for one in known)
    missing = unseen + sum(one.size for one in files) - size
    if missing > size or (missing and not known):
        return None
    total = together([one.seen.anywhere for one in known if one.seen.anywhere])
    landed = [one.seen.landed for one in known if one.seen.landed]
    is_told = total.kept is not None and len(landed) == len(known)
    return total, together(landed).kept if is_told else None


def fate_of(files: Sequence[File], total: Total, age_s: int) -> Fate:
    """Return what that means, the output being so old."""
    if total.kept is None:
        return Fate.TOO_SMALL
    pairs = [(one.seen.anywhere, one.later) for one in files if one.seen.anywhere]
    took_away = any(one.change.removed_grams for one, _ in pairs)
    if total.reverted and took_away:
        return Fate.REVERTED  # as it was before, whoever did it
    if total.kept < ENOUGH and replaced_share(pairs) >= REPLACED:
        return Fate.SUPERSEDED
    if total.reverted:
        return Fate.REVERTED
    is_parked = age_s >= PATIENCE_S and total.kept >= PRESENT and _is_uncommitted(files)
    return Fate.PARKED if is_parked else Fate.MEASURED


def _is_uncommitted(files: Sequence[File]) -> bool:
    """Whether no commit ever held it; outside a repository nobody can say that."""
    committed = [one.seen.committed for one in files if one.seen.committed]
    return len(committed) == len(files) and (together(committed).kept or 0.0) < GONE


DAY_S: Final = 86_400
WAITS_S: Final = {Horizon.DAY: DAY_S, Horizon.WEEK: 7 * DAY_S, Horizon.MONTH: 30 * DAY_S}
MOST_LANDINGS: Final = 50  # commits that are looked at for the one that brought a change
NOTHING_SEEN: Final = Total(None, False, 0, 0)


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


class _File(NamedTuple):
    """One changed file with where it is looked for."""

    trace: ChangeFingerprint
    size: int
    sighting: ChangeLocator
    place: Place
    later: tuple[Change, ...]


class GitSurvival:
    """The repositories of this machine, opened when first asked; use it in a `with`, once a pass.

    `rest` is called between pieces of work of some 10 ms; what it raises ends the work.
    """

    def __init__(self, key: bytes, rest: Callable[[], None] = lambda: None) -> None:
        self._rest = rest
        self._open = OpenRepositories(key)
        self._baselines = Baselines(rest)

    def survivals(self, subject: SurvivalQuery, now_ms: int) -> list[Survival]:
        """Return how much is left now and at each horizon that came and is not measured yet.

        What git cannot tell is a fate of its own: nothing is raised but what `rest` raises.
        """
        files, unseen = self._files(subject)
        moments = list(_moments(subject, now_ms // 1000))
        looks = [self._looks(subject, one, moments, now_ms // 1000) for one in files]
        return [
            self._survival(
                subject,
                horizon,
                [(one, seen[place]) for one, seen in zip(files, looks, strict=True)],
                unseen,
                now_ms,
            )
            for place, horizon in enumerate((Horizon.NOW, *(horizon for horizon, _ in moments)))
        ]

    def landing(self, subject: SurvivalQuery) -> str:
        """Return the commit that brought an output to the default branch, "" when none is known."""
        files, _ = self._files(subject)
        sizes = {one.place.root: 0 for one in files}
        for one in files:
            sizes[one.place.root] += one.size
        for root in sorted(sizes, key=lambda one: -sizes[one]):
            with suppress(GitError, MissingError):
                return _landing(subject, [one for one in files if one.place.root == root])
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

    def _files(self, subject: SurvivalQuery) -> tuple[list[_File], int]:
        """Return what can be looked for, and the size of what cannot."""
        places = {trace.path: place_of(trace.path) for trace in (*subject.traces, *subject.later)}
        files, unseen = [], 0
        for trace in subject.traces:
            change = decode(trace.features)
            if change is None:
                continue
            made = self._file(subject, trace, change, places)
            if made is None:
                unseen += _size(trace, change)
            elif not made.sighting.repository.is_generated(made.place.path):
                files.append(made)
        return files, unseen

    def _file(
        self,
        subject: SurvivalQuery,
        trace: ChangeFingerprint,
        change: Change,
        places: dict[str, Place | None],
    ) -> _File | None:
        place = places[trace.path]
        repository = self._open.of(place) if place else None
        if place is None or repository is None:
            place, repository = self._open.outside(trace.path)
        later = (decode(one.features) for one in subject.later if one.path == trace.path)
        others = (places[one.path] for one in subject.later)
        elsewhere = [one.path for one in others if one and one.root == place.root]
        time_s = subject.time_ms // 1000
        try:
            sighting = ChangeLocator(repository, place.path, change, time_s, elsewhere)
        except GitError:
            self._open.give_up(repository)
            return None
        known = tuple(one for one in later if one is not None)
        return _File(trace, _size(trace, change), sighting, place, known)

    def _looks(
        self, subject: SurvivalQuery, one: _File, moments: Sequence[tuple[Horizon, int]], now_s: int
    ) -> list[Presence]:
        """Return what is seen of a file now and at each moment."""
        sighting, branch = one.sighting, subject.branch
        now = self._look(sighting, lambda: measure_now(sighting, branch))
        found = [now]
        for _, moment_s in moments:
            look = partial(measure_at, sighting, branch, moment_s, now, now_s)
            found.append(self._look(sighting, look))
        return [Presence()] * len(found) if _says_nothing(one, subject) else found

    def _look(self, sighting: ChangeLocator, look: Callable[[], Presence]) -> Presence:
        self._rest()
        if self._open.is_given_up(sighting.repository):
            return Presence()
        try:
            return look()
        except GitError:
            self._open.give_up(sighting.repository)
            return Presence()

    def _survival(
        self,
        subject: SurvivalQuery,
        horizon: Horizon,
        found: Sequence[tuple[_File, Presence]],
        unseen: int,
        now_ms: int,
    ) -> Survival:
        files = [File(seen, one.size, one.later) for one, seen in found]
        said = total_of(files, unseen)
        total, landed = said or (NOTHING_SEEN, None)
        fate = fate_of(files, total, _age_s(subject, horizon, now_ms)) if said else Fate.UNKNOWN
        is_told = total.kept is not None
        return Survival(
            interaction=subject.interaction,
            horizon=horizon,
            fate=fate,
            looked_ms=now_ms,
            anywhere=total.kept,
            landed=landed,
            baseline=self._baseline(subject, horizon, found) if is_told else None,
            grams=sum(one.trace.grams for one, _ in found),
            lines=total.lines,
            lines_left=total.lines_left,
            commit=next((seen.commit for _, seen in found if seen.commit), ""),
        )

    def _baseline(
        self, subject: SurvivalQuery, horizon: Horizon, found: Sequence[tuple[_File, Presence]]
    ) -> float | None:
        """Return how much of ordinary commits of that week was left after seven days."""
        if horizon is not Horizon.WEEK:
            return None
        largest = max((one for one, _ in found), key=lambda one: one.size)
        repository = largest.sighting.repository
        try:
            return self._baselines.of(repository, subject.time_ms // 1000)
        except GitError:
            return None


def _size(trace: ChangeFingerprint, change: Change) -> int:
    return trace.grams + trace.lines or change.removed_grams.total


def _moments(subject: SurvivalQuery, now_s: int) -> Iterator[tuple[Horizon, int]]:
    """Yield the horizons that have come and are not measured, each with its moment."""
    for horizon, wait in WAITS_S.items():
        moment_s = subject.time_ms // 1000 + wait
        if moment_s <= now_s and horizon not in subject.measured:
            yield horizon, moment_s


def _says_nothing(one: _File, subject: SurvivalQuery) -> bool:
    """Whether the file was never seen in a place that is gone too: nobody can tell its fate."""
    if one.sighting.was_seen:
        return False
    if not one.sighting.repository.is_git:
        return True
    return not one.place.is_folder_there and not (subject.directory and is_there(subject.directory))


def _age_s(subject: SurvivalQuery, horizon: Horizon, now_ms: int) -> int:
    return WAITS_S.get(horizon, (now_ms - subject.time_ms) // 1000)


def _landing(subject: SurvivalQuery, files: Sequence[_File]) -> str:
    repository = files[0].sighting.repository
    paths = [one.place.path for one in files]
    for ref in repository.refs.defaults:
        before = repository.at(ref, subject.time_ms // 1000)
        commits = repository.commits_to(ref, paths, before[0] if before else None)
        for commit in commits[:MOST_LANDINGS]:
            total = together([one.sighting.in_commit(commit) for one in files])
            if (total.kept or 0.0) >= PRESENT:
                return commit
    return ""


FRESH_S: Final = 2 * 86_400  # the work tree of now still speaks for a moment so long ago


def measure_now(sighting: ChangeLocator, branch: str) -> Presence:
    """Look in the work tree and at the tips of branches; raises GitError."""
    repository = sighting.repository
    landed = _known(sighting.at_tip, repository.refs.defaults)
    committed = [*_known(sighting.at_tip, _branches(repository, branch)), *landed]
    anywhere = committed.copy()
    with suppress(MissingError):
        anywhere.append(sighting.in_work_tree())
    refs = (*repository.refs.defaults, *repository.refs.heads)
    commit = refs[0].oid if refs else ""
    return Presence(_best_of(anywhere), _best_of(landed), _best_of(committed), commit)


def measure_at(
    sighting: ChangeLocator, branch: str, moment_s: int, now: Presence, now_s: int
) -> Presence:
    """Look at branches as they were at a moment; raises GitError.

    What is there now was there then, also where it was not committed yet.
    """
    repository = sighting.repository
    landed = _known(lambda ref: sighting.at(ref, moment_s), repository.refs.defaults)
    committed = _known(lambda ref: sighting.at(ref, moment_s), _branches(repository, branch))
    committed += landed
    is_told = committed or now_s - moment_s <= FRESH_S
    if now.anywhere is None or not (is_told or (now.anywhere.kept or 0.0) >= ENOUGH):
        return Presence()
    anywhere = best([*committed, now.anywhere])
    ever = [*committed, *([now.committed] if now.committed else [])]
    return Presence(anywhere, _best_of(landed), _best_of(ever), _commit_at(repository, moment_s))


def _known(look: Callable[[Ref], Measure], refs: Iterable[Ref]) -> list[Measure]:
    """Return what can be told about branches."""
    found = []
    for ref in refs:
        with suppress(MissingError):
            found.append(look(ref))
    return found


def _best_of(found: Sequence[Measure]) -> Measure | None:
    return best(found) if found else None


def _branches(repository: Repository, branch: str) -> Iterator[Ref]:
    yield from repository.refs.heads
    yield from (ref for ref in repository.refs.local if ref.name == f"refs/heads/{branch}")


def _commit_at(repository: Repository, moment_s: int) -> str:
    for ref in (*repository.refs.defaults, *repository.refs.heads):
        with suppress(MissingError):
            for commit in repository.at(ref, moment_s):
                return commit
    return ""
