"""Tells which requests of forked sessions are only copies of their parent's.

A fork's log begins with a copy of its parent's records, usually stamped with the time of the
copying. Counting those again would double or worse what was spent. Four kinds of evidence are
used, best first: turn or response ids that the parent knows, equal usage counters in the same
order, counters shared with other forks of a parent whose log is gone, and, for a spawned session
with nothing to compare to, the burst in which its first records were written.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

BURST_MS = 1000  # a replay is written at once; two answers of a model take longer
GAP_MS = 50  # between two records of a replay; even a scripted model needs longer


class Mark(NamedTuple):
    """What one request of a session can be recognised by; 0 stands for unknown."""

    request: int
    vector: int  # fingerprint of the raw counters
    turn: int  # fingerprint of the source's turn or response id
    time_ms: int
    within: int = 0  # of its turn, where `turn` is that of the response


class Rollout(NamedTuple):
    """One session with its requests in the order of its log.

    `spawned` says that an agent and not the person began it; `parent` may name a session that is
    not known.
    """

    id: int
    parent: int | None
    spawned: bool
    started_ms: int
    marks: tuple[Mark, ...]


def copied_counts(threads: Iterable[Rollout]) -> dict[int, int]:
    """Return for each thread of whole families how many of its leading requests are copies.

    A family is every thread connected by `parent`, also through a parent that is missing. The
    answer does not depend on the order of the threads.
    """
    by_id = {thread.id: thread for thread in threads}
    counts = dict.fromkeys(by_id, 0) | _orphans(by_id.values())
    for thread, parent in _parents_first(by_id):
        counts[thread.id] = copied_prefix(thread.marks, parent.marks, counts[parent.id])
    return counts


def copied_prefix(child: Sequence[Mark], parent: Sequence[Mark], own: int = 0) -> int:
    """Return how many leading requests of the child are copies of the parent's.

    The parent's first `own` requests are themselves copies: a child repeats either all of the
    parent's requests or only those after them.
    """
    from_start = _shared_prefix(child, parent)
    return max(from_start, _shared_prefix(child, parent[own:])) if own else from_start


def _shared_prefix(child: Sequence[Mark], parent: Sequence[Mark]) -> int:
    last_of = {mark.turn: place for place, mark in enumerate(parent) if mark.turn}
    # A copy may hold the row of a response without its id: then its turn is the parent's.
    last_of |= {mark.within: place for place, mark in enumerate(parent) if mark.within}
    restamped = _restamped_count(child, parent) if last_of else len(child)
    place = 0  # in the parent, one past the last request recognised
    for count, mark in enumerate(child):
        last = last_of.get(mark.turn, -1)
        if not count and last < 0:
            place = _first_place(mark, parent)
        if last >= 0:
            # A turn that the parent has left behind is another one that bears its name.
            if last + 1 < place:
                return count
            restamped = 0  # the copy kept its turn ids: from here on a new one is the child's own
            place = min(place, last) + 1
        elif _is_equal(mark, parent, place) and (
            not mark.turn or count < restamped or _lost_its_id(mark, parent[place])
        ):
            place += 1
        else:
            return count
    return len(child)


def _is_equal(mark: Mark, parent: Sequence[Mark], place: int) -> bool:
    return bool(mark.vector) and place < len(parent) and mark.vector == parent[place].vector


def _first_place(mark: Mark, parent: Sequence[Mark]) -> int:
    """Return where in the parent a copy begins: the newest part of it alone may be repeated."""
    places = (place for place in range(len(parent)) if _is_equal(mark, parent, place))
    return next(places, 0)


def _lost_its_id(mark: Mark, original: Mark) -> bool:
    """Whether only the parent's row names its response; a response of one's own would, too."""
    return original.within != 0 and mark.within == 0


def _restamped_count(child: Sequence[Mark], parent: Sequence[Mark]) -> int:
    """Return how many requests the child wrote in one go, with its own time and turn id."""
    if not child or not parent or child[0].time_ms <= parent[0].time_ms:
        return 0
    count = 1
    while count < len(child) and child[count].time_ms - child[count - 1].time_ms < GAP_MS:
        count += 1
    return count if count > 1 else 0


def _orphans(threads: Collection[Rollout]) -> dict[int, int]:
    """Count copies where the parent is missing: its forks share what they took from it.

    The earliest fork stands for the parent, so that what they share counts once.
    """
    known = {thread.id for thread in threads}
    families: dict[int, list[Rollout]] = {}
    for thread in threads:
        if thread.parent is not None and thread.parent not in known:
            families.setdefault(thread.parent, []).append(thread)
    counts: dict[int, int] = {}
    for siblings in families.values():
        siblings.sort(key=lambda thread: (thread.started_ms, thread.id))
        for place, thread in enumerate(siblings):
            earlier = [copied_prefix(thread.marks, other.marks) for other in siblings[:place]]
            later = (copied_prefix(other.marks, thread.marks) for other in siblings[place + 1 :])
            counts[thread.id] = max(earlier, default=0)
            if thread.spawned and not any(earlier) and not any(later):
                counts[thread.id] = _burst_count(thread.marks)
    return counts


def _burst_count(marks: Sequence[Mark]) -> int:
    """Return how many requests stand in the first second, 0 when it is only one."""
    count = sum(1 for _ in takewhile(lambda m: m.time_ms - marks[0].time_ms < BURST_MS, marks))
    return count if count > 1 else 0


def _parents_first(by_id: Mapping[int, Rollout]) -> Iterator[tuple[Rollout, Rollout]]:
    """Yield every thread with its known parent, a parent before its children; no circles."""
    children: dict[int, list[Rollout]] = {}
    waiting: list[Rollout] = []
    for thread in by_id.values():
        if thread.parent is not None and thread.parent in by_id:
            children.setdefault(thread.parent, []).append(thread)
        else:
            waiting.append(thread)
    while waiting:
        parent = waiting.pop()
        for child in children.get(parent.id, ()):
            waiting.append(child)
            yield child, parent
