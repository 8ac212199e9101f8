"""The measure written as slowly and plainly as possible, in exact fractions: what is held true."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from ledger.core.vocabulary import Kind
from tests.metrics.rows import Row

MTE = 20_000_000  # twentieths in a million token-equivalents
CEILING = 500_000 * 20
CAP = Fraction(1, 4)
KEPT, EDITED, THROWN = 1, 2, 3


def worth_of(tag: int, edited: Fraction) -> Fraction:
    return {KEPT: Fraction(1), EDITED: edited}.get(tag, Fraction(0))


def blocks_of(rows: list[Row]) -> dict[object, list[Row]]:
    blocks = defaultdict(list)
    for row in rows:
        blocks[row.block].append(row)
    return blocks


def members(rows: list[Row], *, headline: bool) -> list[Row]:
    """Return the interactions that form blocks."""
    if headline:
        return [row for row in rows if row.delivers]
    return [row for row in rows if row.is_prompted or row.tag]


def signal(rows: list[Row], edited: Fraction, untagged: int) -> Fraction:
    """Return the worth of all blocks with every untagged interaction tagged like this."""
    return sum(
        (
            max(worth_of(row.tag or untagged, edited) for row in block)
            for block in blocks_of(rows).values()
        ),
        Fraction(0),
    )


def tokens(rows: list[Row], bound: int, *, headline: bool) -> Fraction:
    """Return the denominator in twentieths; `bound` 0 is the least, 1 the middle, 2 the most."""
    delivering = exempt = 0
    for row in rows:
        for use in row.uses:
            te = use.range[bound] + (use.unknown * CEILING if bound == 2 else 0)
            if row.delivers:
                delivering += te
            else:
                exempt += te
    everything = Fraction(delivering + exempt)
    return everything - min(Fraction(exempt), CAP * everything) if headline else everything


class Bounds(NamedTuple):
    lower: Fraction | None
    upper: Fraction | None


def bounds(rows: list[Row], *, headline: bool = True, edited: Fraction = Fraction(1, 2)) -> Bounds:
    """Return lower and upper STR in blocks per MTE."""
    mine = members(rows, headline=headline)
    most, least = (tokens(rows, bound, headline=headline) for bound in (2, 0))
    low, high = signal(mine, edited, THROWN), signal(mine, edited, KEPT)
    return Bounds(low * MTE / most if most else None, high * MTE / least if least else None)


def spent_on(rows: list[Row], *tags: int) -> int:
    return sum(use.te for row in rows for use in row.uses if row.tag in tags)


def kept_share(rows: list[Row], edited: Fraction) -> Bounds:
    """Return the least and the greatest of all ledgers with each amount at one of its ends."""
    ends = [ends_of(rows, tag) for tag in (0, KEPT, EDITED, THROWN)]
    least, most = [], []
    for untagged, kept, changed, thrown in product(*ends):
        whole = untagged + kept + changed + thrown
        if whole:
            least.append((kept + edited * changed) / whole)
            most.append((kept + edited * changed + untagged) / whole)
    return Bounds(min(least, default=None), max(most, default=None))


def ends_of(rows: list[Row], tag: int) -> tuple[Fraction, Fraction]:
    """Return the least and the most that interactions of a tag took."""
    uses = [use for row in rows if row.tag == tag for use in row.uses]
    high = sum(use.range[2] + use.unknown * CEILING for use in uses)
    return Fraction(sum(use.range[0] for use in uses)), Fraction(high)


def coverage(rows: list[Row]) -> Fraction | None:
    """Return the tagged share, a request without counts taken for an average one of the others."""
    uses = [use for row in rows for use in row.uses]
    unknown, known = sum(use.unknown for use in uses), spent_on(rows, 0, KEPT, EDITED, THROWN)
    others = max(sum(use.requests for use in uses) - unknown, 1)
    each = min(Fraction(known, others), Fraction(CEILING)) if known else Fraction(CEILING)
    whole = known + each * unknown
    tagged = sum(use.te + each * use.unknown for row in rows if row.tag for use in row.uses)
    return Fraction(tagged) / whole if whole else None


def completions(rows: list[Row]):
    """Yield the ledger with its missing tags given in every possible way."""
    missing = [row.id for row in rows if not row.tag]
    for tags in product((KEPT, EDITED, THROWN), repeat=len(missing)):
        given = dict(zip(missing, tags, strict=True))
        yield [replace(row, tag=given.get(row.id, row.tag)) for row in rows]


def groups_of(row: Row, by: str) -> set[str]:
    if by == "tool":
        return {row.tool}
    if by == "project":
        return {row.project}
    if by == "kind":
        return {Kind(row.kind).key}
    return {use.model for use in row.uses}


def credit(rows: list[Row], by: str, edited: Fraction) -> dict[str, Fraction]:
    """Return each group's worth in a tagged ledger: blocks shared by who reached the best."""
    earned = defaultdict(Fraction)
    for block in blocks_of(rows).values():
        best = defaultdict(Fraction)
        for row in block:
            for group in groups_of(row, by):
                best[group] = max(best[group], worth_of(row.tag, edited))
        most = max(best.values(), default=Fraction(0))
        winners = [group for group, worth in best.items() if worth == most]
        for group in winners:
            earned[group] += most / len(winners)
    return earned
