"""Asks git what became of what interactions added: now, and one, seven and thirty days later."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Final, NamedTuple, Self

from ledger.core.errors import GitError
from ledger.core.evidence import Fate, Horizon, Survival, Trace
from ledger.evidence.change import Change
from ledger.evidence.packing import unpack
from ledger.evidence.survival import Total, together
from ledger.flows.baseline import Baselines
from ledger.flows.fates import PRESENT, File, Seen, fate_of, total_of
from ledger.flows.locating import Place, place_of
from ledger.flows.open_repositories import OpenRepositories
from ledger.flows.repository import MissingError
from ledger.flows.seeing import seen_at, seen_now
from ledger.flows.sighting import Sighting
from ledger.host.work_tree import is_there

DAY_S: Final = 86_400
WAITS_S: Final = {Horizon.DAY: DAY_S, Horizon.WEEK: 7 * DAY_S, Horizon.MONTH: 30 * DAY_S}
MOST_LANDINGS: Final = 50  # commits that are looked at for the one that brought a change
NOTHING_SEEN: Final = Total(None, False, 0, 0)


class Subject(NamedTuple):
    """One interaction, by what it changed."""

    interaction: int
    time_ms: int
    traces: tuple[Trace, ...]
    later: tuple[Trace, ...] = ()  # of later interactions, for what they replaced or took along
    branch: str = ""  # that the tool was on, by its short name
    directory: str = ""  # that the tool worked in
    measured: frozenset[Horizon] = frozenset()  # before now: the past is not looked at again


class _File(NamedTuple):
    """One changed file with where it is looked for."""

    trace: Trace
    size: int
    sighting: Sighting
    place: Place
    later: tuple[Change, ...]


class Repositories:
    """The repositories of this machine, opened when first asked; use it in a `with`, once a pass.

    `rest` is called between pieces of work of some 10 ms; what it raises ends the work.
    """

    def __init__(self, key: bytes, rest: Callable[[], None] = lambda: None) -> None:
        self._rest = rest
        self._open = OpenRepositories(key)
        self._baselines = Baselines(rest)

    def survivals(self, subject: Subject, now_ms: int) -> list[Survival]:
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

    def landing(self, subject: Subject) -> str:
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

    def _files(self, subject: Subject) -> tuple[list[_File], int]:
        """Return what can be looked for, and the size of what cannot."""
        places = {trace.path: place_of(trace.path) for trace in (*subject.traces, *subject.later)}
        files, unseen = [], 0
        for trace in subject.traces:
            change = unpack(trace.features)
            if change is None:
                continue
            made = self._file(subject, trace, change, places)
            if made is None:
                unseen += _size(trace, change)
            elif not made.sighting.repository.is_generated(made.place.path):
                files.append(made)
        return files, unseen

    def _file(
        self, subject: Subject, trace: Trace, change: Change, places: dict[str, Place | None]
    ) -> _File | None:
        place = places[trace.path]
        repository = self._open.of(place) if place else None
        if place is None or repository is None:
            place, repository = self._open.outside(trace.path)
        later = (unpack(one.features) for one in subject.later if one.path == trace.path)
        others = (places[one.path] for one in subject.later)
        elsewhere = [one.path for one in others if one and one.root == place.root]
        time_s = subject.time_ms // 1000
        try:
            sighting = Sighting(repository, place.path, change, time_s, elsewhere)
        except GitError:
            self._open.give_up(repository)
            return None
        known = tuple(one for one in later if one is not None)
        return _File(trace, _size(trace, change), sighting, place, known)

    def _looks(
        self, subject: Subject, one: _File, moments: Sequence[tuple[Horizon, int]], now_s: int
    ) -> list[Seen]:
        """Return what is seen of a file now and at each moment."""
        sighting, branch = one.sighting, subject.branch
        now = self._look(sighting, lambda: seen_now(sighting, branch))
        found = [now]
        for _, moment_s in moments:
            look = partial(seen_at, sighting, branch, moment_s, now, now_s)
            found.append(self._look(sighting, look))
        return [Seen()] * len(found) if _says_nothing(one, subject) else found

    def _look(self, sighting: Sighting, look: Callable[[], Seen]) -> Seen:
        self._rest()
        if self._open.is_given_up(sighting.repository):
            return Seen()
        try:
            return look()
        except GitError:
            self._open.give_up(sighting.repository)
            return Seen()

    def _survival(
        self,
        subject: Subject,
        horizon: Horizon,
        found: Sequence[tuple[_File, Seen]],
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
        self, subject: Subject, horizon: Horizon, found: Sequence[tuple[_File, Seen]]
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


def _size(trace: Trace, change: Change) -> int:
    return trace.grams + trace.lines or change.removed_grams.total


def _moments(subject: Subject, now_s: int) -> Iterator[tuple[Horizon, int]]:
    """Yield the horizons that have come and are not measured, each with its moment."""
    for horizon, wait in WAITS_S.items():
        moment_s = subject.time_ms // 1000 + wait
        if moment_s <= now_s and horizon not in subject.measured:
            yield horizon, moment_s


def _says_nothing(one: _File, subject: Subject) -> bool:
    """Whether the file was never seen in a place that is gone too: nobody can tell its fate."""
    if one.sighting.was_seen:
        return False
    if not one.sighting.repository.is_git:
        return True
    return not one.place.is_folder_there and not (subject.directory and is_there(subject.directory))


def _age_s(subject: Subject, horizon: Horizon, now_ms: int) -> int:
    return WAITS_S.get(horizon, (now_ms - subject.time_ms) // 1000)


def _landing(subject: Subject, files: Sequence[_File]) -> str:
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
