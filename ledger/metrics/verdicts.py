"""What the two sides of a comparison support: a verdict by rules set beforehand, or why none."""

from typing import NamedTuple

import numpy as np

from ledger.core.figures import Arm, Comparison, Verdict
from ledger.core.formatting import percent
from ledger.metrics.arrays import Bools, Floats, Ints, weighed
from ledger.metrics.frame import Frame
from ledger.metrics.intervals import FEWEST_DAYS
from ledger.metrics.mantel_haenszel import Cells, Stratified, stratified
from ledger.metrics.ratio import COVERAGE, INTERVAL_BLOCKS, UNKNOWN_SHARE

BLOCKS_TO_SHARE = 3  # of each side: one lucky block is no shared work
LIKELY_PROBABILITY = 0.9
COVERAGE_APART = 0.2
MOST_LEFT_OUT = 0.25
MOST_EXEMPT = 0.25
SELF_SELECTED_NOTE = "You chose which work each one got."
UNEVEN_COVERAGE_NOTE = "One side is tagged more completely than the other."
EXEMPT_NOTE = "Experiments and automation are left out; they are over a quarter of “{}”."
LEFT_OUT_NOTE = "{} of the work blocks lie outside the work that both share, and are left out."


class SideBlocks(NamedTuple):
    """One element per block and side; `stratum` numbers the kinds of work."""

    arm: Ints  # 0 or 1
    block: Ints
    day: Ints
    stratum: Ints
    is_begun: Bools  # False where only tokens of an earlier start fall into the selection
    worth: Floats  # 0..1
    mte: Floats
    exposure: Floats  # what it is compared by: MTE, or money

    def where(self, mask: Bools) -> "SideBlocks":
        """Return some of the blocks."""
        return SideBlocks._make(column[mask] for column in self)

    def together(self, arm: int) -> Arm:
        """Return the sums of one side."""
        in_arm = self.arm == arm
        return Arm(
            float(self.worth[in_arm].sum()),
            float(self.mte[in_arm].sum()),
            int(np.count_nonzero(self.is_begun[in_arm])),
        )

    def rate(self, arm: int) -> float | None:
        """Return worth per exposure of one side; None where there was no exposure."""
        in_arm = self.arm == arm
        exposure = float(self.exposure[in_arm].sum())
        return float(self.worth[in_arm].sum()) / exposure if exposure > 0 else None

    def in_shared_strata(self) -> "SideBlocks":
        """Return the blocks of the strata in which both sides did some work."""
        size = int(self.stratum.max(initial=-1)) + 1
        slot, slots = self.stratum * 2 + self.arm, size * 2
        begun = weighed(slot, self.is_begun.astype(np.float64), slots).reshape(-1, 2)
        exposure = weighed(slot, self.exposure, slots).reshape(-1, 2)
        is_enough: Bools = (begun >= BLOCKS_TO_SHARE) & (exposure > 0)
        shared = is_enough[:, 0] & is_enough[:, 1]
        return self.where(shared[self.stratum])

    def cells(self, fewest_days: int) -> Cells:
        """Return them by day, or by block where a side has work on fewer days than that."""
        days = min(len(np.unique(self.day[self.arm == arm])) for arm in (0, 1))
        unit = self.day if days >= fewest_days else self.block
        strata = int(self.stratum.max(initial=0)) + 1
        key = (unit.astype(np.int64) * strata + self.stratum) * 2 + self.arm
        cells, at = np.unique(key, return_inverse=True)
        unit_stratum, arm = np.divmod(cells, 2)
        unit_number, stratum = np.divmod(unit_stratum, strata)
        worth, exposure = (
            weighed(at, values, len(cells)) for values in (self.worth, self.exposure)
        )
        return Cells(unit_number, stratum, arm, worth, exposure)


class Side(NamedTuple):
    """How much is known of one side."""

    name: str
    coverage: float | None  # tagged share of token-equivalents
    unknown: float  # share of requests of unknown usage
    unpriced: float  # share of portions of deliveries without an exposure
    exempt: float  # share of token-equivalents in experiments and automation


def side(frame: Frame, name: str, parts: Ints, exposure: Floats | None) -> Side:
    """Look at the selected portions of one side."""
    owner, te = frame.owners[parts], frame.te[parts].astype(np.float64)
    delivering, spent = frame.delivering[owner], float(te.sum())
    delivered_te = float(te[delivering].sum())
    tagged = float(te[delivering & (frame.tag[owner] != 0)].sum())
    requests = int(frame.requests[parts].sum())
    paid = np.zeros(len(parts)) if exposure is None else exposure[parts]
    priced = np.isfinite(paid[delivering])
    return Side(
        name=name,
        coverage=tagged / delivered_te if delivered_te else None,
        unknown=int(frame.unknown[parts].sum()) / requests if requests else 0.0,
        unpriced=1 - float(priced.mean()) if len(priced) else 0.0,
        exempt=1 - delivered_te / spent if spent else 0.0,
    )


def compare_sides(
    blocks: SideBlocks, sides: tuple[Side, Side], strata: list[str], *, least_strata: int
) -> Comparison:
    """Return the comparison of two sides; `strata` names the kinds of work.

    Nothing is claimed below 8 blocks a side, below `least_strata` shared kinds of work, or with
    less than half of a side tagged. A difference is called likely from a probability of .9 on.
    """
    shared = blocks.in_shared_strata()
    reason = _obstacle(blocks, shared, sides, least_strata)
    estimate = None if reason else stratified(shared.cells(FEWEST_DAYS))
    if not reason and estimate is None:
        reason = "The shared work is too uneven, or worth too little, to say a ratio."
    crude = _crude_ratio(blocks)
    return Comparison(
        first=sides[0].name,
        second=sides[1].name,
        arms=(blocks.together(0), blocks.together(1)),
        strata=_strata(shared, strata),
        crude=crude,
        ratio=estimate.ratio if estimate else None,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        probability=estimate.probability if estimate else None,
        verdict=_verdict(estimate),
        simpson=estimate is not None
        and crude is not None
        and (crude - 1) * (estimate.ratio - 1) < 0,
        reason=reason,
        notes=_notes(blocks, shared, sides),
    )


def no_comparison(first: str, second: str, reason: str) -> Comparison:
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


def _obstacle(
    blocks: SideBlocks, shared: SideBlocks, sides: tuple[Side, Side], least_strata: int
) -> str:
    """Return why nothing may be claimed, in a sentence; empty where something may."""
    for arm, side_of_arm in enumerate(sides):
        obstacle = _obstacle_of_side(side_of_arm, blocks.together(arm).blocks)
        if obstacle:
            return obstacle
    kinds = len(np.unique(shared.stratum))
    fewest = min(shared.together(arm).blocks for arm in (0, 1))
    if kinds < least_strata or fewest < INTERVAL_BLOCKS:
        return "Used on different work: too little of it is shared."
    return ""


def _obstacle_of_side(known: Side, blocks: int) -> str:
    if blocks < INTERVAL_BLOCKS:
        return f"“{known.name}” has {blocks} work blocks; at least {INTERVAL_BLOCKS} are needed."
    if known.unpriced > 0:
        return f"What “{known.name}” cost is not known for {percent(known.unpriced)} of it."
    if known.unknown > UNKNOWN_SHARE:
        return f"“{known.name}” has too many requests without token counts."
    if (known.coverage or 0.0) < COVERAGE:
        return f"Less than half of what “{known.name}” spent is tagged."
    return ""


def _crude_ratio(blocks: SideBlocks) -> float | None:
    first, second = blocks.rate(0), blocks.rate(1)
    return first / second if first is not None and second else None


def _verdict(estimate: Stratified | None) -> Verdict:
    if estimate is None:
        return Verdict.NOT_COMPARABLE
    if estimate.probability >= LIKELY_PROBABILITY:
        return Verdict.LIKELY_FIRST
    if estimate.probability <= 1 - LIKELY_PROBABILITY:
        return Verdict.LIKELY_SECOND
    return Verdict.NO_DIFFERENCE


def _strata(shared: SideBlocks, names: list[str]) -> tuple[tuple[str, Arm, Arm], ...]:
    slot, size = shared.stratum * 2 + shared.arm, len(names) * 2
    sums = (shared.worth, shared.mte, shared.is_begun.astype(np.float64))
    worth, mte, begun = (weighed(slot, values, size).tolist() for values in sums)
    arms = [Arm(*sums_of_arm) for sums_of_arm in zip(worth, mte, map(round, begun), strict=True)]
    shown = np.unique(shared.stratum).tolist()
    rows = [(names[at], arms[2 * at], arms[2 * at + 1]) for at in shown]
    return tuple(sorted(rows, key=lambda row: (-(row[1].blocks + row[2].blocks), row[0])))


def _notes(blocks: SideBlocks, shared: SideBlocks, sides: tuple[Side, Side]) -> tuple[str, ...]:
    notes = [SELF_SELECTED_NOTE]
    coverages = [known.coverage or 0.0 for known in sides]
    if abs(coverages[0] - coverages[1]) > COVERAGE_APART:
        notes.append(UNEVEN_COVERAGE_NOTE)
    begun, inside = (int(np.count_nonzero(part.is_begun)) for part in (blocks, shared))
    if begun and inside and 1 - inside / begun > MOST_LEFT_OUT:
        notes.append(LEFT_OUT_NOTE.format(percent(1 - inside / begun)))
    notes += [
        EXEMPT_NOTE.format(known_side.name)
        for known_side in sides
        if known_side.exempt > MOST_EXEMPT
    ]
    return tuple(notes)
