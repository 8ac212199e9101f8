"""Over how many projects work is spread: a block belongs to one, so more of them make more."""

import numpy as np

from ledger.metrics.look import Answer, Look


def projects_per_day(look: Look) -> Answer:
    """Answer: in how many projects was AI work started on an active day?"""
    frame = look.frame
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[look.selection.interactions & frame.delivering]] = True
    if not begun.any():
        return Answer(of="active days")
    day = frame.days(look.zone).block[begun].astype(np.int64)
    key = day * (len(frame.projects) + 1) + frame.blocks.project[begun]
    days = len(np.unique(day))
    return Answer(len(np.unique(key)) / days, n=days, of="active days")
