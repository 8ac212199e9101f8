"""How much of a monthly plan's fee a selection stands for."""

from datetime import tzinfo

from ledger.metrics.frame import Frame, Selection

DAYS_A_MONTH = 365.25 / 12


def fee_share(
    frame: Frame,
    selection: Selection,
    fee_month: int,
    period_days: int | None = None,
    zone: tzinfo | None = None,
) -> float | None:
    """Return the dollars of the fee that fall on the selection; None where nothing was used.

    The fee of the period (its days, or those from the first to the last used) is shared by
    token-equivalents between what was selected and everything else of the same days.
    """
    parts, day = selection.parts, frame.days(zone).portion
    mine = day[parts]
    if not len(mine):
        return None
    first, last = int(mine.min()), int(mine.max())
    same_days = (day >= first) & (day <= last)
    whole = int(frame.te[same_days].sum())
    if not whole:
        return None
    days = last - first + 1 if period_days is None else period_days
    return fee_month * days / DAYS_A_MONTH * (int(frame.te[parts].sum()) / whole)
