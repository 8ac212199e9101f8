"""What is seen of one change now and at a moment of the past, over all branches that matter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from ledger.evidence.survival import Measure
from ledger.flows.fates import ENOUGH, Seen
from ledger.flows.repository import MissingError, Repository
from ledger.flows.sighting import Sighting, best
from ledger.host.git_history import Ref

FRESH_S: Final = 2 * 86_400  # the work tree of now still speaks for a moment so long ago


def seen_now(sighting: Sighting, branch: str) -> Seen:
    """Look in the work tree and at the tips of branches; raises GitError."""
    repository = sighting.repository
    landed = _known(sighting.at_tip, repository.refs.defaults)
    committed = [*_known(sighting.at_tip, _branches(repository, branch)), *landed]
    anywhere = committed.copy()
    with suppress(MissingError):
        anywhere.append(sighting.in_work_tree())
    refs = (*repository.refs.defaults, *repository.refs.heads)
    commit = refs[0].oid if refs else ""
    return Seen(_best_of(anywhere), _best_of(landed), _best_of(committed), commit)


def seen_at(sighting: Sighting, branch: str, moment_s: int, now: Seen, now_s: int) -> Seen:
    """Look at branches as they were at a moment; raises GitError.

    What is there now was there then, also where it was not committed yet.
    """
    repository = sighting.repository
    landed = _known(lambda ref: sighting.at(ref, moment_s), repository.refs.defaults)
    committed = _known(lambda ref: sighting.at(ref, moment_s), _branches(repository, branch))
    committed += landed
    is_told = committed or now_s - moment_s <= FRESH_S
    if now.anywhere is None or not (is_told or (now.anywhere.kept or 0.0) >= ENOUGH):
        return Seen()
    anywhere = best([*committed, now.anywhere])
    ever = [*committed, *([now.committed] if now.committed else [])]
    return Seen(anywhere, _best_of(landed), _best_of(ever), _commit_at(repository, moment_s))


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
