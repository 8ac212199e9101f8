import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import TeamError
from ledger.core.team import MTE, Card, Counts, faults, rounded
from ledger.export import team_card
from tests.teaming import PERIOD, QUARTER, card

BLOCKS = st.integers(0, 400)
CARDS = (
    st.tuples(BLOCKS, BLOCKS, BLOCKS, BLOCKS, st.integers(0, 400), st.integers(0, 400))
    .map(
        lambda it: rounded(
            Counts(sum(it[:4]), *it[:4], te=it[4] * MTE, te_explore=min(it[4:]) * MTE), PERIOD
        )
    )
    .filter(lambda vector: not faults(vector, PERIOD))
    .map(lambda vector: Card(PERIOD, vector))
)


@settings(max_examples=50)
@given(CARDS)
def test_what_is_written_is_read_back(made):
    assert team_card.read(team_card.written(made)) == made


@settings(max_examples=50)
@given(CARDS, CARDS)
def test_x9_size_order_and_format_say_nothing_about_the_numbers(one, other):
    first, second = team_card.written(one), team_card.written(other)
    assert len(first) == len(second)
    assert re.sub(rb" *\d+,?\n", b"#\n", first) == re.sub(rb" *\d+,?\n", b"#\n", second)


def test_a_card_holds_eight_numbers_a_period_and_what_it_is():
    assert json.loads(team_card.written(card())) == {
        "format": "signal-ledger team card",
        "version": 1,
        "period": "2026-P07",
        "n": 1,
        "blocks": 40,
        "kept": 25,
        "edited": 5,
        "thrown": 5,
        "unknown": 5,
        "te": 10,
        "te_explore": 2,
    }


@pytest.mark.parametrize(
    "spoilt",
    [
        card(blocks=205), card(kept=26), card(te=101), card(blocks=15), card(te_explore=20),
        card(blocks=60), card(te=-1), card(period=QUARTER, te=301),
    ],
)  # fmt: skip
def test_x11_a_card_that_cannot_be_true_is_refused_with_the_reason(spoilt):
    with pytest.raises(TeamError) as caught:
        team_card.read(team_card.written(spoilt))
    assert "cannot be true" in caught.value.title


def test_a_card_of_no_period_is_refused():
    with pytest.raises(TeamError, match="no period"):
        team_card.read(team_card.written(card()).replace(b"2026-P07", b"2026-W25"))


def test_x9_a_file_name_is_random_and_says_only_the_kind():
    names = {team_card.file_name() for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch(r"team-card-[0-9a-f]{16}\.json", name) for name in names)
    assert team_card.file_name("table").endswith(".csv")
