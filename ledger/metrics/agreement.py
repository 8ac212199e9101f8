"""How often the person's tags agree with what evidence suggests."""

import numpy as np

from ledger.core.figures import Doubt
from ledger.core.words import UNTAGGED
from ledger.metrics.gates import INTERVAL_BLOCKS
from ledger.metrics.look import Answer, Look
from ledger.metrics.rates import mean_interval

OF = "tagged interactions with evidence"


def agreement(look: Look) -> Answer:
    """Answer: of the tagged interactions that evidence speaks about, how many are tagged alike?

    The person decides; a share that falls says that tags are given more kindly than code survives.
    """
    rows = look.selection.rows
    tag, suggested = look.frame.tag[rows], look.frame.suggested[rows]
    both = (tag != UNTAGGED) & (suggested != UNTAGGED)
    number = int(np.count_nonzero(both))
    if number < INTERVAL_BLOCKS:
        return Answer(n=number, of=OF)
    alike = int(np.count_nonzero(both & (tag == suggested)))
    low, high = mean_interval(alike, number)
    return Answer(alike / number, low, high, number, OF, doubt=Doubt.INTERVAL)
