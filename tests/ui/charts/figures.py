"""Figures made by hand, small enough to check by eye."""

from datetime import date, timedelta

from ledger.core.figures import (
    Arm,
    Bin,
    Calendar,
    Comparison,
    Flow,
    Link,
    Ratio,
    RatioSeries,
    SessionDot,
    Shrunken,
    Sizes,
    Stack,
    Stop,
    StopLoss,
    Summary,
    Verdict,
    WeekHours,
    WorthCurve,
)

TODAY = date(2026, 11, 22)


def series(length=60, **lists):
    """Return a series that ends today; `lists` replaces columns."""

    def column(value):
        return (value,) * length

    values = {
        "lower": column(2.0), "upper": column(3.0), "point": column(2.5), "low": column(1.8),
        "high": column(3.4), "smooth": column(2.4), "coverage": column(0.8), "blocks": column(40),
    } | lists  # fmt: skip
    days = tuple(TODAY - timedelta(days=length - 1 - n) for n in range(length))
    return RatioSeries(days=days, window_days=28, **values)


def stack(count=4, step="week"):
    """Return a stack whose first period begins on Monday 5 October."""
    length = {"day": 1, "week": 7}.get(step)
    first = date(2026, 10, 5)
    starts = (
        [first + timedelta(days=length * n) for n in range(count)]
        if length
        else [date(2026, n + 1, 1) for n in range(count)]
    )
    amounts = [(float(n + 1), 1.0, 0.5, 2.0) for n in range(count)]
    kept, edited, thrown, untagged = zip(*amounts, strict=True) if amounts else ((),) * 4
    return Stack(
        starts=tuple(starts), step=step, kept=kept, edited=edited, thrown_away=thrown,
        untagged=untagged,
    )  # fmt: skip


def group(key, blocks=40, **ratio):
    """Return a summary of one group."""
    values = {"lower": 2.0, "upper": 3.0, "point": 2.5, "low": 1.8, "high": 3.4} | ratio
    return Summary(
        key=key, interactions=blocks * 2, requests=blocks * 9, mte=blocks * 0.4, coverage=0.8,
        coverage_blocks=0.8, ratio=Ratio(blocks=blocks, days=min(blocks, 20), **values),
    )  # fmt: skip


def calendar(length=30):
    """Return a calendar that ends today: every third day is without work."""
    days = tuple(TODAY - timedelta(days=length - 1 - n) for n in range(length))
    blocks = tuple(n % 3 for n in range(length))
    kept = tuple(None if n % 3 == 0 else 0.5 for n in range(length))
    return Calendar(days=days, blocks=blocks, kept_share=kept, coverage=kept)


def shrunken(key, blocks=40, **values):
    """Return a group with its shrunken ratio."""
    usual = {"raw": 2.6, "value": 2.5, "low": 1.8, "high": 3.4, "coverage": 0.8}
    return Shrunken(key=key, blocks=blocks, mte=blocks * 0.4, **(usual | values))


def worth_curve(diminishing_point=None):
    """Return three bins and a line that rises."""
    bins = (
        Bin(0.1, 0.3, 30, 0.5, 0.4, 0.6),
        Bin(0.3, 1.0, 31, 0.6, 0.5, 0.7),
        Bin(1.1, 9.0, 32, 0.7, 0.6, 0.8),
    )
    return WorthCurve(
        bins=bins, fit=((0.1, 0.5), (9.0, 0.7)), diminishing_point=diminishing_point, blocks=93
    )


def stop_loss(count=3):
    """Return stops at 0, 1, 2 ... MTE of which fewer and fewer are kept."""
    stops = (Stop(float(n), 90 - 20 * n, 0.7 - n / 10, 0.6 - n / 10, 0.8) for n in range(count))
    return StopLoss(stops=tuple(stops), blocks=90)


def sizes():
    """Return three bars."""
    return Sizes(
        edges=(0.01, 0.1, 1.0, 10.0), kept=(5, 9, 1), edited=(1, 2, 0), thrown_away=(0, 3, 2),
        untagged=(4, 0, 0), median_mte=0.2, top_share=0.5,
    )  # fmt: skip


def week_hours():
    """Return a week in which work is begun on Tuesdays at 9 and, untagged, on Sundays at 23."""
    blocks = [[0] * 24 for _ in range(7)]
    kept = [[None] * 24 for _ in range(7)]
    blocks[1][9], kept[1][9], blocks[6][23] = 5, 0.6, 1
    return WeekHours(blocks=tuple(map(tuple, blocks)), kept_share=tuple(map(tuple, kept)))


def flow():
    """Return two tools with two models, one of them of both; 6 of 10 MTE are kept."""
    links = (
        Link("codex", "gpt", 4.0), Link("claude-code", "opus", 5.0),
        Link("claude-code", "gpt", 1.0), Link("gpt", "kept", 2.0),
        Link("gpt", "untagged", 3.0), Link("opus", "kept", 4.0), Link("opus", "thrown away", 1.0),
    )  # fmt: skip
    outcomes = ("kept", "edited", "thrown away", "untagged")
    return Flow(
        tools=("claude-code", "codex"), models=("gpt", "opus"), outcomes=outcomes, links=links
    )


def session_dots(count=3):
    """Return sessions of 1, 10, 100 ... MTE, the second one untagged."""
    return tuple(
        SessionDot(
            session=n + 1, first=n * 10 + 1, time_s=1_795_000_000, tool="codex",
            mte=10.0**n, worth=None if n == 1 else 0.5, coverage=0.0 if n == 1 else 0.8,
            interactions=n + 1,
        )
        for n in range(count)
    )  # fmt: skip


def comparison(**values):
    """Return a comparison of two tools that the second one wins only at first sight."""
    usual = {
        "first": "codex", "second": "claude-code", "arms": (Arm(21, 14, 30), Arm(41, 11, 40)),
        "strata": (("atlas · fix", Arm(9, 2, 12), Arm(40, 10, 36)),
                   ("atlas · draft", Arm(12, 12, 18), Arm(1, 1.25, 4))),
        "crude": 0.41, "ratio": 1.14, "low": 0.9, "high": 1.6, "probability": 0.92,
        "verdict": Verdict.LIKELY_FIRST, "simpson": True,
    }  # fmt: skip
    return Comparison(**(usual | values))


def plain(text):
    """Return words with ordinary spaces."""
    return text.replace("\u202f", " ")
