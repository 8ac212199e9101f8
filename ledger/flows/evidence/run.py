"""Looks for evidence a batch at a time: in logs, then in git, then what it suggests.

The newest work comes first and goes all the way, so that a first evening has suggestions at once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, Protocol, TypeVar

from ledger.core.edits import Changes
from ledger.core.evidence import Fate, Observation
from ledger.evidence.kinds import OwnRule
from ledger.flows.evidence.observe import missing_log_observation, observe, version_of
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery
from ledger.flows.workspace import Workspace
from ledger.store.store import Store

T = TypeVar("T")
LOGS_PER_BATCH: Final = 24  # interactions in one batch
CHANGES_PER_BATCH: Final = 8
BATCHES_PER_ROUND: Final = 10  # batches of logs before git is asked


class Ask(Protocol):
    """Has something done with the workspace, on its thread, and returns what came of it."""

    def __call__(self, work: Callable[[Workspace], T], /) -> T:
        """Do the work and return its result."""
        ...


class EvidenceOptions(NamedTuple):
    """What the person chose about evidence."""

    own: tuple[OwnRule, ...] = ()
    with_git: bool = True


class EvidenceProgress(NamedTuple):
    """One batch: how many looks at logs and at git were taken so far, are left, what changed."""

    done: int
    left: int
    changes: Changes


def run_evidence(
    ask: Ask, options: EvidenceOptions, now_ms: int, pause: Callable[[], None] = lambda: None
) -> Iterator[EvidenceProgress]:
    """Look at everything that is due, newest first; may be ended between any two batches.

    `pause` is called between small pieces of work; what it raises ends the looking, and nothing
    that was stored is lost.
    """
    version = version_of(options.own)
    key = ask(lambda workspace: workspace.store.evidence.key)
    left = sum(ask(lambda workspace: workspace.store.evidence.count_due(version, now_ms)))
    if not left:
        return
    learned = ask(lambda workspace: workspace.learnt())
    logs = _LogReader(ask, options, key, pause)
    with GitSurvival(key, pause) as repositories:
        git = _GitReader(ask, repositories, now_ms)
        done, busy = 0, True
        while busy:
            busy = False
            for reader in (logs, git) if options.with_git else (logs,):
                for _ in range(BATCHES_PER_ROUND):
                    batch = reader.next_batch()
                    if not batch.ids:
                        break
                    busy = True
                    done += len(batch.ids)
                    suggested = ask(partial(Workspace.suggest, ids=batch.ids, learned=learned))
                    yield EvidenceProgress(done, max(0, left - done), batch.changes | suggested)


class _Batch(NamedTuple):
    """What one batch looked at."""

    ids: Sequence[int]
    changes: Changes


NO_BATCH: Final = _Batch((), Changes())


class _LogReader:
    """Reads logs nobody looked at."""

    def __init__(
        self, ask: Ask, options: EvidenceOptions, key: bytes, pause: Callable[[], None]
    ) -> None:
        self._ask, self._own, self._key, self._pause = ask, options.own, key, pause
        self._version = version_of(options.own)
        self._done: set[int] = set()  # a log that grows while it is read waits for the next time

    def next_batch(self) -> _Batch:
        """Look at the next ones."""
        due = self._ask(
            lambda workspace: workspace.store.evidence.due_for_logs(self._version, LOGS_PER_BATCH)
        )
        ids = [identity for identity in due if identity not in self._done]
        if not ids:
            return NO_BATCH
        self._done.update(ids)
        rows = self._ask(lambda workspace: workspace.store.rows(ids))
        observations, missing_logs = [], []
        for row in rows:
            self._pause()
            observation = observe(row, self._key, self._own, self._version)
            if observation is not None:
                observations.append(observation)
            else:
                missing_logs.append(missing_log_observation(row, self._version))
        hidden = set(ids).difference(row.id for row in rows)
        missing_logs += [Observation(interaction=i, version=self._version, end=0) for i in hidden]
        changes = self._ask(
            lambda workspace: workspace.write(
                lambda store: store.evidence.set_observations(observations, missing_logs)
            )
        )
        return _Batch(ids, changes)


class _GitReader:
    """Asks git about what is due."""

    def __init__(self, ask: Ask, repositories: GitSurvival, now_ms: int) -> None:
        self._ask, self._repositories, self._now_ms = ask, repositories, now_ms

    def next_batch(self) -> _Batch:
        """Look at the next ones."""
        now_ms = self._now_ms
        ids = self._ask(
            lambda workspace: workspace.store.evidence.due_for_git(now_ms, CHANGES_PER_BATCH)
        )
        if not ids:
            return NO_BATCH
        queries = self._ask(lambda workspace: survival_queries(workspace.store, ids))
        survivals = [
            survival
            for query in queries
            for survival in self._repositories.survivals(query, now_ms)
        ]
        changes = self._ask(
            lambda workspace: workspace.write(
                lambda store: store.evidence.set_survivals(
                    survivals, checked_ids=ids, now_ms=now_ms
                )
            )
        )
        return _Batch(ids, changes)


def survival_queries(store: Store, ids: Sequence[int]) -> list[SurvivalQuery]:
    """Return what git is asked about interactions."""
    observations, later_traces, survivals = (
        store.evidence.observations(ids),
        store.evidence.later_traces(ids),
        store.evidence.survivals(ids),
    )
    return [
        SurvivalQuery(
            row.id,
            row.time_ms,
            observations[row.id].traces,
            later_traces[row.id],
            row.branch,
            row.project,
            frozenset(s.horizon for s in survivals.get(row.id, ()) if s.fate is not Fate.UNKNOWN),
        )
        for row in store.rows(ids)
        if row.id in observations
    ]
