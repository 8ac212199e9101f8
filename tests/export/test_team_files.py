import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import TeamError
from ledger.core.team import MTE, Card, Counts, Period, faults, rounded
from ledger.export import sealing, team_files, team_json
from ledger.export.sealing import member_key, new_secrets
from tests.teaming import PERIOD, QUARTER, card, round_of, secrets_of, team_of

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
    assert team_files.decode_card(team_files.encode_card(made)) == made


@settings(max_examples=50)
@given(CARDS, CARDS)
def test_x9_size_order_and_format_say_nothing_about_the_numbers(one, other):
    first, second = team_files.encode_card(one), team_files.encode_card(other)
    assert len(first) == len(second)
    assert re.sub(rb" *\d+,?\n", b"#\n", first) == re.sub(rb" *\d+,?\n", b"#\n", second)


def test_a_card_holds_eight_numbers_a_period_and_what_it_is():
    assert json.loads(team_files.encode_card(card())) == {
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
        team_files.decode_card(team_files.encode_card(spoilt))
    assert "cannot be true" in caught.value.title


def test_a_card_with_one_number_that_is_none_is_refused():
    numbers = card().vector._asdict() | {"blocks": "40"}
    spoilt = team_json.encode("card", {"period": "2026-P07", **numbers})
    with pytest.raises(TeamError, match="no whole number"):
        team_files.decode_card(spoilt)


def test_a_card_of_no_period_is_refused():
    with pytest.raises(TeamError, match="no period"):
        team_files.decode_card(team_files.encode_card(card()).replace(b"2026-P07", b"2026-W25"))


def test_x9_a_file_name_is_random_and_says_only_the_kind():
    names = {team_files.card_file_name() for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch(r"team-card-[0-9a-f]{16}\.json", name) for name in names)
    assert team_files.card_file_name("table").endswith(".csv")


def test_what_is_written_is_read_back_team_key():
    key = member_key(new_secrets())
    assert team_files.decode_key(team_files.encode_key(key)) == key


def test_the_file_holds_no_private_half():
    secrets = secrets_of(1)
    data = team_files.encode_key(member_key(secrets))
    assert secrets.agree.hex().encode() not in data
    assert secrets.sign.hex().encode() not in data


@pytest.mark.parametrize("by", [(b'"agree"', b'"greed"'), (b'": "', b'": "0'), (b"a", b"A")])
def test_a_damaged_key_is_refused(by):
    data = team_files.encode_key(member_key(secrets_of(1)))
    with pytest.raises(TeamError):
        team_files.decode_key(data.replace(*by))


def test_what_is_signed_is_read_back():
    people = team_of(6)
    made = round_of(people, id_=bytes(range(16)))
    assert team_files.decode_round(team_files.encode_round(made, people[0])) == made
    assert made.id == bytes(range(16))


def test_the_same_round_has_the_same_context_whoever_looks():
    people = team_of(5)
    assert team_files.round_context(round_of(people)) == team_files.round_context(
        round_of(people[:])
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda it: replace(it, period=PERIOD.after()),
        lambda it: replace(it, id=b"\1" * 16),
        lambda it: replace(it, members=it.members[1:]),
        lambda it: replace(it, maker=it.members[3].sign),
    ],
    ids=["period", "id", "members", "maker"],
)
def test_x5_anything_changed_is_another_context_and_no_longer_signed(change):
    people = team_of(6)
    made = round_of(people)
    other = change(made)
    assert team_files.round_context(other) != team_files.round_context(made)
    with pytest.raises(TeamError):
        team_files.decode_round(with_signature_of(made, other))


def with_signature_of(made, other) -> bytes:
    """Return the changed round under the unchanged round's signature."""
    lines = team_files.encode_round(other, team_of(1, first=99)[0]).splitlines(keepends=True)
    said = b'  "signature": "%s",\n' % made.signature.hex().encode()
    return b"".join(said if b'"signature"' in line else line for line in lines)


def test_a_round_signed_by_a_stranger_is_refused():
    made, stranger = round_of(team_of(5)), team_of(1, first=99)[0]
    with pytest.raises(TeamError, match="not its maker's"):
        team_files.decode_round(team_files.encode_round(made, stranger))


def test_x4_fewer_than_five_keys_are_refused_even_when_signed():
    people = team_of(5)
    made = replace(round_of(people), members=round_of(people).members[:4])
    with pytest.raises(TeamError, match="5 are the least"):
        team_files.decode_round(team_files.encode_round(made, people[0]))


def test_a_round_about_a_quarter_is_refused():
    people = team_of(5)
    made = replace(round_of(people), period=Period.read("2026-Q3"))
    with pytest.raises(TeamError, match="not about a quarter"):
        team_files.decode_round(team_files.encode_round(made, people[0]))


PEOPLE = team_of(5)
ROUND = round_of(PEOPLE)
VECTOR = card().vector


def test_what_is_sealed_is_read_back_and_always_the_same():
    seal = team_files.seal_numbers(ROUND, PEOPLE[2], VECTOR)
    data = team_files.encode_seal(seal)
    assert team_files.decode_seal(data, ROUND) == seal
    assert team_files.encode_seal(team_files.seal_numbers(ROUND, PEOPLE[2], VECTOR)) == data


def test_x9_every_sealed_file_of_a_round_is_as_long_as_any_other():
    vectors = [VECTOR, card(blocks=20, kept=20, edited=0, thrown=0, unknown=0, te=0).vector]
    sizes = {
        len(team_files.encode_seal(team_files.seal_numbers(ROUND, one, vector)))
        for one in PEOPLE
        for vector in vectors
    }
    assert len(sizes) == 1


def test_x12_numbers_replayed_from_an_older_period_are_refused():
    older = team_files.encode_seal(team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR))
    with pytest.raises(TeamError, match="sealed for another round"):
        team_files.decode_seal(older, round_of(PEOPLE, PERIOD.after()))


def test_x12_a_signature_of_somebody_else_is_refused():
    seal = team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR)
    other = team_files.seal_numbers(ROUND, PEOPLE[1], VECTOR)
    with pytest.raises(TeamError, match="signature on these numbers is wrong"):
        team_files.decode_seal(
            team_files.encode_seal(replace(seal, signature=other.signature)), ROUND
        )


def test_x12_without_a_signature_the_file_is_refused():
    data = team_files.encode_seal(team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR))
    lines = [line for line in data.splitlines(keepends=True) if b"signature" not in line]
    with pytest.raises(TeamError, match="changed or damaged"):
        team_files.decode_seal(b"".join(lines), ROUND)


def test_x12_numbers_that_were_changed_after_signing_are_refused():
    seal = team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR)
    shifted = replace(seal, masked=(seal.masked[0] + 5, *seal.masked[1:]))
    with pytest.raises(TeamError, match="signature"):
        team_files.decode_seal(team_files.encode_seal(shifted), ROUND)


def test_numbers_from_nobody_in_the_round_are_refused():
    stranger = secrets_of(77)
    seal = team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR)
    forged = replace(seal, sender=sealing.member_key(stranger).sign)
    with pytest.raises(TeamError, match="nobody in this round"):
        team_files.decode_seal(team_files.encode_seal(forged), ROUND)


@pytest.mark.parametrize("count", [7, 9])
def test_more_or_fewer_than_eight_numbers_are_refused(count):
    seal = replace(team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR), masked=(1,) * count)
    with pytest.raises(TeamError, match="not eight"):
        team_files.decode_seal(team_files.encode_seal(seal), ROUND)


def test_a_sealed_file_names_the_round_and_the_sender_and_no_number():
    seal = team_files.seal_numbers(ROUND, PEOPLE[0], VECTOR)
    assert seal.context == team_files.round_context(ROUND)
    assert seal.sender == sealing.member_key(PEOPLE[0]).sign
    assert not set(seal.masked) & set(VECTOR)
