from dataclasses import replace

import pytest

from ledger.core.errors import TeamError
from ledger.core.team_periods import Period
from ledger.export import team_round
from tests.teaming import PERIOD, round_of, team_of


def test_what_is_signed_is_read_back():
    people = team_of(6)
    made = round_of(people, id_=bytes(range(16)))
    assert team_round.read(team_round.signed(made, people[0])) == made
    assert made.id == bytes(range(16))


def test_the_same_round_has_the_same_context_whoever_looks():
    people = team_of(5)
    assert team_round.context(round_of(people)) == team_round.context(round_of(people[:]))


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
    assert team_round.context(other) != team_round.context(made)
    with pytest.raises(TeamError):
        team_round.read(with_signature_of(made, other))


def with_signature_of(made, other) -> bytes:
    """Return the changed round under the unchanged round's signature."""
    lines = team_round.signed(other, team_of(1, first=99)[0]).splitlines(keepends=True)
    said = b'  "signature": "%s",\n' % made.signature.hex().encode()
    return b"".join(said if b'"signature"' in line else line for line in lines)


def test_a_round_signed_by_a_stranger_is_refused():
    made, stranger = round_of(team_of(5)), team_of(1, first=99)[0]
    with pytest.raises(TeamError, match="not its maker's"):
        team_round.read(team_round.signed(made, stranger))


def test_x4_fewer_than_five_keys_are_refused_even_when_signed():
    people = team_of(5)
    made = replace(round_of(people), members=round_of(people).members[:4])
    with pytest.raises(TeamError, match="5 are the least"):
        team_round.read(team_round.signed(made, people[0]))


def test_a_round_about_a_quarter_is_refused():
    people = team_of(5)
    made = replace(round_of(people), period=Period.read("2026-Q3"))
    with pytest.raises(TeamError, match="not about a quarter"):
        team_round.read(team_round.signed(made, people[0]))
