import json

import pytest

from ledger.cli import team as cli_team
from ledger.core.team import Period
from ledger.export import team_files
from ledger.host import export_log
from tests.cli.printed import listed
from tests.making import claude_log
from tests.teaming import card, cards

PERIOD = Period.read("2026-P06")  # the logs of these tests are of 28 May
CARD = ("team", "card", "--period", "2026-P06", "--out")


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr(cli_team, "now_ms", lambda: PERIOD.until_s * 1000 + 5)


@pytest.fixture
def worked(program, scratch_home):
    """A ledger of forty half-hours, thirty of them kept."""
    claude_log(scratch_home, "s1", 40)
    assert program("import")[0] == 0
    ids = [row["id"] for row in listed(program, "--limit", "100")]
    assert program("tag", *ids[:30], "kept")[0] == 0
    return scratch_home


def lay_out(folder, count: int, period: Period = PERIOD) -> None:
    folder.mkdir()
    for number, card_ in enumerate(cards(count, period)):
        (folder / f"{number}.json").write_bytes(team_files.encode_card(card_))


def test_a_card_is_shown_and_written_after_consent(program, worked, tmp_path):
    place = tmp_path / "card.json"
    code, out, _ = program(*CARD, str(place), "--yes")
    assert code == 0
    card_ = team_files.decode_card(place.read_bytes())
    assert (card_.vector.blocks, card_.vector.kept, card_.vector.unknown) == (40, 30, 10)
    assert "knows that it is yours" in out
    assert "half-hours of a project in which you started AI work" in out
    assert "Whoever reads it can work out that you kept 75\u202f%" in out
    assert str(place) in out


def test_x14_without_consent_nothing_is_written(program, worked, tmp_path):
    code, out, error = program(*CARD, str(tmp_path / "card.json"))
    assert code == 1
    assert "knows that it is yours" in out
    assert "Nothing was written" in error
    assert list(tmp_path.iterdir()) == []
    assert export_log.exports() == ()


def test_scripts_see_the_content_first_and_then_write_it(program, worked, tmp_path):
    code, out, _ = program(*CARD, str(tmp_path), "--json")
    first = json.loads(out)
    assert (code, first["written"], list(tmp_path.iterdir())) == (0, None, [])
    second = json.loads(program(*CARD, str(tmp_path), "--json", "--yes")[1])
    assert second["fields"] == first["fields"]
    (place,) = tmp_path.iterdir()
    assert second["written"] == str(place)


def test_x15_a_person_with_too_little_is_refused_and_nothing_is_written(
    program, imported, tmp_path
):
    code, _, error = program(*CARD, str(tmp_path / "card.json"), "--yes")
    assert code == 1
    assert "you have 3 half-hours" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("period", ["2026-W25", "2026-Q3", "2026-P13"])
def test_a_period_that_is_none_or_still_runs_is_refused(program, worked, tmp_path, period):
    code, _, error = program("team", "card", "--period", period, "--out", str(tmp_path), "--yes")
    assert code == 1
    assert "period" in error or "has not ended" in error


def test_a_second_card_with_shared_days_is_named(program, worked, tmp_path):
    program(*CARD, str(tmp_path), "--yes")
    quarter = ("team", "card", "--period", "2026-Q2", "--out", str(tmp_path), "--json")
    assert program(*quarter)[0] == 1  # the quarter still runs on 15 June
    assert "shares days" not in program(*CARD, str(tmp_path), "--json")[1]


def test_a_folder_of_cards_is_compared(program, worked, tmp_path):
    lay_out(tmp_path / "cards", 6)
    code, out, _ = program("team", "compare", str(tmp_path / "cards"))
    assert code == 0
    assert "6 people, 2026-P06" in out
    assert "Coverage: 90\u202f%" in out
    assert "not known: you 25\u202f%, team 10\u202f%, 15 points above" in out


def test_a_comparison_for_scripts_has_sums_and_ones_own_and_nobody_elses(program, worked, tmp_path):
    lay_out(tmp_path / "cards", 5)
    result = json.loads(program("team", "compare", str(tmp_path / "cards"), "--json")[1])
    assert result["participants"] == 5
    assert result["kept"] == {"team": 0.7, "own": 0.75}
    assert result["own_missing"] is None
    assert not {"cards", "rows", "people", "min", "max", "rank"} & result.keys()


def test_without_ones_own_card_the_reason_is_told(program, imported, tmp_path):
    lay_out(tmp_path / "cards", 5)
    code, out, _ = program("team", "compare", str(tmp_path / "cards"))
    assert code == 0
    assert "Your own numbers are not beside it. In 2026-P06 you have 3 half-hours" in out


def test_fewer_than_five_are_refused(program, tmp_path):
    lay_out(tmp_path / "cards", 4)
    code, out, error = program("team", "compare", str(tmp_path / "cards"))
    assert (code, out) == (1, "")
    assert "5 are the least" in error


def test_a_spoilt_card_is_named_and_nothing_is_compared(program, tmp_path):
    lay_out(tmp_path / "cards", 6)
    (tmp_path / "cards" / "3.json").write_bytes(team_files.encode_card(card(te=101)))
    code, out, error = program("team", "compare", str(tmp_path / "cards"))
    assert (code, out) == (1, "")
    assert "3.json: This card cannot be true" in error


def test_one_card_less_than_last_time_is_named(program, imported, tmp_path):
    lay_out(tmp_path / "six", 6)
    lay_out(tmp_path / "five", 5)
    assert "instead of" not in program("team", "compare", str(tmp_path / "six"))[1]
    assert "6 cards instead of 5" in program("team", "compare", str(tmp_path / "five"))[1]
    assert "instead of" not in program("team", "compare", str(tmp_path / "five"))[1]


def test_the_teams_figures_can_be_written_as_a_table(program, imported, tmp_path):
    lay_out(tmp_path / "cards", 5)
    place = tmp_path / "table.csv"
    assert program("team", "compare", str(tmp_path / "cards"), "--csv", str(place))[0] == 0
    assert b"participants,5" in place.read_bytes()
