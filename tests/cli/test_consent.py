import json

import pytest

from ledger.cli import consent
from ledger.core.errors import TeamError
from ledger.core.team import Line
from ledger.flows.comparing import compare
from tests.teaming import card, cards

LINES = (Line("blocks", "40", "half-hours"),)


class Terminal:
    """A person at a keyboard, or none."""

    def __init__(self, *, there: bool) -> None:
        self.there = there

    def isatty(self) -> bool:
        return self.there


def test_with_nobody_there_to_ask_nothing_is_agreed(capsys, monkeypatch):
    monkeypatch.setattr(consent.sys, "stdin", Terminal(there=False))
    with pytest.raises(TeamError, match="Nothing was written"):
        consent.agreed(LINES, ("Mind this.",), yes=False, as_json=False)
    shown = capsys.readouterr().out
    assert "half-hours" in shown
    assert "Mind this." in shown


@pytest.mark.parametrize("answer", [True, False])
def test_a_person_at_a_keyboard_is_asked(monkeypatch, answer):
    monkeypatch.setattr(consent.sys, "stdin", Terminal(there=True))
    monkeypatch.setattr(consent.click, "confirm", lambda *_, **__: answer)
    assert consent.agreed(LINES, (), yes=False, as_json=False) is answer


def test_the_content_is_shown_even_when_nobody_is_asked(capsys):
    assert consent.agreed(LINES, (), yes=True, as_json=False)
    assert "half-hours" in capsys.readouterr().out


def test_scripts_see_the_content_before_anything_is_written(capsys):
    assert not consent.agreed(LINES, ("Mind.",), yes=False, as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["written"] is None
    assert shown["fields"] == [{"field": "blocks", "value": "40", "words": "half-hours"}]
    assert consent.agreed(LINES, (), yes=True, as_json=True)


def test_a_team_sees_its_sums_and_below_them_a_person_their_own(capsys):
    consent.show_team(compare(cards(5), card()), "", None, as_json=False)
    shown = capsys.readouterr().out
    assert shown.index("5 people") < shown.index("Only here, and in no file:")


def test_why_ones_own_numbers_are_missing_is_told(capsys):
    consent.show_team(compare(cards(5)), "There are too few.", None, as_json=False)
    assert "Your own numbers are not beside it. There are too few." in capsys.readouterr().out


def test_the_table_is_written_for_the_team_alone(capsys, tmp_path):
    consent.show_team(compare(cards(5), card()), "", tmp_path / "t.csv", as_json=True)
    assert b"you" not in (tmp_path / "t.csv").read_bytes()
    seen = json.loads(capsys.readouterr().out)
    assert seen["participants"] == 5
    assert seen["period"] == "2026-P07"
    assert "n = 5" in seen["rounding"]
