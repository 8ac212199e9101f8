"""Everything said about one selection."""

from dataclasses import replace
from datetime import tzinfo

from ledger.core.figures import Summary
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.tally import summary_at, tally


def summary(
    frame: Frame,
    selection: Selection,
    key: str = "all",
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
    interval: bool = True,
) -> Summary:
    """Return the figures of a selection; `edited_worth` is in percent.

    Without `interval` neither intervals nor points are made, only counts, shares and bounds.
    """
    made = tally(
        frame,
        selection,
        grouping(frame, "all"),
        zone=zone,
        edited_worth=edited_worth,
        interval=interval,
    )
    return replace(summary_at(made, 0), key=key)
