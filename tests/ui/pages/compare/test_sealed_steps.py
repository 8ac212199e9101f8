import pytest

from ledger.app.sealed_round import SealedRound
from ledger.flows.team import sealed_sum
from ledger.host import team_book
from ledger.ui.pages.compare.sealed_steps import (
    ConfirmStep,
    KeysStep,
    OpenStep,
    RoundStep,
    SealStep,
)
from tests.teaming import NOW_S, PERIOD, gathered, round_of, team_of, worked
from tests.ui.pages.compare.comparing import Places, now, working


@pytest.fixture
def sealed_round(qtbot, monkeypatch, tmp_path):
    """The sealed round of the first of five people who know each other."""
    gathered(monkeypatch, tmp_path, 5)[0].sits_down()
    round_ = SealedRound(working(), now)
    round_.load()
    return round_


def show(qtbot, step):
    qtbot.addWidget(step)
    step.show()
    return step


def test_keys_are_made_before_they_are_saved(qtbot, sealed_round, tmp_path):
    step = show(qtbot, KeysStep(sealed_round, Places(tmp_path)))
    step.show_team(None, joining=False)
    assert step.save.isHidden()
    assert not step.badge.done
    step.show_team(sealed_round.team, joining=False)
    assert step.key_words.full_text().split() == list(sealed_round.team.key.words)
    assert step.name.isHidden() or step._form.isHidden()
    assert step.badge.done


def test_the_others_are_counted(qtbot, sealed_round):
    step = show(qtbot, ConfirmStep(sealed_round))
    step.show_team(sealed_round.team)
    assert "5 people" in step.state.full_text()
    assert step.badge.done
    step.show_team(None)
    assert step.inside.isHidden()


def test_a_round_is_made_of_four_weeks_that_are_over(qtbot, sealed_round, tmp_path):
    step = show(qtbot, RoundStep(sealed_round, Places(tmp_path), NOW_S))
    assert [step.period.itemData(row) for row in range(step.period.count())] == [
        "2026-P07",
        "2026-P06",
    ]
    step.show_round(sealed_round.team, None)
    assert not step.badge.done
    step.make.click()
    step.show_round(sealed_round.team, sealed_round.round)
    assert "5 people" in step.shown.full_text()
    assert step.badge.done


def test_what_is_sealed_is_what_was_shown(qtbot, sealed_round, tmp_path):
    places = Places(tmp_path)
    step = show(qtbot, SealStep(sealed_round, places))
    sealed_round.make_round(PERIOD, tmp_path / "round.json")
    proposal = sealed_sum.propose(
        sealed_round.team, sealed_round.round, worked(), NOW_S, team_book.load()
    )
    step.show_round(sealed_round.round, sealed=False)
    step.show_proposal(proposal)
    assert step.lines.lines == proposal.lines
    assert places.titles == []
    with qtbot.waitSignal(sealed_round.wrote):
        step.seal.click()
    assert sealed_round.is_sealed


def test_without_a_proposal_there_is_nothing_to_press(qtbot, sealed_round, tmp_path):
    step = show(qtbot, SealStep(sealed_round, Places(tmp_path)))
    step.show_proposal(None)
    assert step.seal.isHidden()
    assert step.lines.isHidden()


def test_a_result_of_another_round_is_not_left_standing(qtbot, sealed_round, tmp_path):
    step = show(qtbot, OpenStep(sealed_round, Places(tmp_path)))
    people = team_of(5)
    step.show_round(round_of(people))
    step.result.opened = object()
    step.show_round(round_of(people, id_=bytes(15) + b"1"))
    assert step.result.opened is None
