"""How the work is cut: work blocks begun on a day with any."""

import numpy as np

from ledger.core.figures import Doubt
from ledger.metrics.arrays import counted
from ledger.metrics.gates import INTERVAL_BLOCKS, INTERVAL_DAYS
from ledger.metrics.intervals import interval
from ledger.metrics.look import Answer, Look


def blocks_per_day(look: Look) -> Answer:
    """Answer: in how many half-hours of an active day was AI work started?

    The interval is that of another stretch of days like these (bootstrap-t over the active days).
    """
    frame = look.frame
    there = np.zeros(len(frame.blocks), dtype=np.bool_)
    there[frame.blocks.of[look.selection.interactions & frame.delivering]] = True
    begun = np.flatnonzero(there)
    if not len(begun):
        return Answer(of="active days")
    days_of = frame.days(look.zone)
    every_day = counted(days_of.block[begun], len(days_of.days))
    by_day = every_day[every_day > 0].astype(np.float64)
    value, days = float(by_day.mean()), len(by_day)
    if not look.interval or days < INTERVAL_DAYS or len(begun) < INTERVAL_BLOCKS:
        return Answer(value, n=days, of="active days")
    low, high = interval(by_day, np.ones(days)) or (None, None)
    return Answer(value, low, high, days, "active days", doubt=Doubt.INTERVAL)
