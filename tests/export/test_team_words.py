import csv
import io
import re
from dataclasses import replace

import pytest

from ledger.core.errors import TeamError
from ledger.core.team import Share
from ledger.export import team_words
from ledger.flows.team.open_cards import compare
from tests.teaming import card, cards

SEEN = compare(cards(6), card(blocks=40, kept=30, edited=5, thrown=5, unknown=0))


def test_x17_what_is_said_has_coverage_people_and_how_much_was_rounded():
    text = "\n".join(team_words.sentences(SEEN))
    assert "6 people, 2026-P07" in text
    assert "Coverage: 90\u202f% of the half-hours are tagged" in text
    assert "rounded inputs, n = 6" in text
    fates = "71% were kept, 10% edited first, 10% thrown away, 10% are not known"
    assert fates in text.replace("\u202f", "")


@pytest.mark.parametrize(
    "gap",
    [
        {"coverage": Share(team=None)}, {"participants": None}, {"participants": 4},
        {"rounding_blocks": None}, {"rounding_mte": float("nan")}, {"kept": Share(team=None)},
        {"ratio": replace(SEEN.ratio, most=float("inf"))},
    ],
)  # fmt: skip
@pytest.mark.parametrize("told", [team_words.sentences, team_words.table])
def test_x17_nothing_is_said_with_a_part_missing(gap, told):
    assert told(SEEN)
    with pytest.raises(TeamError, match="not complete"):
        told(replace(SEEN, **gap))


def test_ones_own_values_are_told_as_plain_distances():
    lines = team_words.own_sentences(SEEN)
    assert lines[0] == "kept: you 75\u202f%, team 71\u202f%, 4 points above"
    assert "not known: you 0\u202f%, team 10\u202f%, 10 points below" in lines
    (ratio,) = (line for line in lines if line.startswith("per MTE: you "))
    assert ratio.endswith(f"team {SEEN.ratio.lower:.1f} to {SEEN.ratio.upper:.1f}")
    assert not re.search(r"percentile|rank|best|worst|than \d+ %", " ".join(lines))


def test_without_ones_own_card_nothing_is_said_of_oneself():
    assert team_words.own_sentences(compare(cards(5))) == ()


def test_x19_no_cell_of_the_table_is_taken_for_a_formula():
    rows = list(csv.reader(io.StringIO(team_words.table(SEEN).decode())))
    assert len(rows) > 10
    assert [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)] == []


def test_the_table_has_no_value_of_ones_own():
    assert team_words.table(SEEN) == team_words.table(compare(cards(6)))


def test_notes_are_said_too():
    assert team_words.sentences(replace(SEEN, notes=("Mind this.",)))[-1] == "Mind this."


def test_a_band_of_one_value_is_told_as_that_value():
    without = [replace(one, vector=one.vector._replace(unknown=0, edited=0)) for one in cards(5)]
    spoken = " ".join(team_words.sentences(compare(without)))
    assert " to " not in spoken.split("got ")[1].split(" half-hours")[0]
