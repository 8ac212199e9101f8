"""A declared trial."""

from datetime import date

import pytest

from ledger.core.trials import Trial, given_up

START = date(2026, 11, 1)


def test_the_last_day_counts():
    assert Trial("x", START, 28, START).last == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("declared", "beforehand"),
    [(date(2026, 10, 31), True), (START, True), (date(2026, 11, 2), False)],
)
def test_a_trial_is_declared_beforehand_or_not(declared, beforehand):
    assert Trial("x", START, 28, declared).is_beforehand is beforehand


def test_a_trial_that_is_given_up_stays_in_its_place_and_the_others_as_they_were():
    first, second = Trial("x", START, 28, START), Trial("y", START, 14, START)
    ended = date(2026, 11, 5)
    assert given_up((first, second), first, ended) == (first._replace(given_up=ended), second)
