"""Figures made by hand, small enough to check by eye."""

from datetime import date, timedelta

from ledger.core.figures import Calendar, Ratio, RatioSeries, Stack, Summary

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


def plain(text):
    """Return words with ordinary spaces."""
    return text.replace("\u202f", " ")
