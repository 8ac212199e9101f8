"""Which interactions wait for the person's word, in what order, and which are like each other."""

from collections.abc import Collection
from enum import StrEnum

import numpy as np

from ledger.core.filters import Filter
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.flows.tagging.blocks import BEST_FIRST
from ledger.metrics.arrays import Bools
from ledger.metrics.frame import Frame

ALIKE = 5  # so many are looked through at a glance


class Order(StrEnum):
    """What is asked about first."""

    NEWEST = "newest"
    SUREST = "surest"
    LARGEST = "largest"

    @property
    def words(self) -> str:
        """The order as people read it."""
        return {
            Order.NEWEST: "Newest first",
            Order.SUREST: "Surest suggestion first",
            Order.LARGEST: "Most tokens first",
        }[self]


def queue(
    frame: Frame,
    filter_: Filter,
    limit: int | None = None,
    order: Order = Order.NEWEST,
    last: Collection[int] = (),
) -> list[int]:
    """Return the ids of untagged interactions; those in `last` come after all others.

    What is fresh is quickest to judge, so equal ones stay newest first. Interactions without a
    prompt of the person are left out: nobody remembers what they were for.
    """
    positions = np.flatnonzero(_waiting(frame, filter_))[::-1]
    if order is Order.SUREST:
        sure = np.where(frame.suggested > 0, frame.confidence, 0)[positions]
        positions = positions[np.argsort(-sure.astype(np.int16), kind="stable")]
    elif order is Order.LARGEST:
        cost = np.bincount(frame.owner, frame.te, len(frame))
        positions = positions[np.argsort(-cost[positions], kind="stable")]
    if last:
        is_late = np.isin(frame.id[positions], list(last))
        positions = np.concatenate((positions[~is_late], positions[is_late]))
    return [int(identity) for identity in frame.id[positions[:limit]]]


def waiting_ids(frame: Frame, filter_: Filter) -> int:
    """Count the interactions that `queue` would return."""
    return int(np.count_nonzero(_waiting(frame, filter_)))


def rest_of_session(frame: Frame, identity: int) -> list[int]:
    """Return the untagged interactions of one's session, in the order of time."""
    at = frame.positions((identity,))
    if not len(at):
        return []
    waiting = (frame.session == frame.session[at[0]]) & _open(frame)
    return [int(row_id) for row_id in frame.id[np.flatnonzero(waiting)]]


def alike(frame: Frame, identity: int, most: int = ALIKE) -> list[int]:
    """Return the nearest untagged others with the same suggestion: of the session, then project."""
    at = frame.positions((identity,))
    if not len(at) or not frame.suggested[at[0]]:
        return []
    here = int(at[0])
    same = _open(frame) & (frame.suggested == frame.suggested[here])
    same &= (frame.project == frame.project[here]) | (frame.session == frame.session[here])
    same[here] = False
    matches = np.flatnonzero(same)
    away = np.abs(frame.time_s[matches] - frame.time_s[here])
    order = np.lexsort((away, frame.session[matches] != frame.session[here]))
    return [int(row_id) for row_id in frame.id[matches[order[:most]]]]


def suggested(frame: Frame, ids: Collection[int]) -> Tag | None:
    """Return the best tag that evidence speaks for among interactions; None where none does."""
    given = set(frame.suggested[frame.positions(ids)].tolist())
    return next((tag for tag in BEST_FIRST if tag in given), None)


def _open(frame: Frame) -> Bools:
    untagged: Bools = (frame.tag == UNTAGGED) & frame.prompted
    return untagged


def _waiting(frame: Frame, filter_: Filter) -> Bools:
    return frame.select(filter_).interactions & _open(frame)
