"""One summary per tool, model, project, kind of work or day."""

from datetime import tzinfo

from ledger.core.figures import Summary
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import GroupBy, grouping
from ledger.metrics.tally import summaries, tally


def by_group(
    frame: Frame,
    selection: Selection,
    by: GroupBy,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
    interval: bool = True,
) -> list[Summary]:
    """Return a summary of each group that has anything in the selection, in the order of keys.

    Keys are tool keys, model names, project keys, keys of kinds, ISO days, or “all”. Without
    `interval` neither intervals nor points are made, only counts, shares and bounds.
    """
    made = tally(
        frame,
        selection,
        grouping(frame, by, zone),
        zone=zone,
        edited_worth=edited_worth,
        interval=interval,
    )
    return sorted(summaries(made), key=lambda one: one.key)
