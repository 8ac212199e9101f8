"""How much went into learning: the share of experiments."""

import numpy as np

from ledger.core.figures import Doubt
from ledger.core.words import Intent
from ledger.metrics.arrays import Bools
from ledger.metrics.look import Answer, Look


def exploration(look: Look) -> Answer:
    """Answer: which share of what was spent went into experiments?

    Estimated and unknown counts give it a least and a most.
    """
    frame, selection = look.frame, look.selection
    is_experiment = frame.prompted & (frame.intent == Intent.EXPERIMENT)
    parts = selection.parts
    mine = is_experiment[frame.owners[parts]]
    te = frame.te[parts]
    whole = int(te.sum())
    if not whole:
        return Answer(of="experiments")
    number = int(np.count_nonzero(is_experiment & selection.interactions))
    value, ends = int(te[mine].sum()) / whole, _ends(look, mine)
    if ends is None:
        return Answer(value, n=number, of="experiments")
    return Answer(value, *ends, number, "experiments", doubt=Doubt.BOUNDS)


def _ends(look: Look, mine: Bools) -> tuple[float, float] | None:
    """Return the least and the most it can be; None where everything was counted."""
    frame, parts = look.frame, look.selection.parts
    low, high = frame.te_low[parts], frame.te_ceiling[parts]
    if (low == high).all():
        return None
    least = int(low[mine].sum()), int(high[~mine].sum())
    most = int(high[mine].sum()), int(low[~mine].sum())
    shares = [part / (part + rest) if part + rest else 0.0 for part, rest in (least, most)]
    return shares[0], shares[1]
