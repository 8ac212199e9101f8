"""What is unknown is never free: the ends of shares hold whatever it really was."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.figures import Doubt, Figure
from ledger.core.usage import TWENTIETHS
from ledger.metrics.frame import UNKNOWN_CEILING
from ledger.metrics.registry import panel
from ledger.metrics.uncertain import Piece, largest_share, likely, share_ends
from tests.metrics.pricing import book_of, used
from tests.metrics.querying import query_of
from tests.metrics.rows import HALF_S, MODELS, MONDAY_S, Row, Use

BOOK = book_of(dict.fromkeys(MODELS, 3000000))
UNKNOWN = Use(0, unknown=1)
SLACK = 1e-9
NOT_ABOUT_AMOUNTS = {"unknown", "counted"}  # but about how many of them are known


def amounts(most: int) -> st.SearchStrategy[dict[str, int]]:
    """Draw counters that together cost no more than so many token-equivalents."""
    weights = {"fresh": 1, "output": 5, "cache_read": 0.1, "five": 1.25, "hour": 2}
    luck = st.tuples(*[st.integers(0, 100)] * (len(weights) + 1))
    return luck.map(
        lambda drawn: {
            name: int(most / weight * faces * drawn[-1] / 100 / max(sum(drawn[:-1]), 1))
            for (name, weight), faces in zip(weights.items(), drawn[:-1], strict=True)
        }
    )


COUNTED = st.builds(lambda counts, model: used(**counts, model=model),
                    amounts(800_000), st.sampled_from(MODELS))  # fmt: skip
WHAT_IT_REALLY_WAS = st.builds(
    lambda counts: used(**counts), amounts(UNKNOWN_CEILING // TWENTIETHS)
)
HOLES = st.lists(COUNTED | st.just(UNKNOWN), max_size=4)


@st.composite
def holed(draw, least: int = 1, most: int = 6) -> list[Row]:
    """Draw a ledger in which some requests told no counts."""
    rows = []
    for number in range(draw(st.integers(least, most))):
        time_s = MONDAY_S + draw(st.integers(0, 5)) * HALF_S + number
        uses = tuple(replace(use, quarter=time_s // 900) for use in draw(HOLES))
        row = Row(number + 1, time_s, tag=draw(st.integers(0, 3)), uses=uses)
        rows.append(replace(row, intent=draw(st.sampled_from((0, 0, 1)))))
    return rows


def shown(rows: list[Row], **more) -> dict[str, Figure]:
    """Return the panel by key."""
    query = query_of(rows, book=BOOK, plan_fee_month=20, **more)
    return {figure.key: figure for figure in panel(query)}


def assert_inside(inner: Figure, outer: Figure) -> None:
    """Whatever one figure shows lies inside the ends of the other."""
    if Doubt.INTERVAL in (inner.doubt, outer.doubt) or inner.key in NOT_ABOUT_AMOUNTS:
        return
    low, high = outer.low, outer.high
    if outer.doubt is Doubt.NONE:
        low = high = outer.value
    for value in (inner.low, inner.value, inner.high):
        if value is not None:
            assert low is None or low <= value * (1 + SLACK) + SLACK, (inner, outer)
            assert high is None or value <= high * (1 + SLACK) + SLACK, (inner, outer)


@given(holed(), st.data())
def test_whatever_an_uncounted_request_really_was_lies_inside_the_ends_that_were_shown(rows, data):
    before = shown(rows)
    filled = [
        replace(row, uses=tuple(
            replace(data.draw(WHAT_IT_REALLY_WAS), quarter=use.quarter) if use.unknown else use
            for use in row.uses
        ))
        for row in rows
    ]  # fmt: skip
    after = shown(filled)
    for key, figure in after.items():
        assert_inside(figure, before[key])


@given(holed(), st.integers(0, 99))
def test_one_more_uncounted_request_never_narrows_an_end(rows, at):
    before = shown(rows)
    row = rows[at % len(rows)]
    more = replace(row, uses=(*row.uses, replace(UNKNOWN, quarter=row.time_s // 900)))
    after = shown([more if one is row else one for one in rows])
    for key, figure in before.items():
        assert_inside(figure, after[key])


@given(holed(), st.integers(0, 99), st.integers(0, 10**7))
def test_what_only_a_tools_total_tells_widens_the_ends_as_an_uncounted_request_does(
    rows, at, missing
):
    row = rows[at % len(rows)]
    use = Use(0, requests=0, quarter=row.time_s // 900)
    told, said = (
        shown([replace(row, uses=(*row.uses, one)) if each is row else each for each in rows])
        for one in (replace(use, te=missing, counters=(missing // 20, 0, 0, 0, 0)),
                    replace(use, missing=missing))
    )  # fmt: skip
    for key in ("mte", "kept_share", "coverage", "rework", "experiments", "cost", "bounds"):
        assert_inside(told[key], said[key])


@given(holed())
def test_nothing_is_said_of_all_while_some_of_it_is_uncounted(rows):
    found = shown(rows)
    if found["unknown"].value:
        assert found["counted"].value != 1
        assert (found["counted"].low or 0) < 1
    tags = {row.tag for row in rows for use in row.uses if use.unknown}
    if 3 in tags:
        assert found["kept_share"].low < 1
        assert found["rework"].high > 0
    if 0 in tags and len({row.tag for row in rows if row.uses}) > 1:
        assert found["coverage"].value != 1


def test_half_of_it_uncounted_leaves_the_share_open():
    rows = [
        Row(at, MONDAY_S + at * HALF_S, tag=1 if at % 2 else 3,
            uses=(used(output=900) if at % 2 else UNKNOWN,))
        for at in range(24)
    ]  # fmt: skip
    found = shown(rows)
    assert found["kept_share"].low < 0.01
    assert found["kept_share"].high == 1
    assert (found["rework"].low, found["rework"].value) == (0, None)
    assert found["rework"].high > 0.99
    assert found["counted"].value is None


ENDS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


@given(st.lists(st.tuples(st.sampled_from((0, 50, 100)), ENDS), max_size=5))
def test_the_ends_of_a_share_are_those_of_every_amount_between(drawn):
    least, most = share_ends(Piece(worth, *ends) for worth, ends in drawn)
    corners = [
        sum(worth * amount for (worth, _), amount in zip(drawn, corner, strict=True))
        / (100 * sum(corner))
        for corner in product(*(ends for _, ends in drawn))
        if sum(corner)
    ]
    assert least == pytest.approx(min(corners)) if corners else least is None
    assert most == pytest.approx(max(corners)) if corners else most is None


@given(st.lists(ENDS, min_size=1, max_size=4), st.integers(1, 2))
def test_the_largest_of_some_sizes_take_no_less_and_no_more_than_is_said(ends, number):
    low, high = (np.asarray(side) for side in zip(*ends, strict=True))
    least, most = largest_share(low, high, number)
    if least is None:
        assert not high.any()
        return
    found = []
    for sizes in product(*(range(first, last + 1) for first, last in ends)):
        if sum(sizes):
            best = max(sum(some) for some in combinations(sizes, min(number, len(sizes))))
            found.append(best / sum(sizes))
    assert most == pytest.approx(max(found))
    assert least <= min(found) + SLACK  # whole sizes come near the least, and not below it
    assert least >= min(found) - 0.2


def test_sizes_that_can_be_made_even_are():
    low, high = np.asarray([10] * 19 + [0]), np.asarray([10] * 19 + [1000])
    assert largest_share(low, high, 1) == (pytest.approx(1 / 20), pytest.approx(1000 / 1190))


def test_a_request_without_counts_likely_took_what_the_others_did_on_average():
    assert likely((30, 10), (0, 1), (0, 0), 5) == [120, 80]
    assert likely((0, 0), (1, 3), (0, 0), 4)[1] == 3 * likely((0, 0), (1, 3), (0, 0), 4)[0]
    assert likely((7, 3), (0, 0), (5, 0), 2) == [12, 3]
