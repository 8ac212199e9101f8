from dataclasses import replace

import pytest

from ledger.core.errors import TeamError
from ledger.export import sealing, team_round, team_seal
from tests.teaming import PERIOD, card, round_of, secrets_of, team_of

PEOPLE = team_of(5)
ROUND = round_of(PEOPLE)
VECTOR = card().vector


def test_what_is_sealed_is_read_back_and_always_the_same():
    seal = team_seal.sealed(ROUND, PEOPLE[2], VECTOR)
    data = team_seal.written(seal)
    assert team_seal.read(data, ROUND) == seal
    assert team_seal.written(team_seal.sealed(ROUND, PEOPLE[2], VECTOR)) == data


def test_x9_every_sealed_file_of_a_round_is_as_long_as_any_other():
    vectors = [VECTOR, card(blocks=20, kept=20, edited=0, thrown=0, unknown=0, te=0).vector]
    sizes = {
        len(team_seal.written(team_seal.sealed(ROUND, one, vector)))
        for one in PEOPLE
        for vector in vectors
    }
    assert len(sizes) == 1


def test_x12_numbers_replayed_from_an_older_period_are_refused():
    older = team_seal.written(team_seal.sealed(ROUND, PEOPLE[0], VECTOR))
    with pytest.raises(TeamError, match="sealed for another round"):
        team_seal.read(older, round_of(PEOPLE, PERIOD.after()))


def test_x12_a_signature_of_somebody_else_is_refused():
    seal = team_seal.sealed(ROUND, PEOPLE[0], VECTOR)
    other = team_seal.sealed(ROUND, PEOPLE[1], VECTOR)
    with pytest.raises(TeamError, match="signature on these numbers is wrong"):
        team_seal.read(team_seal.written(replace(seal, signature=other.signature)), ROUND)


def test_x12_without_a_signature_the_file_is_refused():
    data = team_seal.written(team_seal.sealed(ROUND, PEOPLE[0], VECTOR))
    lines = [line for line in data.splitlines(keepends=True) if b"signature" not in line]
    with pytest.raises(TeamError, match="changed or damaged"):
        team_seal.read(b"".join(lines), ROUND)


def test_x12_numbers_that_were_changed_after_signing_are_refused():
    seal = team_seal.sealed(ROUND, PEOPLE[0], VECTOR)
    shifted = replace(seal, masked=(seal.masked[0] + 5, *seal.masked[1:]))
    with pytest.raises(TeamError, match="signature"):
        team_seal.read(team_seal.written(shifted), ROUND)


def test_numbers_from_nobody_in_the_round_are_refused():
    stranger = secrets_of(77)
    seal = team_seal.sealed(ROUND, PEOPLE[0], VECTOR)
    forged = replace(seal, sender=sealing.member_key(stranger).sign)
    with pytest.raises(TeamError, match="nobody in this round"):
        team_seal.read(team_seal.written(forged), ROUND)


@pytest.mark.parametrize("count", [7, 9])
def test_more_or_fewer_than_eight_numbers_are_refused(count):
    seal = replace(team_seal.sealed(ROUND, PEOPLE[0], VECTOR), masked=(1,) * count)
    with pytest.raises(TeamError, match="not eight"):
        team_seal.read(team_seal.written(seal), ROUND)


def test_a_sealed_file_names_the_round_and_the_sender_and_no_number():
    seal = team_seal.sealed(ROUND, PEOPLE[0], VECTOR)
    assert seal.context == team_round.context(ROUND)
    assert seal.sender == sealing.member_key(PEOPLE[0]).sign
    assert not set(seal.masked) & set(VECTOR)
