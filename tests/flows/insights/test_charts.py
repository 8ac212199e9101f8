"""From a frame to what the pages say."""

from datetime import UTC, date, datetime

import pytest

from ledger.core.columns import Columns
from ledger.core.edits import LogEntry, SetLogged, set_tags
from ledger.core.figures import (
    Arm,
    Bin,
    Change,
    Comparison,
    Sizes,
    Stop,
    StopLoss,
    Verdict,
    WorthCurve,
)
from ledger.core.filters import ANY, Filter
from ledger.core.usage import Usage
from ledger.core.vocabulary import Tag
from ledger.flows.insights import charts
from ledger.metrics.frame import Frame
from ledger.metrics.tally import summary_of
from tests.making import START_MS, interaction_id, made_reading

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
    assert charts.fitting_step(made, made.select(ANY)) == step


def test_an_empty_ledger_has_a_step_and_nothing_to_say():
    made = Frame.empty()
    selection = made.select(ANY)
    assert charts.fitting_step(made, selection) == "day"
    assert charts.recent(made, selection) == ()
    assert sum(amount for _, amount in charts.shares(made, selection)) == 0


def test_shares_add_up_to_what_was_spent():
    made = frame((NOON, Tag.KEPT, MTE), (NOON + 1, Tag.THROWN_AWAY, 2 * MTE), (NOON + 2, 0, MTE))
    shares = dict(charts.shares(made, made.select(ANY)))
    assert shares == {Tag.KEPT: 1.0, Tag.EDITED: 0.0, Tag.THROWN_AWAY: 2.0, 0: 1.0}


def test_shares_follow_the_filter():
    made = frame((NOON, Tag.KEPT, MTE), (NOON - 9 * DAY, Tag.EDITED, MTE))
    shares = dict(charts.shares(made, made.select(Filter(since_s=NOON - DAY))))
    assert shares[Tag.EDITED] == 0.0


def needed(made, chosen=ANY):
    """Return the tags needed within a filter."""
    selection = made.select(chosen)
    return charts.tags_needed(made, selection, summary_of(made, selection))


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
    assert charts.recent(made, made.select(ANY), 3) == (9, 8, 7)


ARMS = (Arm(9.0, 2.0, 10), Arm(40.0, 10.0, 44))


def compared(**values):
    """Return a comparison."""
    usual = {
        "first": "a", "second": "b", "arms": ARMS, "strata": (), "crude": 1.1, "ratio": 1.5,
        "low": 1.2, "high": 2.0, "probability": 0.97, "verdict": Verdict.LIKELY_FIRST,
        "simpson": False,
    }  # fmt: skip
    return Comparison(**(usual | values))


def plain(text):
    """Return words with ordinary spaces."""
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("factor", "words"), [(2.0, "2.0 times as many half-hours"), (0.5, "50 % of the half-hours")]
)
def test_a_change_says_when_how_much_and_how_surely(factor, words):
    change = Change(week=date(2026, 7, 6), weeks_either_way=2, factor=factor, p=0.012)
    said = plain(charts.change_words(change))
    assert said.startswith("Around the week of 6 Jul 2026, give or take 2 weeks,")
    assert words in said
    assert "in 1 % of cases" in said


def curve(*fit):
    """Return a worth curve through these points."""
    return WorthCurve(
        bins=(Bin(1, 2, 30, 0.5, 0.4, 0.6),), fit=fit, diminishing_point=None, blocks=30
    )


def test_a_flat_line_is_called_flat():
    assert "no sure effect" in charts.worth_words(curve((1.0, 0.5), (9.0, 0.5)))


def test_a_sure_line_says_which_way():
    assert "worth more" in charts.worth_words(curve((1.0, 0.5), (9.0, 0.7)))
    assert "worth less" in charts.worth_words(curve((1.0, 0.5), (9.0, 0.2)))


def test_the_first_size_at_which_less_is_surely_kept_is_named():
    stops = (Stop(0, 90, 0.7, 0.6, 0.8), Stop(1, 60, 0.6, 0.5, 0.7), Stop(3, 20, 0.3, 0.2, 0.4),
             Stop(5, 9, 0.1, 0.0, 0.2))  # fmt: skip
    said = plain(charts.stop_words(StopLoss(stops=stops, blocks=90)))
    assert said == (
        "Once a half-hour's work has passed 3.0 M tokens, 30 % of it ends up kept, between 20 % "
        "and 40 %; of all work it is 70 %."
    )


def test_no_size_is_named_where_the_intervals_overlap():
    stops = (Stop(0, 90, 0.7, 0.6, 0.8), Stop(1, 60, 0.6, 0.5, 0.7))
    assert "No size" in charts.stop_words(StopLoss(stops=stops, blocks=90))
    assert charts.stop_words(StopLoss(stops=stops[:1], blocks=90)) == ""


@pytest.mark.parametrize(("top", "told"), [(0.61, True), (None, False)])
def test_the_largest_twentieth_is_told_where_it_is_known(top, told):
    sizes = Sizes(
        edges=(0.1, 1.0), kept=(1,), edited=(0,), thrown_away=(0,), untagged=(0,), median_mte=0.12,
        top_share=top,
    )  # fmt: skip
    said = plain(charts.sizes_words(sizes))
    assert said.startswith("Half of the interactions cost less than 120 k tokens.")
    assert ("61 % of all tokens" in said) is told


def test_a_likely_difference_says_how_much_and_how_surely():
    said = plain(charts.verdict_words(compared(), "A", "B"))
    assert said == (
        "A likely gives more signal per token than B within the same work: 1.5 times as much, "
        "between 1.2 and 2.0, with a chance of 97 %."
    )


def test_the_second_is_told_by_its_own_factor():
    found = compared(
        ratio=0.5, low=0.25, high=0.8, probability=0.004, verdict=Verdict.LIKELY_SECOND
    )
    said = plain(charts.verdict_words(found, "A", "B"))
    assert said.startswith("B likely gives more signal per token than A")
    assert "2.0 times as much, between 1.2 and 4.0" in said
    assert "over 99 %" in said


def test_no_clear_difference_is_said_as_such():
    found = compared(verdict=Verdict.NO_DIFFERENCE, probability=0.6)
    assert charts.verdict_words(found, "A", "B").startswith("No clear difference")


def test_what_can_not_be_compared_says_why_in_names_people_know():
    found = compared(
        verdict=Verdict.NOT_COMPARABLE, ratio=None, low=None, high=None,
        reason="“b” has 3 work blocks; at least 8 are needed.",
    )  # fmt: skip
    assert charts.verdict_words(found, "A", "Codex CLI") == (
        "Not comparable. “Codex CLI” has 3 work blocks; at least 8 are needed."
    )


def test_the_warning_names_both_ways():
    said = charts.simpson_words(compared(crude=0.4, ratio=1.2, simpson=True), "A", "B")
    assert "makes B look better, but within the same work A is" in said
    assert charts.simpson_words(compared(), "A", "B") == ""


IDS = [interaction_id(n) for n in range(4)]


def test_the_table_is_sorted_and_equal_ones_stay_newest_first(workspace):
    workspace.store.add([made_reading(4)])
    workspace.do(set_tags(((IDS[1], Tag.KEPT),)))
    frame = workspace.load().frame
    order = charts.ordered(frame, ANY, "time", falling=True).tolist()
    assert order == IDS[::-1]
    assert charts.ordered(frame, ANY, "time", falling=False).tolist() == IDS
    by_tag = charts.ordered(frame, ANY, "tag", falling=True).tolist()
    assert by_tag == [IDS[1], IDS[3], IDS[2], IDS[0]]
    for by in ("tool", "project", "cost"):
        assert charts.ordered(frame, ANY, by, falling=True).tolist() == IDS[::-1]


@pytest.fixture
def mixed(workspace):
    """Three entries of different tools, projects and costs, and none of them in step with time."""
    entries = [
        LogEntry(1, START_MS, "codex", "m", "/b/Beta", Usage(input=30)),
        LogEntry(2, START_MS + 1000, "claude-code", "m", "/a/alpha", Usage(input=10)),
        LogEntry(3, START_MS + 2000, "other", "m", "/C/gamma", Usage(input=20)),
    ]
    workspace.do(SetLogged(tuple((entry, True) for entry in entries)))
    return workspace.load().frame


@pytest.mark.parametrize(
    ("by", "rising"), [("tool", [2, 1, 3]), ("project", [2, 1, 3]), ("cost", [2, 3, 1])]
)
def test_each_column_sorts_by_its_own_values_and_back(mixed, by, rising):
    assert charts.ordered(mixed, ANY, by, falling=False).tolist() == rising
    assert charts.ordered(mixed, ANY, by, falling=True).tolist() == rising[::-1]


def test_only_what_passes_the_filter_has_a_place(mixed):
    chosen = Filter(tools=frozenset(("codex", "other")))
    assert charts.ordered(mixed, chosen, "cost", falling=True).tolist() == [1, 3]
    assert charts.by_session(mixed, Filter(tools=frozenset(("codex",))))[0].tolist() == [1]


def test_there_is_no_order_by_anything_else(mixed):
    with pytest.raises(ValueError, match="prompt"):
        charts.ordered(mixed, ANY, "prompt", falling=True)


@pytest.mark.parametrize(("first", "last"), [("/one", "/two"), ("/two", "/one")])
def test_grouping_keeps_sessions_together_with_the_last_used_first(workspace, first, last):
    hour = 3_600_000
    one, two = made_reading(2, project=first), made_reading(4, project=last, gap_ms=hour)
    # The sessions take turns: 0 and 2 are of one, 1 and 3 of the other.
    one.batch.prompts[1] = one.batch.prompts[1]._replace(id=IDS[2], time_ms=START_MS + 2 * hour)
    two.batch.prompts[:] = [two.batch.prompts[n] for n in (1, 3)]
    for reading in (one, two):
        reading.batch.requests.clear()
    workspace.store.add([one, two])
    ids, sessions = charts.by_session(workspace.load().frame, ANY)
    assert ids.tolist() == [IDS[1], IDS[3], IDS[0], IDS[2]]
    assert sessions[0] == sessions[1] != sessions[2] == sessions[3]


def test_an_empty_ledger_has_an_order_too(workspace):
    frame = workspace.load().frame
    assert charts.by_session(frame, ANY)[0].tolist() == []
    assert charts.ordered(frame, ANY, "project", falling=True).tolist() == []
