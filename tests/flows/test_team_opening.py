import pytest

from ledger.core.errors import TeamError
from ledger.core.sealed import TeamBook
from ledger.core.team_periods import Period, last_four_weeks
from ledger.export import sealing, team_card, team_key, team_round, team_seal
from ledger.flows import comparing, team_opening
from ledger.host import team_book
from tests.teaming import (
    NOW_S,
    PERIOD,
    cards,
    round_of,
    sealed_by,
    team_of,
    worked,
)


@pytest.fixture
def folder(tmp_path):
    for number, one in enumerate(cards(6)):
        (tmp_path / f"{number}.json").write_bytes(team_card.written(one))
    return tmp_path


def test_ones_own_card_comes_with_its_bytes_and_all_that_is_said_before():
    made = team_opening.own_card(worked(), PERIOD, NOW_S, ())
    assert made.data == team_card.written(made.card)
    assert made.lines == comparing.preview(made.card)
    assert made.notes[0] == comparing.YOURS


def test_cards_in_a_folder_are_added_up_with_ones_own_beside(folder):
    opened = team_opening.open_cards([folder], worked(), NOW_S)
    assert opened.card.participants == 6
    assert opened.missing == ""
    assert opened.card.kept.own is not None
    assert team_book.load().compared.people == 6


def test_ones_own_is_missing_with_the_reason(folder):
    thin = team_opening.open_cards([folder], worked(2, 0, 0, 0), NOW_S)
    assert thin.card.kept.own is None
    assert "20" in thin.missing
    assert "demo" in team_opening.open_cards([folder], None, NOW_S).missing


def test_fewer_than_five_are_refused_and_nothing_is_remembered(folder):
    few = [folder / f"{number}.json" for number in range(4)]
    with pytest.raises(TeamError, match="5 are the least"):
        team_opening.open_cards(few, None, NOW_S)
    assert team_book.load().compared is None


def test_a_file_that_is_no_card_is_named(folder):
    (folder / "9.json").write_bytes(b"{}")
    with pytest.raises(TeamError, match=r"9\.json"):
        team_opening.open_cards([folder], None, NOW_S)


def test_keys_and_rounds_come_out_as_they_went_in(tmp_path):
    people = team_of(5)
    key, round_ = tmp_path / "key.json", tmp_path / "round.json"
    key.write_bytes(team_key.written(sealing.member_key(people[0])))
    data = team_round.signed(round_of(people), people[0])
    round_.write_bytes(data)
    assert team_opening.read_key(key) == sealing.member_key(people[0])
    assert team_opening.read_round(round_) == (round_of(people), data)
    with pytest.raises(TeamError, match=r"key\.json"):
        team_opening.read_round(key)
    with pytest.raises(TeamError, match=r"round\.json"):
        team_opening.read_key(round_)


def test_sealed_files_are_added_up_only_when_all_are_there(tmp_path):
    people = team_of(5)
    round_ = round_of(people)
    for number, seal in enumerate(sealed_by(people, round_, [one.vector for one in cards(5)])):
        (tmp_path / f"{number}.json").write_bytes(team_seal.written(seal))
    opened = team_opening.open_seals(round_, [tmp_path], TeamBook())
    assert opened.card.participants == 5
    assert opened.missing
    (tmp_path / "3.json").unlink()
    with pytest.raises(TeamError, match="missing"):
        team_opening.open_seals(round_, [tmp_path], TeamBook())


@pytest.mark.parametrize("year", range(2024, 2029))
def test_every_period_offered_is_over_and_none_is_offered_twice(year):
    for month in (1, 4, 8, 12):
        now = Period(year, quarter=(month + 2) // 3).since_s + 20 * 86_400
        offered = team_opening.periods_over(now)
        assert all(one.has_ended(now) for one in offered)
        assert len(set(offered)) == len(offered)
        assert last_four_weeks(now) in offered
        rounds = team_opening.rounds_possible(now)
        assert rounds[0] == last_four_weeks(now)
        assert len(rounds) == 2
