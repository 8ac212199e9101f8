"""From a frame to what the pages say."""

from datetime import UTC, datetime

import pytest

from ledger.core.columns import Columns
from ledger.core.filters import ANY, Filter
from ledger.core.words import Tag
from ledger.flows import charting
from ledger.metrics.frame import Frame
from ledger.metrics.summary import summary

DAY = 86_400
NOON = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
MTE = 20_000_000


def frame(*rows, models=("m",)):
    """Return a frame; a row is (time_s, tag, te) with an optional tool, intent."""
    columns = Columns(projects=("/p",), models=models)
    for n, (time_s, tag, te, *more) in enumerate(sorted(rows)):
        tool, intent = (*more, 0, 0)[:2] if len(more) < 2 else more
        values = {
            "id": n + 1, "time_s": time_s, "session": 1, "project": 0, "tool": tool, "origin": 0,
            "tag": int(tag), "intent": int(intent), "owner": n, "model": 0,
            "quarter": time_s // 900, "requests": 1, "unknown": 0, "input": 1, "cache_read": 0,
            "cache_write": 0, "output": 0, "reasoning": 0, "te_low": te, "te": te, "te_high": te,
        }  # fmt: skip
        for name, value in values.items():
            getattr(columns, name).append(value)
    return Frame.of(columns)


def steady(days, tag=Tag.KEPT, te=MTE, ago=0):
    """Return two interactions a day for a number of days that end `ago` days before noon."""
    starts = [NOON - (ago + n) * DAY - half * 3600 for n in range(days) for half in (0, 2)]
    return [(start, tag, te) for start in starts]


@pytest.mark.parametrize(("days", "step"), [(0, "day"), (92, "day"), (93, "week"), (800, "month")])
def test_the_step_fits_the_length(days, step):
    made = frame((NOON - days * DAY, 1, MTE), (NOON, 1, MTE))
    assert charting.fitting_step(made, made.select(ANY)) == step


def test_an_empty_ledger_has_a_step_and_nothing_to_say():
    made = Frame.empty()
    selection = made.select(ANY)
    assert charting.fitting_step(made, selection) == "day"
    assert charting.recent(made, selection) == ()
    assert sum(amount for _, amount in charting.shares(made, selection)) == 0


def test_shares_add_up_to_what_was_spent():
    made = frame((NOON, Tag.KEPT, MTE), (NOON + 1, Tag.THROWN_AWAY, 2 * MTE), (NOON + 2, 0, MTE))
    shares = dict(charting.shares(made, made.select(ANY)))
    assert shares == {Tag.KEPT: 1.0, Tag.EDITED: 0.0, Tag.THROWN_AWAY: 2.0, 0: 1.0}


def test_shares_follow_the_filter():
    made = frame((NOON, Tag.KEPT, MTE), (NOON - 9 * DAY, Tag.EDITED, MTE))
    shares = dict(charting.shares(made, made.select(Filter(since_s=NOON - DAY))))
    assert shares[Tag.EDITED] == 0.0


def needed(made, chosen=ANY):
    """Return the tags needed within a filter."""
    selection = made.select(chosen)
    return charting.tags_needed(made, selection, summary(made, selection))


def test_tags_needed_counts_the_largest_first():
    rows = [(NOON - n * DAY, Tag.KEPT, MTE) for n in range(10)]
    untagged = [(NOON - n * DAY - 3600, 0, te) for n, te in enumerate((8 * MTE, 4 * MTE, MTE, MTE))]
    made = frame(*rows, *untagged)
    # 10 of 24 MTE are tagged: the one of 8 MTE is enough for one half.
    assert needed(made) == 1


def test_tags_needed_is_at_least_what_makes_eight_known_half_hours():
    made = frame(*((NOON - n * DAY, 0, MTE) for n in range(20)))
    assert needed(made) == 10
    few_but_large = frame((NOON, 0, 1000 * MTE), *((NOON - n * DAY, 0, MTE) for n in range(1, 12)))
    assert needed(few_but_large) == 8


def test_no_tags_are_needed_where_an_interval_stands():
    assert needed(frame(*steady(20))) == 0


def test_the_recent_are_the_newest_first():
    made = frame(*((NOON - n * 60, 0, MTE) for n in range(9)))
    assert charting.recent(made, made.select(ANY), 3) == (9, 8, 7)
