import os

import pytest

from ledger.core.errors import LedgerError, TeamError
from ledger.core.sealed_sum import TeamBook
from ledger.core.team import Period, last_four_weeks
from ledger.export import sealing, team_files
from ledger.export.sealing import member_key
from ledger.flows.team import exchange, open_cards, sealed_sum
from ledger.host import export_log, team_book
from tests.teaming import (
    NOW_S,
    PERIOD,
    card,
    cards,
    gathered,
    round_of,
    sealed_by,
    secrets_of,
    team_of,
    worked,
)

CARD = team_files.encode_card(card())


def test_a_folder_gives_the_files_of_one_kind_and_passes_over_the_others(tmp_path):
    (tmp_path / "b.json").write_bytes(CARD)
    (tmp_path / "key.json").write_bytes(team_files.encode_key(member_key(secrets_of(1))))
    (tmp_path / "notes.txt").write_text("hello")
    assert [file.path.name for file in exchange.files_given([tmp_path], "card")] == ["b.json"]
    assert [file.path.name for file in exchange.files_given([tmp_path], "key")] == ["key.json"]


def test_a_json_file_of_somebody_elses_is_not_passed_over_in_silence(tmp_path):
    (tmp_path / "a.json").write_text("{}")
    (file,) = exchange.files_given([tmp_path], "card")
    problem = exchange.with_file_name(file, TeamError("This is not a team card.", "Look."))
    assert str(problem) == "a.json: This is not a team card. Look."


def test_a_folder_without_such_files_is_told(tmp_path):
    with pytest.raises(TeamError, match="Nothing here is a team card"):
        exchange.files_given([tmp_path], "card")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TeamError, match="could not be read"):
        exchange.files_given([tmp_path / "none.json"], "card")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(TeamError, match="no ordinary file"):
        exchange.files_given([tmp_path / "pipe.json"], "card")


def test_no_more_is_read_of_a_huge_file_than_shows_that_it_is_none_of_ours(tmp_path):
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(1 << 30)
    (huge,) = exchange.files_given([tmp_path / "huge.json"], "card")
    assert len(huge.data) < 100_000
    with pytest.raises(TeamError, match="not a team card"):
        team_files.decode_card(huge.data)


def test_nothing_is_written_over(tmp_path):
    taken = tmp_path / "card.json"
    taken.write_text("mine")
    with pytest.raises(TeamError, match="exists already"):
        exchange.free_place(taken, "card")
    assert taken.read_text() == "mine"


def test_in_a_folder_the_name_is_random(tmp_path):
    first, second = (exchange.free_place(tmp_path, "seal") for _ in range(2))
    assert first.parent == second.parent == tmp_path
    assert first.name.startswith("team-seal-")
    assert first != second


def test_x9_the_time_of_a_file_is_the_end_of_its_period(tmp_path):
    place = tmp_path / "card.json"
    exchange.write_file(place, CARD, PERIOD)
    assert place.read_bytes() == CARD
    assert place.stat().st_mtime == PERIOD.until_s
    assert place.stat().st_mode & 0o777 == 0o600
    exchange.write_file(tmp_path / "key.json", b"x", None)
    assert (tmp_path / "key.json").stat().st_mtime == 0


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(TeamError, match="could not be written"):
        exchange.write_file(tmp_path / "nowhere" / "card.json", CARD, PERIOD)


@pytest.fixture
def folder(tmp_path):
    for number, given in enumerate(cards(6)):
        (tmp_path / f"{number}.json").write_bytes(team_files.encode_card(given))
    return tmp_path


def test_ones_own_card_comes_with_its_bytes_and_all_that_is_said_before():
    own = exchange.own_card(worked(), PERIOD, NOW_S, ())
    assert own.data == team_files.encode_card(own.card)
    assert own.lines == open_cards.preview(own.card)
    assert own.notes[0] == open_cards.YOURS


def test_cards_in_a_folder_are_added_up_with_ones_own_beside(folder):
    opened = exchange.open_given_cards([folder], worked(), NOW_S)
    assert opened.card.participants == 6
    assert opened.missing == ""
    assert opened.card.kept.own is not None
    assert team_book.load().compared.people == 6


def test_ones_own_is_missing_with_the_reason(folder):
    thin = exchange.open_given_cards([folder], worked(2, 0, 0, 0), NOW_S)
    assert thin.card.kept.own is None
    assert "20" in thin.missing
    assert "demo" in exchange.open_given_cards([folder], None, NOW_S).missing


def test_fewer_than_five_are_refused_and_nothing_is_remembered(folder):
    few = [folder / f"{number}.json" for number in range(4)]
    with pytest.raises(TeamError, match="5 are the least"):
        exchange.open_given_cards(few, None, NOW_S)
    assert team_book.load().compared is None


def test_a_file_that_is_no_card_is_named(folder):
    (folder / "9.json").write_bytes(b"{}")
    with pytest.raises(TeamError, match=r"9\.json"):
        exchange.open_given_cards([folder], None, NOW_S)


def test_keys_and_rounds_come_out_as_they_went_in(tmp_path):
    people = team_of(5)
    key, round_ = tmp_path / "key.json", tmp_path / "round.json"
    key.write_bytes(team_files.encode_key(sealing.member_key(people[0])))
    data = team_files.encode_round(round_of(people), people[0])
    round_.write_bytes(data)
    assert exchange.read_key(key) == sealing.member_key(people[0])
    assert exchange.read_round(round_) == (round_of(people), data)
    with pytest.raises(TeamError, match=r"key\.json"):
        exchange.read_round(key)
    with pytest.raises(TeamError, match=r"round\.json"):
        exchange.read_key(round_)


def test_sealed_files_are_added_up_only_when_all_are_there(tmp_path):
    people = team_of(5)
    round_ = round_of(people)
    for number, seal in enumerate(sealed_by(people, round_, [given.vector for given in cards(5)])):
        (tmp_path / f"{number}.json").write_bytes(team_files.encode_seal(seal))
    opened = exchange.open_seals(round_, [tmp_path], TeamBook())
    assert opened.card.participants == 5
    assert opened.missing
    (tmp_path / "3.json").unlink()
    with pytest.raises(TeamError, match="missing"):
        exchange.open_seals(round_, [tmp_path], TeamBook())


@pytest.mark.parametrize("year", range(2024, 2029))
def test_every_period_offered_is_over_and_none_is_offered_twice(year):
    for month in (1, 4, 8, 12):
        now = Period(year, quarter=(month + 2) // 3).since_s + 20 * 86_400
        offered = exchange.periods_over(now)
        assert all(period.has_ended(now) for period in offered)
        assert len(set(offered)) == len(offered)
        assert last_four_weeks(now) in offered
        rounds = exchange.rounds_possible(now)
        assert rounds[0] == last_four_weeks(now)
        assert len(rounds) == 2


NOW_MS = NOW_S * 1000
OWN_CARD = open_cards.card_of(worked(), PERIOD, NOW_S)


@pytest.fixture
def people(monkeypatch, tmp_path):
    return gathered(monkeypatch, tmp_path / "people", 5)


def test_x14_the_file_says_what_the_preview_said(tmp_path):
    shown = open_cards.preview(OWN_CARD)
    place = exchange.save_card(OWN_CARD, shown, tmp_path, NOW_MS)
    assert open_cards.preview(team_files.decode_card(place.read_bytes())) == shown


def test_x14_without_the_preview_nothing_is_written(tmp_path):
    shown = open_cards.preview(OWN_CARD)
    for other in ((), shown[1:], open_cards.numbers_in_words(OWN_CARD)):
        with pytest.raises(TeamError, match="not what would be written"):
            exchange.save_card(OWN_CARD, other, tmp_path / "card.json", NOW_MS)
    assert not (tmp_path / "card.json").exists()
    assert export_log.exports() == ()


def test_every_export_is_written_down_with_its_fields(tmp_path):
    exchange.save_card(OWN_CARD, open_cards.preview(OWN_CARD), tmp_path, NOW_MS)
    (noted,) = export_log.exports()
    assert (noted.what, noted.period, noted.time_ms) == ("team card", "2026-P07", NOW_MS)
    assert noted.fields == ("period", *OWN_CARD.vector._fields)
    assert exchange.cards_made() == ("2026-P07",)


def test_an_export_that_cannot_be_written_down_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setattr(export_log, "export_log_path", lambda: tmp_path / "nowhere" / "x")
    with pytest.raises(LedgerError, match="nothing was exported"):
        exchange.save_card(OWN_CARD, open_cards.preview(OWN_CARD), tmp_path / "card.json", NOW_MS)
    assert not (tmp_path / "card.json").exists()


def test_x9_neither_name_nor_time_depends_on_the_numbers(tmp_path):
    other = open_cards.card_of(worked(100, 20, 3, 0, mte=90), PERIOD, NOW_S)
    places = [
        exchange.save_card(card, open_cards.preview(card), tmp_path, when)
        for card, when in ((OWN_CARD, NOW_MS), (other, NOW_MS + 10**9))
    ]
    assert len({place.stat().st_size for place in places}) == 1
    assert {place.stat().st_mtime for place in places} == {PERIOD.until_s}
    assert len({len(place.name) for place in places}) == 1


def test_keys_rounds_and_seals_are_files_of_their_kind(people, tmp_path):
    people[0].sits_down()
    team = sealed_sum.named("atlas")
    key = exchange.save_key(team, tmp_path, NOW_MS)
    assert team_files.decode_key(key.read_bytes()) == team.key
    place = exchange.save_round(team, PERIOD, tmp_path, NOW_MS)
    round_ = team_files.decode_round(place.read_bytes())
    assert round_.members == team.members
    book = team_book.load()
    proposal = sealed_sum.propose(team, round_, worked(), NOW_S, book)
    seal = exchange.save_seal(proposal, proposal.lines, tmp_path, NOW_MS)
    assert team_files.decode_seal(seal.read_bytes(), round_).sender == team.key.sign
    kinds = [noted.what for noted in export_log.exports()]
    assert kinds[-3:] == ["team key", "round", "sealed numbers"]


def test_a_taken_name_is_refused_before_anything_is_sealed(people, tmp_path):
    people[0].sits_down()
    team = sealed_sum.named("atlas")
    round_ = team_files.decode_round(sealed_sum.make_round(team, PERIOD, NOW_S))
    proposal = sealed_sum.propose(team, round_, worked(), NOW_S, team_book.load())
    (tmp_path / "taken.json").write_text("mine")
    with pytest.raises(TeamError, match="exists already"):
        exchange.save_seal(proposal, proposal.lines, tmp_path / "taken.json", NOW_MS)
    assert sealed_sum.named("atlas").sealed == ()
