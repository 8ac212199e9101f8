import json

import pytest

from ledger.core.errors import LedgerError
from ledger.core.goals import Goal, Measure
from ledger.flows.filter_words.vocabulary import Names
from ledger.flows.goals import MOST, fits, load, measure_of, path_of, save, usable, with_goal

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
