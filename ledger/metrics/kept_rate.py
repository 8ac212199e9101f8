"""How often work is kept: of the work blocks that are tagged throughout."""

from ledger.core.figures import Doubt
from ledger.core.words import UNTAGGED, Tag
from ledger.metrics.blocks import THERE, bit
from ledger.metrics.gates import INTERVAL_BLOCKS
from ledger.metrics.look import Answer, Look
from ledger.metrics.shares import jeffreys

KEPT = bit(Tag.KEPT)
OPEN = bit(UNTAGGED)


def kept_rate(look: Look) -> Answer:
    """Answer: of how many work blocks was something kept?

    Only blocks tagged throughout count: a single kept tag decides a block and a single thrown-away
    tag does not, so a share of the decided ones would be too high. Until there are enough of them
    it is between all open blocks thrown away and all of them kept.
    """
    headline = look.tally.headline
    table = headline.judged.table[0]
    blocks, kept = int(table[THERE].sum()), int(table[KEPT].sum())
    if not blocks:
        return Answer()
    whole, hits = int(table[THERE & ~OPEN].sum()), int(table[KEPT & ~OPEN].sum())
    if headline.known[0].allows_interval and whole >= INTERVAL_BLOCKS:
        note = f"Kept in {hits} of {whole} blocks that are tagged throughout."
        return Answer(hits / whole, *jeffreys(hits, whole), whole, note=note, doubt=Doubt.INTERVAL)
    could = int(table[KEPT | OPEN].sum())
    return Answer(None, kept / blocks, could / blocks, blocks, doubt=Doubt.BOUNDS)
