"""From a point of a chart to the interactions that it is made of: pure, without a clock."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

import numpy as np

from ledger.core.days import start_of
from ledger.core.filters import Filter
from ledger.flows.insights.charts import TE_PER_MTE, weights
from ledger.metrics.arrays import Bools, Floats
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.sized import sized_blocks

Sizes = tuple[float, float]  # from and to, both included, in MTE


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillDown:
    """What a click on a point, bar, cell or row narrows the ledger to; days are both included.

    The parts from `session` on are no parts of a filter: they pick interactions one by one.
    """

    first: date | None = None
    last: date | None = None
    tool: str = ""
    model: str | None = None
    project: str | None = None
    kind: int | None = None
    tag: int | None = None  # `Tag`, 0 for untagged
    session: int | None = None
    block_mte: Sizes | None = None  # work blocks of this size
    mte: Sizes | None = None  # interactions of this size
    hour: tuple[int, int] | None = None  # local weekday (Monday is 0) and hour

    @property
    def picks(self) -> bool:
        """Whether no filter but a list of interactions can say this."""
        return any(p is not None for p in (self.session, self.block_mte, self.mte, self.hour))


def narrow(
    filter_: Filter, choice: DrillDown, frame: Frame | None = None, zone: tzinfo | None = None
) -> Filter:
    """Return the filter with the choice put on it; other parts stay.

    `frame` is needed where the choice picks interactions one by one.
    """
    result = filter_
    if choice.first is not None and choice.last is not None:
        since = start_of(choice.first, zone)
        until = start_of(choice.last + timedelta(days=1), zone)
        result = replace(result, since_s=since, until_s=until)
    if choice.tool:
        result = replace(result, tools=frozenset((choice.tool,)))
    if choice.model is not None:
        result = replace(result, models=frozenset((choice.model,)))
    if choice.project is not None:
        result = replace(result, projects=frozenset((choice.project,)))
    if choice.kind is not None:
        result = replace(result, kinds=frozenset((choice.kind,)))
    if choice.tag is not None:
        result = replace(result, tags=frozenset((choice.tag,)))
    if choice.picks and frame is not None:
        result = replace(result, ids=pick(frame, frame.select(result), choice, zone))
    return result


def pick(
    frame: Frame, selection: Selection, choice: DrillDown, zone: tzinfo | None = None
) -> frozenset[int]:
    """Return the ids of the interactions in the selection that a choice picks."""
    picked = selection.interactions.copy()
    if choice.session is not None:
        picked &= frame.session == choice.session
    if choice.mte is not None:
        picked &= _within(weights(frame, selection) / TE_PER_MTE, choice.mte)
    if choice.block_mte is not None:
        picked &= _in_blocks(frame, selection, choice.block_mte, zone)
    if choice.hour is not None:
        picked &= _begun_in(frame, choice.hour, zone)
    return frozenset(frame.id[picked].tolist())


def _within(mte: Floats, sizes: Sizes) -> Bools:
    within: Bools = (mte >= sizes[0]) & (mte <= sizes[1])
    return within


def _in_blocks(frame: Frame, selection: Selection, sizes: Sizes, zone: tzinfo | None) -> Bools:
    """Say which interactions lie in a work block of this size of which everything is tagged."""
    blocks = sized_blocks(frame, selection, zone, EDITED_WORTH).settled()
    is_meant = np.zeros(len(frame.blocks), dtype=np.bool_)
    is_meant[blocks.block[_within(blocks.mte, sizes)]] = True
    inside: Bools = is_meant[frame.blocks.of] & frame.delivering
    return inside


def _begun_in(frame: Frame, hour: tuple[int, int], zone: tzinfo | None) -> Bools:
    """Say which interactions lie in a work block that began in an hour of the local week."""
    starts, start_at = np.unique(frame.blocks.start_s, return_inverse=True)
    clocks = (datetime.fromtimestamp(start, zone) for start in starts.tolist())
    hits = np.fromiter(((c.weekday(), c.hour) == hour for c in clocks), np.bool_, len(starts))
    inside: Bools = hits[start_at][frame.blocks.of]
    return inside
