from dataclasses import replace
from math import nan

import pytest

from ledger.core.errors import TeamError
from ledger.export import team_words
from ledger.flows.team.exchange import Opened
from ledger.flows.team.open_cards import compare
from ledger.ui.pages.compare.team_result import TeamResult
from ledger.ui.widgets.plain import PlainLabel
from tests.teaming import card, cards
from tests.ui.pages.compare.comparing import Places

OWN = card(blocks=200, kept=190, edited=0, thrown=0, unknown=10, te=97, te_explore=3)


@pytest.fixture
def result(qtbot, tmp_path):
    widget = TeamResult(Places(tmp_path))
    qtbot.addWidget(widget)
    return widget


def shown_text(result):
    return "\n".join(label.full_text() for label in result.findChildren(PlainLabel))


def test_every_sentence_of_the_team_is_shown(result):
    card = compare(cards(6))
    result.show_opened(Opened(card, "You made no card."))
    shown = shown_text(result).lower()
    assert all(sentence.lower() in shown for sentence in team_words.sentences(card))
    assert "You made no card." in shown_text(result)


def test_ones_own_stands_apart_and_in_no_file(result, tmp_path):
    card = compare(cards(6), OWN)
    result.show_opened(Opened(card, ""))
    assert "you 95" in result.own.full_text().lower()
    result.save.click()
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == team_words.table(compare(cards(6)))
    assert "95" not in result.sentences.full_text()


def test_no_row_and_no_rank_is_there(result):
    result.show_opened(Opened(compare(cards(6), OWN), ""))
    text = shown_text(result).lower()
    assert not any(word in text for word in ("rank", "best", "worst", "percentile", "place"))


def test_the_bar_holds_the_shares(result):
    card = compare(cards(6))
    result.show_opened(Opened(card, ""))
    assert [share for _, share in result.bar.parts] == [
        card.kept.team, card.edited.team, card.thrown.team, card.unknown.team,
    ]  # fmt: skip


def test_a_result_with_a_part_missing_is_not_shown(result):
    card = compare(cards(6))
    broken = replace(card, coverage=replace(card.coverage, team=nan))
    with pytest.raises(TeamError):
        result.show_opened(Opened(broken, ""))
    assert result.isHidden()


def test_a_table_never_replaces_a_file(qtbot, result, tmp_path, monkeypatch):
    (tmp_path / "t.csv").write_bytes(b"old")
    monkeypatch.setattr(result, "_ask", lambda _title, _name: tmp_path / "t.csv")
    result.show_opened(Opened(compare(cards(6)), ""))
    with qtbot.waitSignal(result.refused):
        result.save.click()
    assert (tmp_path / "t.csv").read_bytes() == b"old"


def test_what_was_opened_can_be_forgotten(result):
    result.show_opened(Opened(compare(cards(6)), ""))
    result.forget()
    assert result.isHidden()
    assert result.opened is None
