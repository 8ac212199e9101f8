import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import TeamError
from ledger.core.sealed_sum import Headcount
from ledger.core.team import Period, Vector
from ledger.export import team_files as file
from ledger.flows.team.open_cards import (
    card_of,
    compare,
    headcount_notes,
    implied,
    overlap_notes,
    preview,
    team_card,
)
from tests.metrics.rows import Row, Use, frame
from tests.teaming import NOW_S, PERIOD, QUARTER, card, cards, work, worked


def test_a_card_holds_what_became_of_the_half_hours_of_its_period():
    own = card_of(worked(24, 8, 4, 4, mte=10, explored=2), PERIOD, NOW_S)
    assert own.period == PERIOD
    assert own.vector == Vector(1, 40, 25, 10, 5, 5, 10, 2)


def test_what_lies_outside_the_period_is_in_no_card():
    before = work(30, project="/p/other", period=Period.read("2026-P06"))
    later = work(30, project="/p/third", period=Period.read("2026-P08"))
    inside = work()
    rows = [replace(row, id=n) for n, row in enumerate([*before, *inside, *later])]
    assert card_of(frame(rows), PERIOD, NOW_S) == card_of(worked(), PERIOD, NOW_S)


def test_a_period_that_still_runs_makes_no_card():
    with pytest.raises(TeamError, match="has not ended"):
        card_of(worked(), PERIOD, PERIOD.until_s - 1)
    assert card_of(worked(), PERIOD, PERIOD.until_s)


@pytest.mark.parametrize("count", [0, 1, 19])
def test_x15_a_person_with_fewer_than_twenty_blocks_is_refused_with_the_reason(count):
    rows = work(20, 0, 0, 0)[:count]
    with pytest.raises(TeamError, match=f"you have {count} half-hours? of .* needs 20") as caught:
        card_of(frame(rows), PERIOD, NOW_S)
    assert "Sit this period out" in caught.value.hint
    assert card_of(worked(20, 0, 0, 0), PERIOD, NOW_S).vector.blocks == 20


def test_a_card_is_refused_when_nobody_knows_what_much_of_it_cost():
    rows = [*work(), Row(id=50_000, time_s=PERIOD.since_s, uses=(
        Use(requests=20, unknown=20, quarter=PERIOD.since_s // 900),))]  # fmt: skip
    with pytest.raises(TeamError, match="nobody knows how many tokens"):
        card_of(frame(rows), PERIOD, NOW_S)


def test_i13_a_suggestion_changes_no_card():
    plain = worked()
    hinted = replace(plain, suggested=np.full(len(plain), 1), confidence=np.full(len(plain), 99))
    assert card_of(hinted, PERIOD, NOW_S) == card_of(plain, PERIOD, NOW_S)


def test_x14_the_preview_explains_every_field_of_the_file_with_its_value():
    own = card()
    lines = preview(own)
    document = json.loads(file.encode_card(own))
    assert {line.field: line.value for line in lines} == {k: str(v) for k, v in document.items()}
    assert all(len(line.words) > 15 for line in lines)
    assert "from 15 June 2026 to 12 July 2026 (UTC)" in {line.words for line in lines}


def test_what_can_be_worked_out_of_a_card_is_said_too():
    sentence = implied(card())
    assert "you kept 62\u202f% of your half-hours" in sentence
    assert "3.4 to 4.1 half-hours of kept work per million" in sentence
    assert implied(card(te=0, te_explore=0)).endswith("half-hours.")


def test_a_team_sees_sums_over_everybody_and_nothing_of_anybody():
    team = compare(cards(5))
    assert (team.participants, team.period) == (5, PERIOD)
    assert team.kept.team == 175 / 250
    assert team.unknown.team == team.edited.team == team.thrown.team == 25 / 250
    assert team.coverage.team == 0.9
    assert team.exploration.team == 10 / 60
    assert team.ratio.lower == (175 + 12.5) / 50
    assert team.ratio.upper == (175 + 12.5 + 25) / 50
    assert team.ratio.least == (175 + 6.25) / 50
    assert team.ratio.most == (175 + 18.75 + 25) / 50
    assert team.rounding_blocks == 12.5 / 250
    assert team.rounding_mte == 2.5 / 50


def test_calling_work_an_experiment_helps_a_ratio_by_a_third_at_most():
    honest = [replace(given, vector=given.vector._replace(te_explore=0)) for given in cards(5)]
    clever = [
        replace(given, vector=given.vector._replace(te_explore=given.vector.te))
        for given in cards(5)
    ]
    assert compare(clever).ratio.lower == pytest.approx(compare(honest).ratio.lower / 0.75)


def test_ones_own_value_lies_beside_the_teams_on_ones_own_screen_only():
    team = compare(cards(5), card(blocks=40, kept=40, edited=0, thrown=0, unknown=0))
    assert team.kept.own == 1.0
    assert team.kept.distance == pytest.approx(0.3)
    assert team.own_ratio.lower == 40 / 8
    assert compare(cards(5)).own_ratio is None
    assert compare(cards(5), card(period=QUARTER)).kept.own is None


@pytest.mark.parametrize(("count", "count_text"), [(0, "0 cards"), (1, "one card"), (4, "4 cards")])
def test_fewer_than_five_are_refused_with_what_to_do_instead(count, count_text):
    with pytest.raises(TeamError, match=f"{count_text}; 5 are the least") as caught:
        compare(cards(count))
    assert "Talk to each other" in caught.value.hint


def test_cards_of_different_periods_are_refused():
    with pytest.raises(TeamError, match="2026-P07, 2026-Q3"):
        compare([*cards(5), card(period=QUARTER)])


def test_the_same_card_twice_is_refused():
    with pytest.raises(TeamError, match="there twice"):
        compare([*cards(5), cards(1)[0]])


def test_a_crowd_is_no_team():
    with pytest.raises(TeamError, match="no team"):
        team_card(card().vector._replace(n=101), PERIOD)


def test_sums_that_cannot_be_are_refused():
    total = Vector(5, 200, 125, 25, 25, 25, 50, 10)
    assert team_card(total, PERIOD).participants == 5
    with pytest.raises(TeamError, match="cannot be added up"):
        team_card(total._replace(te=501), PERIOD)


def test_without_tokens_there_is_no_ratio_and_so_no_card():
    free = [replace(given, vector=given.vector._replace(te=0, te_explore=0)) for given in cards(5)]
    with pytest.raises(TeamError, match="too few tokens"):
        compare(free)


def test_sums_without_any_fate_say_nothing():
    with pytest.raises(TeamError, match="say nothing"):
        team_card(Vector(5, 200, 0, 0, 0, 0, 50, 0), PERIOD)


@pytest.mark.parametrize(
    ("before", "now", "warned"),
    [(None, 6, False), (6, 6, False), (6, 5, True), (5, 7, True), (5, 8, False), (9, 6, False)],
)
def test_a_change_of_one_or_two_people_is_named_as_a_way_to_tell_them_apart(before, now, warned):
    earlier = before and Headcount(Period.read("2026-P06"), before)
    assert bool(headcount_notes(earlier, Headcount(PERIOD, now))) is warned
    again = before and Headcount(PERIOD, before)
    notes = headcount_notes(again, Headcount(PERIOD, now))
    assert bool(notes) is warned
    assert all("this period before" in note for note in notes)


def test_the_note_about_changed_people_comes_with_the_comparison():
    assert compare(cards(5)).notes == ()
    (note,) = compare(cards(5), before=Headcount(PERIOD, 6)).notes
    assert "6 cards instead of 5" in note


def test_a_card_that_shares_days_with_an_earlier_one_is_named():
    (note,) = overlap_notes(PERIOD, ("2026-Q2", "2026-Q3", "2026-P07", "2026-P08", "nonsense"))
    assert "2026-Q2, 2026-Q3" in note
    assert "P08" not in note
    assert overlap_notes(PERIOD, ("2026-P07", "2026-P06")) == ()


@settings(max_examples=30)
@given(st.permutations(range(6)), st.integers(0, 5))
def test_the_order_of_files_changes_nothing(order, own):
    given = cards(6)
    assert compare([given[at] for at in order], given[own]) == compare(given, given[own])
