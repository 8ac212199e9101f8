"""The order of the ledger's table: which interactions, sorted by what, grouped or not."""

import numpy as np
from numpy.typing import NDArray

from ledger.core.filters import Filter
from ledger.metrics.frame import Frame

Ids = NDArray[np.int64]


def ordered(frame: Frame, chosen: Filter, by: str, *, falling: bool) -> Ids:
    """Return the ids that pass the filter, sorted by time, tool, project, tag or cost.

    Equal ones stay newest first.
    """
    positions = np.flatnonzero(frame.select(chosen).interactions)[::-1]
    if by == "time":
        return frame.id[positions if falling else positions[::-1]]
    keys = _keys(frame, by)[positions]
    order = np.argsort(-keys if falling else keys, kind="stable")
    return frame.id[positions[order]]


def by_session(frame: Frame, chosen: Filter) -> tuple[Ids, Ids]:
    """Return the ids session by session, the session used last first, and each id's session."""
    positions = np.flatnonzero(frame.select(chosen).interactions)
    sessions = frame.session[positions]
    _, inverse = np.unique(sessions, return_inverse=True)
    latest = np.zeros(inverse.max(initial=-1) + 1, np.int64)
    np.maximum.at(latest, inverse, frame.time_s[positions])
    order = np.lexsort((positions, inverse, -latest[inverse]))
    chosen_positions = positions[order]
    return frame.id[chosen_positions], frame.session[chosen_positions]


def _keys(frame: Frame, by: str) -> NDArray[np.int64]:
    match by:
        case "tool":
            return np.asarray(frame.tool, np.int64)
        case "tag":
            return np.asarray(frame.tag, np.int64)
        case "cost":
            return np.bincount(frame.owner, frame.te, len(frame)).astype(np.int64)
        case "project":
            ranks = np.argsort(np.argsort(np.array([key.lower() for key in frame.projects])))
            return np.asarray(ranks[frame.project] if len(ranks) else frame.project, np.int64)
        case _:
            raise ValueError(by)
