from dataclasses import replace
from itertools import chain

import pytest

from ledger.core.document import Area, Bar, Ink, Label, Line
from ledger.core.report import FirstUse, RoundedEstimate, TagShare, Trend
from ledger.flows.review import pictures
from ledger.flows.review.tables import weeks
from tests.reviews import a_report


def fates(*values: float) -> tuple[TagShare, ...]:
    names = ("kept", "edited", "thrown away", "untagged")
    return tuple(
        TagShare(tag=n, tokens=RoundedEstimate(value=v)) for n, v in zip(names, values, strict=True)
    )


def points(mark):
    match mark:
        case Line() | Area():
            return mark.points
        case Bar():
            return ((mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height))
        case Label():
            return ((mark.x, mark.y),)


def test_parts_of_the_bar_are_as_wide_as_their_shares():
    marks = pictures.outcome(fates(0.5, 0.25, 0.25, 0.0)).marks
    bars = {m.ink: m.width for m in marks if isinstance(m, Bar) and m.height > 20}
    assert bars == {Ink.KEPT: 240, Ink.EDITED: 120, Ink.THROWN_AWAY: 120}


def test_a_loss_is_hatched_and_everything_is_named():
    marks = pictures.outcome(fates(0.5, 0.2, 0.2, 0.1)).marks
    assert [m for m in marks if isinstance(m, Line) and m.ink is Ink.PAPER]
    labels = [m.text for m in marks if isinstance(m, Label)]
    assert labels == [
        "kept 50\u202f%",
        "edited 20\u202f%",
        "thrown away 20\u202f%",
        "untagged 10\u202f%",
    ]


@pytest.mark.parametrize("shares", [(0.0, 0.0, 1.0, 0.0), (0.99, 0.0, 0.01, 0.0), (0, 0, 0, 0)])
def test_hatching_stays_inside(shares):
    picture = pictures.outcome(fates(*shares))
    for x, y in chain.from_iterable(map(points, picture.marks)):
        assert -0.01 <= x <= picture.width + 0.01
        assert -0.01 <= y <= picture.height


def drawn(trend: Trend):
    return pictures.over_time(trend, weeks(trend))


def test_everything_over_time_lies_on_the_paper():
    picture = drawn(a_report().trend)
    for x, y in chain.from_iterable(map(points, picture.marks)):
        assert -0.01 <= x <= picture.width + 0.01
        assert -0.01 <= y <= picture.height + 0.01


def test_the_interval_is_drawn_and_the_point_stays_inside_the_plot():
    marks = drawn(a_report().trend).marks
    assert [m for m in marks if isinstance(m, Area) and m.ink is Ink.BAND]
    assert [m for m in marks if isinstance(m, Line) and m.ink is Ink.SIGNAL]


def test_a_gap_stays_a_gap():
    trend = a_report().trend
    gap = replace(trend.weeks[6], point=None, low=None, high=None)
    broken = replace(trend, weeks=(*trend.weeks[:6], gap, *trend.weeks[7:]))
    lines = [m for m in drawn(broken).marks if isinstance(m, Line) and m.ink is Ink.SIGNAL]
    whole = [m for m in drawn(trend).marks if isinstance(m, Line) and m.ink is Ink.SIGNAL]
    assert len(lines) == len(whole) + 1


def test_first_uses_are_marked_and_named_where_there_is_room():
    trend = a_report().trend
    uses = tuple(
        FirstUse(monday=w.monday, kind="model", name=f"m{n}") for n, w in enumerate(trend.weeks)
    )
    marks = drawn(replace(trend, first_uses=uses)).marks
    names = [m.text for m in marks if isinstance(m, Label) and m.text.startswith("m")]
    assert 0 < len(names) < len(uses)


def test_no_weeks_draw_an_empty_frame():
    assert drawn(Trend()).marks
