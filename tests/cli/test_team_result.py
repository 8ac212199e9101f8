import json

from ledger.cli.team_result import show_result
from ledger.flows.team.open_cards import compare
from tests.teaming import card, cards


def test_a_team_sees_its_sums_and_below_them_a_person_their_own(capsys):
    show_result(compare(cards(5), card()), "", None, as_json=False)
    shown = capsys.readouterr().out
    assert shown.index("5 people") < shown.index("Only here, and in no file:")


def test_why_ones_own_numbers_are_missing_is_told(capsys):
    show_result(compare(cards(5)), "There are too few.", None, as_json=False)
    assert "Your own numbers are not beside it. There are too few." in capsys.readouterr().out


def test_the_table_is_written_for_the_team_alone(capsys, tmp_path):
    show_result(compare(cards(5), card()), "", tmp_path / "t.csv", as_json=True)
    assert b"you" not in (tmp_path / "t.csv").read_bytes()
    result = json.loads(capsys.readouterr().out)
    assert result["participants"] == 5
    assert result["period"] == "2026-P07"
    assert "n = 5" in result["rounding"]
