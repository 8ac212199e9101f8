"""Which interactions lie in a work block that is known by its project and half-hour."""

from collections.abc import Collection

import numpy as np

from ledger.core.vocabulary import Tag
from ledger.metrics.blocks import BLOCK_S
from ledger.metrics.frame import Frame

BEST_FIRST = (Tag.KEPT, Tag.EDITED, Tag.THROWN_AWAY)


class BlockIds:
    """Looks blocks up in one frame; interactions of a person only, deliveries only."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._projects = {key: at for at, key in enumerate(frame.projects)}

    def ids(self, project: str, half_hour: int) -> tuple[int, ...]:
        """Return the delivering interactions of a block, in the order of time."""
        frame = self._frame
        first, after = np.searchsorted(
            frame.time_s, (half_hour * BLOCK_S, (half_hour + 1) * BLOCK_S)
        ).tolist()
        span = slice(first, after)
        number = self._projects.get(project, -1)
        in_block = (frame.project[span] == number) & frame.delivering[span]
        return tuple(frame.id[span][in_block].tolist())


def best_tag(frame: Frame, ids: Collection[int]) -> Tag | None:
    """Return the best tag among interactions: what their block is worth; None when none is."""
    given = set(frame.tag[frame.positions(ids)].tolist())
    return next((tag for tag in BEST_FIRST if tag in given), None)
