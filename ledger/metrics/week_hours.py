"""When in the week work begins, and how much of it is kept."""

from datetime import UTC, datetime, tzinfo

import numpy as np

from ledger.core.curves import WeekHours
from ledger.core.words import UNTAGGED, Tag
from ledger.metrics.arrays import Ints, counted, summed
from ledger.metrics.blocks import EDITED_WORTH, TAGS, WHOLE
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.shares import share
from ledger.metrics.spending import weighed_by_tag

DAYS, HOURS = 7, 24
HOUR_S, DAY_S = 3600, 86_400


def week_hours(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> WeekHours:
    """Return blocks begun, and the kept share of tagged tokens, by local weekday and hour.

    Tokens count at the hour in which their block begins.
    """
    cell = _cells(frame, zone)
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[selection.interactions & frame.prompted]] = True
    blocks = counted(cell[begun], DAYS * HOURS).reshape(DAYS, HOURS)
    owner = frame.owners[selection.parts]
    kind = cell[frame.blocks.of[owner]] * TAGS + frame.tag[owner]
    by_tag = summed(kind, frame.te[selection.parts], DAYS * HOURS * TAGS).reshape(-1, TAGS)
    worth = weighed_by_tag(by_tag, edited_worth).tolist()
    tagged = by_tag[:, UNTAGGED + 1 : Tag.THROWN_AWAY + 1].sum(axis=1).tolist()
    kept = [share(one, WHOLE * te) for one, te in zip(worth, tagged, strict=True)]
    return WeekHours(
        blocks=tuple(tuple(row) for row in blocks.tolist()),
        kept_share=tuple(tuple(kept[day * HOURS : (day + 1) * HOURS]) for day in range(DAYS)),
    )


def _cells(frame: Frame, zone: tzinfo | None) -> Ints:
    """Return weekday * 24 + hour of the local begin of every block."""
    local, start = frame.days(zone), frame.blocks.start_s
    if not len(start):
        return np.zeros(0, dtype=np.intp)
    day = local.block
    weekday = (local.days[0].weekday() + np.arange(len(local.days))) % DAYS
    hour = (start - local.starts[day]) // HOUR_S
    # Where clocks change, a day is longer or shorter and its hours must be asked for.
    changed = np.flatnonzero((np.diff(local.starts) != DAY_S)[day])
    moments, at = np.unique(start[changed], return_inverse=True)
    asked = [datetime.fromtimestamp(one, UTC).astimezone(zone).hour for one in moments.tolist()]
    hour[changed] = np.asarray(asked, dtype=np.int64)[at]
    cells: Ints = (weekday[day] * HOURS + hour).astype(np.intp)
    return cells
