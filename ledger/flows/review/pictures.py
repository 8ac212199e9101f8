"""The two pictures of a review, drawn once for every format: where tokens went, and over time."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil, floor, log10

from ledger.core.document import (
    Anchor,
    Area,
    Bar,
    Ink,
    Label,
    Line,
    Mark,
    Picture,
    Point,
    Table,
)
from ledger.core.formatting import day, percent, short
from ledger.core.report import FirstUse, TagShare, Trend, Week

WIDTH = 480.0
INKS = {
    "kept": Ink.KEPT,
    "edited": Ink.EDITED,
    "thrown away": Ink.THROWN_AWAY,
    "untagged": Ink.UNTAGGED,
}
BAR_TOP, BAR_HEIGHT, BAR_PICTURE = 4.0, 26.0, 58.0
HATCH = 7.0
LEFT, TOP, PLOT, BELOW = 30.0, 22.0, 120.0, 46.0  # of the picture over time
STRIP = 8.0  # height of the strip of coverage
LABELLED = 7  # weeks named at the axis, at most
LEAST_GAP = 62.0  # between names of first uses
STEPS = (1.0, 2.0, 5.0, 10.0)
Value = Callable[[Week], float | None]


def outcome(fates: Sequence[TagShare]) -> Picture:
    """Return a bar of the tokens by what became of them; losses are hatched."""
    marks: list[Mark] = []
    x, label_x = 0.0, 0.0
    for fate in fates:
        share = fate.tokens.value or 0.0
        ink = INKS[fate.tag]
        if share:
            marks.append(Bar(x, BAR_TOP, share * WIDTH, BAR_HEIGHT, ink))
            if fate.tag == "thrown away":
                marks += _hatch_lines(x, share * WIDTH)
        x += share * WIDTH
        marks.append(Bar(label_x, BAR_PICTURE - 14, 8, 8, ink))
        text = f"{fate.tag} {percent(share)}"
        marks.append(Label(label_x + 12, BAR_PICTURE - 6.5, text, Ink.TEXT, 9))
        label_x += WIDTH / len(fates)
    description = "Token-equivalents by what became of the output."
    return Picture(width=WIDTH, height=BAR_PICTURE, marks=tuple(marks), words=description)


def _hatch_lines(x: float, width: float) -> Iterator[Line]:
    """Yield slanted lines inside a part of the bar."""
    at = HATCH / 2
    while at < width + BAR_HEIGHT:
        top, bottom = min(at, width), max(at - BAR_HEIGHT, 0.0)
        start = (x + top, BAR_TOP + max(at - width, 0.0))
        end = (x + bottom, BAR_TOP + min(at, BAR_HEIGHT))
        yield Line((start, end), Ink.PAPER, 0.8)
        at += HATCH


def over_time(trend: Trend, twin: Table) -> Picture:
    """Return the rolling ratio with interval, bounds, coverage and known causes."""
    weeks = trend.weeks
    top = _round_up(max((value for week in weeks for value in _heights(week)), default=1.0))
    step = (WIDTH - LEFT) / max(len(weeks), 1)

    def x(at: int) -> float:
        return LEFT + (at + 0.5) * step

    def y(value: float) -> float:
        return TOP + PLOT * (1 - value / top)

    def band(low: Value, high: Value, ink: Ink) -> Iterator[Area]:
        for run in _runs(weeks, low, high):
            upper = [(x(at), y(high(weeks[at]) or 0.0)) for at in run]
            lower = [(x(at), y(low(weeks[at]) or 0.0)) for at in run]
            yield Area((*_widened(upper), *_widened(lower)[::-1]), ink)

    marks: list[Mark] = [*_grid(top, y)]
    marks += band(lambda w: w.low, lambda w: w.high, Ink.BAND)
    bounds: tuple[Value, Value] = (lambda w: w.lower, lambda w: w.upper)
    for bound in bounds:
        for run in _runs(weeks, bound, bound):
            edge = _widened([(x(at), y(bound(weeks[at]) or 0.0)) for at in run])
            marks.append(Line(tuple(edge), Ink.SOFT, 0.6, dashed=True))
    for run in _runs(weeks, lambda w: w.point, lambda w: w.point):
        points = tuple((x(at), y(weeks[at].point or 0.0)) for at in run)
        marks.append(Line(points, Ink.SIGNAL, 1.6))
        marks += (Bar(px - 1.6, py - 1.6, 3.2, 3.2, Ink.SIGNAL) for px, py in points)
    marks += _coverage_strip(weeks, x, step)
    marks += _axis(weeks, x)
    marks += _first_uses(trend.first_uses, {week.monday: x(at) for at, week in enumerate(weeks)})
    description = (
        f"Kept half-hours per million tokens, over the {trend.window_days} days that end with each"
        " week. Band: interval, about 90\u202f%. Dashed lines: if all the untagged was lost, and if"
        " all of it was kept. Strip below: share of the tokens that is tagged."
    )
    height = TOP + PLOT + BELOW
    return Picture(width=WIDTH, height=height, marks=tuple(marks), words=description, twin=twin)


def _heights(week: Week) -> list[float]:
    return [value for value in (week.high, week.upper, week.point) if value is not None]


def _round_up(value: float) -> float:
    """Return the next round number, so that the axis has whole steps."""
    power = 10 ** floor(log10(value)) if value > 0 else 1.0
    step = (
        next(
            step_size
            for step_size in STEPS
            if value <= 4 * step_size * power / 2 or step_size == STEPS[-1]
        )
        * power
        / 2
    )
    return ceil(value / step) * step


def _runs(weeks: Sequence[Week], low: Value, high: Value) -> Iterator[list[int]]:
    """Yield stretches of weeks in which both values are known."""
    run: list[int] = []
    for at, week in enumerate(weeks):
        if low(week) is not None and high(week) is not None:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _widened(points: list[Point]) -> list[Point]:
    """Give a lone point a width, so that it is seen."""
    if len(points) > 1:
        return points
    ((x, y),) = points
    return [(x - 3, y), (x + 3, y)]


def _grid(top: float, y: Callable[[float], float]) -> Iterator[Mark]:
    count = next(n for n in (4, 5, 3, 2) if n == 2 or (top / n * 100) % 5 < 1e-9)
    for at in range(count + 1):
        value = top * at / count
        yield Line(((LEFT, y(value)), (WIDTH, y(value))), Ink.RULE, 0.5)
        yield Label(LEFT - 6, y(value) + 3, short(value), Ink.SOFT, 8, Anchor.END)


def _coverage_strip(
    weeks: Sequence[Week], x: Callable[[int], float], step: float
) -> Iterator[Mark]:
    base = TOP + PLOT + 8 + STRIP
    for at, week in enumerate(weeks):
        left, width = x(at) - step / 2 + 1, step - 2
        yield Bar(left, base - STRIP, width, STRIP, Ink.BOUNDS)
        if week.coverage:
            full = STRIP * week.coverage
            yield Bar(left, base - full, width, full, Ink.EDITED)
    yield Label(LEFT - 6, base - 1, "tagged", Ink.SOFT, 6.5, Anchor.END)


def _axis(weeks: Sequence[Week], x: Callable[[int], float]) -> Iterator[Mark]:
    every = max(1, ceil(len(weeks) / LABELLED))
    for at in range(0, len(weeks), every):
        yield Label(x(at), TOP + PLOT + 34, day(weeks[at].monday), Ink.SOFT, 8, Anchor.MIDDLE)


def _first_uses(uses: Sequence[FirstUse], places: dict[object, float]) -> Iterator[Mark]:
    free = 0.0
    for use in uses:
        at = places.get(use.monday)
        if at is None:
            continue
        yield Line(((at, TOP), (at, TOP + PLOT)), Ink.SOFT, 0.75, dashed=True)
        if at >= free:
            anchor = Anchor.END if at > WIDTH - LEAST_GAP else Anchor.START
            yield Label(at, TOP - 8, use.name, Ink.SOFT, 7.5, anchor)
            free = at + LEAST_GAP
