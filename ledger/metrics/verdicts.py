"""What two sides' blocks support: a verdict by rules set beforehand, or why there is none."""

import numpy as np

from ledger.core.curves import Arm, Comparison, Verdict
from ledger.core.phrasing import percent
from ledger.metrics.arms import Blocks, Side
from ledger.metrics.arrays import weighed
from ledger.metrics.gates import COVERAGE, INTERVAL_BLOCKS, UNKNOWN_SHARE
from ledger.metrics.intervals import FEWEST_DAYS
from ledger.metrics.mantel_haenszel import Stratified, stratified

LIKELY = 0.9
COVERAGE_APART = 0.2
LEFT_OUT = 0.25
EXEMPT = 0.25
SELECTED = "You chose which work each one got."
UNEVENLY_TAGGED = "One side is tagged more completely than the other."
MUCH_EXEMPT = "Experiments and automation are left out; they are over a quarter of “{}”."
OUTSIDE = "{} of the work blocks lie outside the work that both share, and are left out."


def judged(
    blocks: Blocks, sides: tuple[Side, Side], strata: list[str], *, least_strata: int
) -> Comparison:
    """Return the comparison of two sides; `strata` names the kinds of work.

    Nothing is claimed below 8 blocks a side, below `least_strata` shared kinds of work, or with
    less than half of a side tagged. A difference is called likely from a probability of .9 on.
    """
    shared = blocks.in_shared_strata()
    reason = _obstacle(blocks, shared, sides, least_strata)
    found = None if reason else stratified(shared.cells(FEWEST_DAYS))
    if not reason and found is None:
        reason = "The shared work is too uneven, or worth too little, to say a ratio."
    crude = _crude(blocks)
    return Comparison(
        first=sides[0].name,
        second=sides[1].name,
        arms=(blocks.together(0), blocks.together(1)),
        strata=_strata(shared, strata),
        crude=crude,
        ratio=found.ratio if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        probability=found.probability if found else None,
        verdict=_verdict(found),
        simpson=found is not None and crude is not None and (crude - 1) * (found.ratio - 1) < 0,
        reason=reason,
        notes=_notes(blocks, shared, sides),
    )


def nothing(first: str, second: str, reason: str) -> Comparison:
    """Return a comparison that does not show anything yet."""
    none = Arm(0.0, 0.0, 0)
    return Comparison(
        first=first,
        second=second,
        arms=(none, none),
        strata=(),
        crude=None,
        ratio=None,
        low=None,
        high=None,
        probability=None,
        verdict=Verdict.NOT_COMPARABLE,
        simpson=False,
        reason=reason,
    )


def _obstacle(blocks: Blocks, shared: Blocks, sides: tuple[Side, Side], least_strata: int) -> str:
    """Return why nothing may be claimed, in a sentence; empty where something may."""
    for arm, one in enumerate(sides):
        found = _obstacle_of_side(one, blocks.together(arm).blocks)
        if found:
            return found
    kinds = len(np.unique(shared.stratum))
    fewest = min(shared.together(arm).blocks for arm in (0, 1))
    if kinds < least_strata or fewest < INTERVAL_BLOCKS:
        return "Used on different work: too little of it is shared."
    return ""


def _obstacle_of_side(one: Side, blocks: int) -> str:
    if blocks < INTERVAL_BLOCKS:
        return f"“{one.name}” has {blocks} work blocks; at least {INTERVAL_BLOCKS} are needed."
    if one.unpriced > 0:
        return f"What “{one.name}” cost is not known for {percent(one.unpriced)} of it."
    if one.unknown > UNKNOWN_SHARE:
        return f"“{one.name}” has too many requests without token counts."
    if (one.coverage or 0.0) < COVERAGE:
        return f"Less than half of what “{one.name}” spent is tagged."
    return ""


def _crude(blocks: Blocks) -> float | None:
    first, second = blocks.rate(0), blocks.rate(1)
    return first / second if first is not None and second else None


def _verdict(found: Stratified | None) -> Verdict:
    if found is None:
        return Verdict.NOT_COMPARABLE
    if found.probability >= LIKELY:
        return Verdict.LIKELY_FIRST
    if found.probability <= 1 - LIKELY:
        return Verdict.LIKELY_SECOND
    return Verdict.NO_DIFFERENCE


def _strata(shared: Blocks, names: list[str]) -> tuple[tuple[str, Arm, Arm], ...]:
    slot, size = shared.stratum * 2 + shared.arm, len(names) * 2
    sums = (shared.worth, shared.mte, shared.is_begun.astype(np.float64))
    worth, mte, begun = (weighed(slot, one, size).tolist() for one in sums)
    arms = [Arm(*one) for one in zip(worth, mte, map(round, begun), strict=True)]
    there = np.unique(shared.stratum).tolist()
    each = [(names[at], arms[2 * at], arms[2 * at + 1]) for at in there]
    return tuple(sorted(each, key=lambda one: (-(one[1].blocks + one[2].blocks), one[0])))


def _notes(blocks: Blocks, shared: Blocks, sides: tuple[Side, Side]) -> tuple[str, ...]:
    notes = [SELECTED]
    known = [one.coverage or 0.0 for one in sides]
    if abs(known[0] - known[1]) > COVERAGE_APART:
        notes.append(UNEVENLY_TAGGED)
    begun, inside = (int(np.count_nonzero(some.is_begun)) for some in (blocks, shared))
    if begun and inside and 1 - inside / begun > LEFT_OUT:
        notes.append(OUTSIDE.format(percent(1 - inside / begun)))
    notes += [MUCH_EXEMPT.format(one.name) for one in sides if one.exempt > EXEMPT]
    return tuple(notes)
