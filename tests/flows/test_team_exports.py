import pytest

from ledger.core.errors import LedgerError, TeamError
from ledger.export import team_card, team_key, team_round, team_seal
from ledger.flows import comparing, team_exports, team_rounds, teams
from ledger.host import export_log, team_book
from tests.teaming import NOW_S, PERIOD, gathered, worked

NOW_MS = NOW_S * 1000
CARD = comparing.card_of(worked(), PERIOD, NOW_S)


@pytest.fixture
def people(monkeypatch, tmp_path):
    return gathered(monkeypatch, tmp_path / "people", 5)


def test_x14_the_file_says_what_the_preview_said(tmp_path):
    shown = comparing.preview(CARD)
    place = team_exports.save_card(CARD, shown, tmp_path, NOW_MS)
    assert comparing.preview(team_card.read(place.read_bytes())) == shown


def test_x14_without_the_preview_nothing_is_written(tmp_path):
    shown = comparing.preview(CARD)
    for other in ((), shown[1:], comparing.numbers_in_words(CARD)):
        with pytest.raises(TeamError, match="not what would be written"):
            team_exports.save_card(CARD, other, tmp_path / "card.json", NOW_MS)
    assert not (tmp_path / "card.json").exists()
    assert export_log.exports() == ()


def test_every_export_is_written_down_with_its_fields(tmp_path):
    team_exports.save_card(CARD, comparing.preview(CARD), tmp_path, NOW_MS)
    (noted,) = export_log.exports()
    assert (noted.what, noted.period, noted.time_ms) == ("team card", "2026-P07", NOW_MS)
    assert noted.fields == ("period", *CARD.vector._fields)
    assert team_exports.cards_made() == ("2026-P07",)


def test_an_export_that_cannot_be_written_down_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setattr(export_log, "export_log_path", lambda: tmp_path / "nowhere" / "x")
    with pytest.raises(LedgerError, match="nothing was exported"):
        team_exports.save_card(CARD, comparing.preview(CARD), tmp_path / "card.json", NOW_MS)
    assert not (tmp_path / "card.json").exists()


def test_x9_neither_name_nor_time_depends_on_the_numbers(tmp_path):
    other = comparing.card_of(worked(100, 20, 3, 0, mte=90), PERIOD, NOW_S)
    places = [
        team_exports.save_card(card, comparing.preview(card), tmp_path, when)
        for card, when in ((CARD, NOW_MS), (other, NOW_MS + 10**9))
    ]
    assert len({place.stat().st_size for place in places}) == 1
    assert {place.stat().st_mtime for place in places} == {PERIOD.until_s}
    assert len({len(place.name) for place in places}) == 1


def test_keys_rounds_and_seals_are_files_of_their_kind(people, tmp_path):
    people[0].sits_down()
    team = teams.named("atlas")
    key = team_exports.save_key(team, tmp_path, NOW_MS)
    assert team_key.read(key.read_bytes()) == team.key
    place = team_exports.save_round(team, PERIOD, tmp_path, NOW_MS)
    round_ = team_round.read(place.read_bytes())
    assert round_.members == team.members
    book = team_book.load()
    proposal = team_rounds.propose(team, round_, worked(), NOW_S, book)
    seal = team_exports.save_seal(proposal, proposal.lines, tmp_path, NOW_MS)
    assert team_seal.read(seal.read_bytes(), round_).sender == team.key.sign
    kinds = [noted.what for noted in export_log.exports()]
    assert kinds[-3:] == ["team key", "round", "sealed numbers"]


def test_a_taken_name_is_refused_before_anything_is_sealed(people, tmp_path):
    people[0].sits_down()
    team = teams.named("atlas")
    round_ = team_round.read(team_rounds.make_round(team, PERIOD, NOW_S))
    proposal = team_rounds.propose(team, round_, worked(), NOW_S, team_book.load())
    (tmp_path / "taken.json").write_text("mine")
    with pytest.raises(TeamError, match="exists already"):
        team_exports.save_seal(proposal, proposal.lines, tmp_path / "taken.json", NOW_MS)
    assert teams.named("atlas").sealed == ()
