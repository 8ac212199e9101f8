"""Looks for evidence a batch at a time: in logs, then in git, then what it suggests.

The newest work comes first and goes all the way, so that a first evening has suggestions at once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, Protocol, TypeVar

from ledger.core.edits import Changes
from ledger.core.evidence import Fate, Observation
from ledger.evidence.kinds import OwnRule
from ledger.flows.evidence.observe import observe, unread, version_of
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery
from ledger.flows.workspace import Workspace
from ledger.store.store import Store

T = TypeVar("T")
LOGS_PER_BATCH: Final = 24  # interactions in one slice
CHANGES_PER_BATCH: Final = 8
BATCHES_PER_ROUND: Final = 10  # slices of logs before git is asked


class Ask(Protocol):
    """Has something done on the desk, where it is, and returns what came of it."""

    def __call__(self, work: Callable[[Workspace], T], /) -> T:
        """Do the work and return its result."""
        ...


class EvidenceOptions(NamedTuple):
    """What the person chose about evidence."""

    own: tuple[OwnRule, ...] = ()
    with_git: bool = True


class EvidenceProgress(NamedTuple):
    """One slice: how many looks at logs and at git were taken so far, are left, what changed."""

    done: int
    left: int
    changes: Changes


def run_evidence(
    ask: Ask, choice: EvidenceOptions, now_ms: int, rest: Callable[[], None] = lambda: None
) -> Iterator[EvidenceProgress]:
    """Look at everything that is due, newest first; may be ended between any two slices.

    `rest` is called between small pieces of work; what it raises ends the looking, and nothing
    that was stored is lost.
    """
    version = version_of(choice.own)
    key = ask(lambda desk: desk.store.key)
    left = sum(ask(lambda desk: desk.store.evidence_left(version, now_ms)))
    if not left:
        return
    learnt = ask(lambda desk: desk.learnt())
    logs = _Logs(ask, choice, key, rest)
    with GitSurvival(key, rest) as repositories:
        git = _Git(ask, repositories, now_ms)
        done, busy = 0, True
        while busy:
            busy = False
            for work in (logs, git) if choice.with_git else (logs,):
                for _ in range(BATCHES_PER_ROUND):
                    slice_ = work.slice()
                    if not slice_.ids:
                        break
                    busy = True
                    done += len(slice_.ids)
                    suggested = ask(partial(Workspace.suggest, ids=slice_.ids, learnt=learnt))
                    yield EvidenceProgress(done, max(0, left - done), slice_.changes | suggested)


class _Batch(NamedTuple):
    """What one slice looked at."""

    ids: Sequence[int]
    changes: Changes


NO_BATCH: Final = _Batch((), Changes())


class _Logs:
    """Reads logs nobody looked at."""

    def __init__(
        self, ask: Ask, choice: EvidenceOptions, key: bytes, rest: Callable[[], None]
    ) -> None:
        self._ask, self._own, self._key, self._rest = ask, choice.own, key, rest
        self._version = version_of(choice.own)
        self._done: set[int] = set()  # a log that grows while it is read waits for the next time

    def slice(self) -> _Batch:
        """Look at the next ones."""
        due = self._ask(lambda desk: desk.store.to_observe(self._version, LOGS_PER_BATCH))
        ids = [identity for identity in due if identity not in self._done]
        if not ids:
            return NO_BATCH
        self._done.update(ids)
        rows = self._ask(lambda desk: desk.store.rows(ids))
        seen, gone = [], []
        for row in rows:
            self._rest()
            found = observe(row, self._key, self._own, self._version)
            if found is not None:
                seen.append(found)
            else:
                gone.append(unread(row, self._version))
        hidden = set(ids).difference(row.id for row in rows)
        gone += [Observation(interaction=i, version=self._version, end=0) for i in hidden]
        changes = self._ask(
            lambda desk: desk.write(lambda store: store.set_observations(seen, gone))
        )
        return _Batch(ids, changes)


class _Git:
    """Asks git about what is due."""

    def __init__(self, ask: Ask, repositories: GitSurvival, now_ms: int) -> None:
        self._ask, self._repositories, self._now_ms = ask, repositories, now_ms

    def slice(self) -> _Batch:
        """Look at the next ones."""
        now_ms = self._now_ms
        ids = self._ask(lambda desk: desk.store.to_survive(now_ms, CHANGES_PER_BATCH))
        if not ids:
            return NO_BATCH
        subjects = self._ask(lambda desk: subjects_of(desk.store, ids))
        found = [
            one for subject in subjects for one in self._repositories.survivals(subject, now_ms)
        ]
        changes = self._ask(
            lambda desk: desk.write(
                lambda store: store.set_survivals(found, checked_ids=ids, now_ms=now_ms)
            )
        )
        return _Batch(ids, changes)


def subjects_of(store: Store, ids: Sequence[int]) -> list[SurvivalQuery]:
    """Return what git is asked about interactions."""
    seen, later, known = store.observations(ids), store.later_traces(ids), store.survivals(ids)
    return [
        SurvivalQuery(
            row.id,
            row.time_ms,
            seen[row.id].traces,
            later[row.id],
            row.branch,
            row.project,
            frozenset(s.horizon for s in known.get(row.id, ()) if s.fate is not Fate.UNKNOWN),
        )
        for row in store.rows(ids)
        if row.id in seen
    ]
