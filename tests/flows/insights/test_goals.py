import json
from datetime import UTC, date, datetime

import pytest

from ledger.core.errors import LedgerError
from ledger.core.goals import Goal, GoalState, Measure
from ledger.core.vocabulary import Kind, Tag
from ledger.flows.filters.resolver import Names
from ledger.flows.insights.goals import (
    MOST,
    digest,
    fits,
    goal_status,
    goal_statuses,
    load,
    measure_of,
    path_of,
    quiet_hours,
    save,
    usable,
    with_goal,
)
from tests.metrics.kinds import HOUR, kinds_frame

GOAL = Goal(measure=Measure.THROWN, percent=20, words="kind:refactor")
NAMES = Names(projects=("/p",), labels=("bug",))


def test_goals_come_back_in_their_order(tmp_path):
    path = path_of(tmp_path / "ledger.db")
    other = Goal(measure=Measure.COVERAGE, percent=80, days=90, grace_days=0)
    save(path, (other, GOAL))
    assert load(path) == (other, GOAL)


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"measure": "tokens", "percent": 20},
        {"measure": "kept", "percent": "20"},
        {"measure": "kept", "percent": True},
        {"measure": "kept", "percent": 100},
        {"measure": "kept", "percent": 20, "days": 1},
        {"measure": "kept", "percent": 20, "words": 7},
        {"measure": "kept", "percent": 20, "later": "x"},
        {"measure": ["kept"], "percent": 20},
    ],
)
def test_what_is_no_goal_is_left_out(tmp_path, item):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"goals": [item]}))
    assert load(path) == ()


@pytest.mark.parametrize("word", ["tokens", "Prompts", "cost", "money", "lines", "sessions"])
def test_a_goal_on_an_amount_is_refused_with_the_reason(word):
    with pytest.raises(LedgerError) as told:
        measure_of(word)
    assert "refused" in told.value.title
    assert "gets produced" in told.value.hint


@pytest.mark.parametrize(
    ("word", "measure"),
    [("thrown", Measure.THROWN), ("Kept share", Measure.KEPT), ("coverage", Measure.COVERAGE)],
)
def test_a_few_letters_name_a_measure(word, measure):
    assert measure_of(word) is measure


@pytest.mark.parametrize(("word", "hint"), [("keptt", "Did you mean kept?"), ("", "There are")])
def test_what_is_no_measure_is_told_with_the_nearest(word, hint):
    with pytest.raises(LedgerError) as told:
        measure_of(word)
    assert told.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("last:7d", "always looks at its last days"),
        ("retry", "searched for"),
        ("tag:kept", "choose its own tags"),
        ("intent:experiment", "about deliveries"),
        ("kind:nothing", "There is no kind"),
    ],
)
def test_words_that_make_no_honest_goal_are_refused(words, told):
    with pytest.raises(LedgerError, match=told):
        usable(Goal(measure=Measure.KEPT, percent=50, words=words), NAMES)


def test_words_are_tidied():
    made = usable(Goal(measure=Measure.KEPT, percent=50, words=" kind:draft  label:bug "), NAMES)
    assert made.words == "kind:draft label:bug"


def test_a_second_goal_on_the_same_replaces_the_first():
    stricter = Goal(measure=Measure.THROWN, percent=10, words="kind:refactor")
    assert with_goal((GOAL,), stricter) == (stricter,)
    other = Goal(measure=Measure.KEPT, percent=10, words="kind:refactor")
    assert with_goal((GOAL,), other) == (GOAL, other)


def test_there_is_a_most():
    many = tuple(Goal(measure=Measure.KEPT, percent=50, words=f"label:{n}") for n in range(MOST))
    with pytest.raises(LedgerError, match="already"):
        with_goal(many, GOAL)


def test_numbers_have_their_limits():
    assert fits(1, 7, 0)
    assert not any((fits(0, 28, 7), fits(99, 6, 7), fits(99, 28, 61), fits(50, 366, 0)))


TODAY = date(2026, 11, 22)
START_S = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
THROWN = Goal(measure=Measure.THROWN, percent=20, grace_days=0)


def made(kept, thrown, untagged=0, *, days_ago=1, kind=Kind.REFACTOR):
    """Return one block every hour, so many days ago, the untagged ones last."""
    tags = [Tag.KEPT] * kept + [Tag.THROWN_AWAY] * thrown + [0] * untagged
    rows = [(n * HOUR - days_ago * 24 * HOUR, kind, tag) for n, tag in enumerate(tags)]
    return kinds_frame(*rows, start_s=START_S - len(tags) * HOUR)


def stands(goal, frame, today=TODAY):
    return goal_status(goal, frame, today, UTC)


@pytest.mark.parametrize(
    ("kept", "thrown", "state"),
    [
        (40, 0, GoalState.MET),
        (20, 20, GoalState.NOT_MET),
        (35, 5, GoalState.EARLY),
        (4, 0, GoalState.EARLY),
        (0, 0, GoalState.EARLY),
    ],
)
def test_a_goal_is_told_only_as_far_as_the_interval_says(kept, thrown, state):
    assert stands(THROWN, made(kept, thrown)).state is state


def test_the_sentence_has_share_interval_and_number():
    text = stands(THROWN, made(20, 20)).text.replace("\u202f", " ")
    assert text == "Not met: 50 % (35–65 %) of 40 half-hours of work in the last 28 days."


def test_a_goal_that_is_to_be_reached():
    goal = Goal(measure=Measure.KEPT, percent=60, grace_days=0)
    assert stands(goal, made(38, 2)).state is GoalState.MET
    assert stands(goal, made(10, 30)).state is GoalState.NOT_MET
    assert stands(goal, made(26, 14)).state is GoalState.EARLY


def test_leaving_failures_untagged_makes_no_goal():
    found = stands(THROWN, made(40, 0, 15))
    assert found.state is GoalState.EARLY
    assert "what is left untagged could decide" in found.text


def test_too_little_work_says_how_much_is_needed():
    assert "It needs 8 half-hours of work, 4 so far." in stands(THROWN, made(4, 0)).text


def test_few_tagged_blocks_of_many_are_not_shown_as_a_share():
    found = stands(THROWN, made(2, 1, 30))
    assert (found.share, found.low, found.high, found.blocks) == (None, None, None, 33)


def test_coverage_is_counted_and_has_no_interval():
    goal = Goal(measure=Measure.COVERAGE, percent=80, grace_days=0)
    found = stands(goal, made(9, 0, 1))
    assert (found.state, found.share) == (GoalState.MET, 0.9)
    assert stands(goal, made(5, 0, 5)).state is GoalState.NOT_MET


def test_a_goal_looks_at_its_work_and_its_days_only():
    goal = Goal(measure=Measure.THROWN, percent=20, words="kind:draft", grace_days=0)
    assert stands(goal, made(0, 40)).blocks == 0
    assert stands(THROWN, made(0, 40, days_ago=40)).blocks == 0


def test_a_miss_counts_only_once_it_has_lasted():
    goal = Goal(measure=Measure.THROWN, percent=20, grace_days=7)
    fresh = made(10, 30)
    assert stands(goal, fresh).state is GoalState.GRACE
    assert "That counts once it has lasted 7 days." in stands(goal, fresh).text
    assert stands(goal, made(10, 30, days_ago=9)).state is GoalState.NOT_MET


def test_words_that_mean_nothing_any_more_say_so():
    goal = Goal(measure=Measure.KEPT, percent=50, words="label:gone")
    with pytest.raises(LedgerError):
        stands(goal, made(9, 9))
    (only,) = goal_statuses([goal], made(9, 9), TODAY, UTC)
    assert (only.state, only.share) == (GoalState.EARLY, None)
    assert "There is no label" in only.text


def test_the_weekly_line_comes_on_its_day_outside_quiet_hours():
    found = goal_statuses([THROWN, Goal(measure=Measure.KEPT, percent=60)], made(40, 0), TODAY, UTC)
    line = digest(found, TODAY, 12, "sunday")
    assert line.text == "Your 2 goals this week: 2 met."
    assert digest(found, TODAY, 12, "monday") is None
    assert digest(found, TODAY, 12, "never") is None
    assert digest(found, TODAY, 12, "sunday", quiet_hours(9, 18)) is None
    assert digest([], TODAY, 12, "sunday") is None


def test_quiet_hours_may_pass_midnight():
    assert quiet_hours(22, 2) == (22, 23, 0, 1)
    assert quiet_hours(9, 9) == ()
