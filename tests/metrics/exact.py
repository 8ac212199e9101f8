"""The figures of the real metrics before their one division, as exact fractions."""

from fractions import Fraction
from typing import NamedTuple

from ledger.core.filters import ANY, Filter
from ledger.metrics.grouping import grouping
from ledger.metrics.ratio import SCALE, Cost, all_fourths, headline_denominator_x4
from ledger.metrics.shares import coverage
from ledger.metrics.tally import tally
from tests.metrics.rows import Row, frame


class Exact(NamedTuple):
    """STR bounds in blocks per MTE (None: nothing spent), signal in blocks, spending in fourths."""

    lower: Fraction | None
    upper: Fraction | None
    signal_lower: Fraction
    signal_upper: Fraction
    most: int
    least: int
    kept_lower: int  # token-equivalents times percent
    kept_upper: int
    coverage: float | None


def exact(
    rows: list[Row],
    *,
    headline: bool = True,
    worth: int = 50,
    by: str = "all",
    wanted: Filter = ANY,
    zone=None,
) -> dict[str, Exact]:
    """Return the exact figures of every group."""
    made = frame(rows)
    groups = grouping(made, by, zone)
    found = tally(made, made.select(wanted), groups, zone=zone, edited_worth=worth, interval=False)
    judged = (found.headline if headline else found.together).judged
    return {key: _of(found, judged, at, headline, worth) for at, key in enumerate(groups.keys)}


def whole(rows: list[Row], **more) -> Exact:
    """Return the exact figures of everything."""
    return exact(rows, **more)["all"]


def _of(found, judged, at, headline, worth) -> Exact:
    fourths = headline_denominator_x4 if headline else all_fourths
    spent = found.spent
    least, most = (
        fourths(Cost(*(int(one) for one in sums[at]))) for sums in (spent.low, spent.high)
    )
    lower, upper = (bound[at] for bound in judged.bounds)
    by_tag = [int(one) for one in spent.by_tag[at]]
    kept = by_tag[1] * 100 + by_tag[2] * worth
    return Exact(
        lower=lower * SCALE / most if most else None,
        upper=upper * SCALE / least if least else None,
        signal_lower=lower / 100,
        signal_upper=upper / 100,
        most=most,
        least=least,
        kept_lower=kept,
        kept_upper=kept + by_tag[0] * 100,
        coverage=coverage(spent.by_tag[at]),
    )
