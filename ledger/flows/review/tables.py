"""The tables of a review; a cell that cannot be filled says “too few to say”."""

from collections.abc import Iterator, Sequence

from ledger.core.document import Table
from ledger.core.formatting import dash, percent, short, tokens
from ledger.core.report import (
    Group,
    RoundedEstimate,
    RoundedRatio,
    Survived,
    TagShare,
    Totals,
    Trend,
)

TOO_FEW = "too few to say"
GROUP_TITLES = {
    "tool": "By tool",
    "model": "By model",
    "project": "By project",
    "kind of work": "By kind of work",
    "label": "By label",
}
MILLION = 1_000_000


def share_cell(share: RoundedEstimate) -> str:
    """Return a share with its interval: “61 % (56–65)”."""
    if share.value is None:
        return TOO_FEW
    if share.low is None or share.high is None:
        return f"{percent(share.value)} ({TOO_FEW})"
    return f"{percent(share.value)} ({round(share.low * 100)}–{round(share.high * 100)})"


def ratio_cell(ratio: RoundedRatio) -> str:
    """Return a ratio with its interval; without one, that there is too little."""
    if ratio.low is None or ratio.high is None:
        return TOO_FEW
    between = dash(ratio.low, ratio.high)
    return between if ratio.point is None else f"{short(ratio.point)} ({between})"


def bounds_cell(ratio: RoundedRatio) -> str:
    """Return what the ratio would be with the untagged thrown away and kept."""
    if ratio.lower is None or ratio.upper is None:
        return TOO_FEW
    return dash(ratio.lower, ratio.upper)


def fates(outcomes: Sequence[TagShare]) -> Table:
    """Return what became of it, by interactions and by tokens."""
    return Table(
        head=("What became of it", "Interactions", "Share of interactions", "Share of tokens"),
        rows=tuple(
            (fate.tag, str(fate.interactions), share_cell(fate.share), share_cell(fate.tokens))
            for fate in outcomes
        ),
        numbers=frozenset((1, 2, 3)),
    )


def yields(deliver: RoundedRatio, everything: RoundedRatio) -> Table:
    """Return both ratios: of deliveries, and with experiments."""
    rows = (("Deliveries", deliver), ("Everything, experiments too", everything))
    return Table(
        head=("Kept half-hours per million tokens", "Value (interval)", "Untagged lost–kept", "n"),
        rows=tuple(
            (name, ratio_cell(ratio), bounds_cell(ratio), str(ratio.blocks)) for name, ratio in rows
        ),
        numbers=frozenset((1, 2, 3)),
    )


def survived(survivals: Sequence[Survived]) -> Table:
    """Return how much of what was added was still there, beside the repositories' own."""
    return Table(
        head=("Still there in git after", "Share (interval)", "All lines of the repositories", "n"),
        rows=tuple(
            (
                survival.horizon,
                share_cell(survival.share),
                TOO_FEW if survival.baseline is None else percent(survival.baseline),
                str(survival.share.n),
            )
            for survival in survivals
        ),
        numbers=frozenset((1, 2, 3)),
    )


def groups(all_groups: Sequence[Group]) -> Iterator[Table]:
    """Yield one table for each sort of group that has more than one."""
    for by, title in GROUP_TITLES.items():
        members = [group for group in all_groups if group.by == by]
        if len(members) < 2:
            continue
        yield Table(
            head=(
                *("", "Interactions", "Share of tokens"),
                *("Thrown away, of tagged", "Kept half-hours per million"),
            ),
            rows=tuple(map(_group, members)),
            numbers=frozenset((1, 2, 3, 4)),
            caption=title,
        )


def _group(group: Group) -> tuple[str, ...]:
    return (
        group.name,
        str(group.interactions),
        percent(group.tokens),
        share_cell(group.thrown_away),
        ratio_cell(group.ratio),
    )


def weeks(trend: Trend) -> Table:
    """Return the weeks as numbers."""
    return Table(
        head=(
            *("Week of", "Interactions", "Thrown away", "Tokens"),
            *(f"Kept per million, {trend.window_days} days", "Untagged lost–kept"),
        ),
        rows=tuple(
            (
                week.monday.isoformat(),
                str(week.interactions),
                str(week.thrown_away),
                tokens(week.token_equivalents / MILLION),
                ratio_cell(RoundedRatio(point=week.point, low=week.low, high=week.high)),
                bounds_cell(RoundedRatio(lower=week.lower, upper=week.upper)),
            )
            for week in trend.weeks
        ),
        numbers=frozenset((1, 2, 3, 4, 5)),
        caption=f"Week by week; ratios over the {trend.window_days} days that end with each",
    )


def totals(counts: Totals) -> Table:
    """Return the token counts in full."""
    rows = (
        ("fresh input", counts.input),
        ("read from a cache", counts.cache_read),
        ("written to a cache", counts.cache_write),
        ("output", counts.output),
    )
    return Table(
        head=("Tokens in full", "Number"),
        rows=(
            *((name, f"{number:,}") for name, number in rows),
            ("weighted by price", f"{counts.token_equivalents:,.0f}"),
        ),
        numbers=frozenset((1,)),
    )
