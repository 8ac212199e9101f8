"""Two sides compared within the same work, or before and after a day chosen beforehand."""

from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.days import start_of
from ledger.core.figures import Comparison
from ledger.core.filters import Filter
from ledger.core.vocabulary import KIND_TITLES
from ledger.metrics.arrays import Floats, Ints, distinct, weighed
from ledger.metrics.blocks import EDITED_WORTH, FULL_WORTH, OCCUPIED, LocalDays
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import GroupBy, grouping, memberships
from ledger.metrics.outcome import Outcome
from ledger.metrics.sized import TWENTIETHS_A_MILLION, delivering_parts
from ledger.metrics.verdicts import Side, SideBlocks, compare_sides, no_comparison, side

LEAST_STRATA = 2
MONTHS_BEYOND_DAYS = 92  # from here on a month is part of the work: habits change
SEPARATOR = " · "
MODEL_TOKENS_NOTE = (
    "Tokens of different models are not the same amount of text; money is comparable."
)
AFTER, BEFORE = "after", "before"
SETTLING_DAYS = 7  # what became of younger work is not settled
LEAST_SAME_STRATA = 1  # the same project before and after is the same work
SAME_DAY_NOTE = "Whatever else changed on that day is in the difference too."


class _ComparisonInput(NamedTuple):
    """What is compared, and from where."""

    frame: Frame
    selection: Selection
    by: GroupBy
    judged: Outcome
    days: LocalDays
    exposure: Floats | None


def compare(
    frame: Frame,
    selection: Selection,
    by: GroupBy,
    first: str,
    second: str,
    *,
    exposure: Floats | None = None,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Comparison:
    """Compare two groups' STR of deliveries within project x kind of work (x month when long).

    `by` says what `first` and `second` are keys of. `exposure` is what each portion of the frame
    cost, NaN where nobody knows; without it token-equivalents. The worth of a block that both
    brought to its best is split. The kind of work of a block is that of its first prompt.
    """
    groups, days = grouping(frame, by, zone), frame.days(zone)
    if first == second or not {first, second} <= set(groups.keys):
        return no_comparison(first, second, "There are no two groups of these names to compare.")
    members = selection.interactions & frame.delivering
    outcome = Outcome(frame, selection, groups, members, days, edited_worth)
    compared = _ComparisonInput(frame, selection, by, outcome, days, exposure)
    positions = [groups.keys.index(first), groups.keys.index(second)]
    arms = [_blocks_of_arm(compared, group, at) for at, group in enumerate(positions)]
    blocks, names = _name_strata(
        compared, SideBlocks(*(np.concatenate(columns) for columns in zip(*arms, strict=True)))
    )
    sides = (_side(compared, first, positions[0]), _side(compared, second, positions[1]))
    comparison = compare_sides(blocks, sides, names, least_strata=LEAST_STRATA)
    if by == "model" and exposure is None:
        return replace(comparison, notes=(MODEL_TOKENS_NOTE, *comparison.notes))
    return comparison


def _blocks_of_arm(compared: _ComparisonInput, group: int, at: int) -> SideBlocks:
    """Return the blocks of one group; their stratum is the kind of work as yet."""
    frame, judged, size = compared.frame, compared.judged, len(compared.frame.blocks)
    in_group = compared.selection.portions & (judged.groups.portion_group == group)
    if not frame.delivering.all():
        in_group &= frame.delivering[frame.owners]
    parts = np.flatnonzero(in_group)
    block, te = frame.blocks.of[frame.owners[parts]], frame.te[parts] / TWENTIETHS_A_MILLION
    mte = weighed(block, te, size)
    paid = mte if compared.exposure is None else weighed(block, compared.exposure[parts], size)
    pairs = np.flatnonzero((judged.groups.pair_group == group) & OCCUPIED[judged.codes])
    begun, worth = np.zeros(size, np.bool_), np.zeros(size)
    begun[judged.groups.pair_block[pairs]] = True
    worth[judged.groups.pair_block[pairs]] = judged.guess[pairs] / FULL_WORTH
    shown = np.flatnonzero(begun | (mte > 0))
    return SideBlocks(
        arm=np.full(len(shown), at),
        block=shown,
        day=compared.days.block[shown],
        stratum=_kinds_of_work(compared, group)[shown],
        is_begun=begun[shown],
        worth=worth[shown],
        mte=mte[shown],
        exposure=paid[shown],
    )


def _kinds_of_work(compared: _ComparisonInput, group: int) -> Ints:
    """Return the kind of work of the first of a group's interactions in every block."""
    frame, groups = compared.frame, compared.judged.groups
    picks = memberships(groups, compared.selection, compared.judged.members)
    if isinstance(picks, slice):
        members = np.flatnonzero(groups.group == group)
    else:
        members = picks[groups.group[picks] == group]
    rows = members if groups.rows is None else groups.rows[members]
    kind = np.zeros(len(frame.blocks), dtype=np.intp)
    # Of several writes to one place the last one stays, so the earliest goes last.
    kind[frame.blocks.of[rows][::-1]] = frame.kind[rows][::-1]
    return kind


def _name_strata(compared: _ComparisonInput, blocks: SideBlocks) -> tuple[SideBlocks, list[str]]:
    """Number the kinds of work that there are, and name each."""
    frame, by, days = compared.frame, compared.by, compared.days.days
    project = frame.blocks.project[blocks.block].astype(np.int64)
    kind = blocks.stratum
    if by == "project":
        project = np.zeros_like(project)
    if by == "kind":
        kind = np.zeros_like(kind)
    months = np.asarray([day.year * 12 + day.month - 1 for day in days], dtype=np.int64)
    is_long = len(blocks.day) > 0 and int(np.ptp(blocks.day)) > MONTHS_BEYOND_DAYS
    month = months[blocks.day] if is_long else np.zeros_like(project)
    width = int(months.max(initial=0)) + 1
    code = (project * len(KIND_TITLES) + kind) * width + month
    stratum, strata = distinct(code)
    names = []
    for stratum_code in strata.tolist():
        project_and_kind, month_at = divmod(stratum_code, width)
        project_at, kind_at = divmod(project_and_kind, len(KIND_TITLES))
        parts = (
            frame.projects[project_at] if by != "project" else "",
            KIND_TITLES[kind_at] if by != "kind" else "",
            f"{month_at // 12}-{month_at % 12 + 1:02}" if is_long else "",
        )
        names.append(SEPARATOR.join(part for part in parts if part))
    return blocks._replace(stratum=stratum), names


def _side(compared: _ComparisonInput, name: str, group: int) -> Side:
    groups = compared.judged.groups
    parts = np.flatnonzero(compared.selection.portions & (groups.portion_group == group))
    return side(compared.frame, name, parts, compared.exposure)


def before_after(
    frame: Frame,
    filter_: Filter,
    start: date,
    days: int,
    *,
    today: date,
    exposure: Floats | None = None,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Comparison:
    """Compare the `days` days from `start` on with as many days before, within each project.

    The first side is after. Nothing at all is shown until the window has ended and its last work
    has had a week to settle: who looks early can stop when they like what they see. The times of
    `filter_` are replaced.
    """
    left = (start + timedelta(days=days + SETTLING_DAYS) - today).days
    if left > 0:
        unit = "day" if left == 1 else "days"
        return no_comparison(AFTER, BEFORE, f"Too early: {left} {unit} left.")
    since, middle, until = (
        start_of(start + timedelta(days=shift), zone) for shift in (-days, 0, days)
    )
    selection = frame.select(replace(filter_, since_s=since, until_s=until))
    groups, local = grouping(frame, "all"), frame.days(zone)
    outcome = Outcome(
        frame, selection, groups, selection.interactions & frame.delivering, local, edited_worth
    )
    parts = np.arange(len(frame.owner))[delivering_parts(frame, selection)]
    block, size = frame.blocks.of[frame.owners[parts]], len(frame.blocks)
    mte = weighed(block, frame.te[parts] / TWENTIETHS_A_MILLION, size)
    paid = mte if exposure is None else weighed(block, exposure[parts], size)
    begun = OCCUPIED[outcome.codes]
    at = np.flatnonzero(begun | (mte > 0))
    # A block across the moment (zones off by a quarter-hour) counts where it begins.
    arm = (frame.blocks.start_s[at] < middle).astype(np.intp)
    blocks = SideBlocks(
        arm=arm,
        block=at,
        day=local.block[at],
        stratum=frame.blocks.project[at].astype(np.intp),
        is_begun=begun[at],
        worth=outcome.guess[at] / FULL_WORTH,
        mte=mte[at],
        exposure=paid[at],
    )
    portions = np.flatnonzero(selection.portions)
    is_before = frame.blocks.start_s[frame.blocks.of[frame.owners[portions]]] < middle
    sides = (
        side(frame, AFTER, portions[~is_before], exposure),
        side(frame, BEFORE, portions[is_before], exposure),
    )
    comparison = compare_sides(blocks, sides, list(frame.projects), least_strata=LEAST_SAME_STRATA)
    return replace(comparison, notes=(SAME_DAY_NOTE, *comparison.notes[1:]))
