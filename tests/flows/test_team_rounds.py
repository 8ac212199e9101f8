from dataclasses import replace

import pytest

from ledger.core.errors import TeamError
from ledger.core.sealed import Round, Seal
from ledger.core.team_periods import Period
from ledger.export import team_round, team_seal
from ledger.flows import team_rounds, teams
from ledger.flows.comparing import card_of, compare, numbers_in_words
from ledger.host import team_book
from tests.metrics.rows import frame
from tests.teaming import (
    NOW_S,
    PERIOD,
    Person,
    gathered,
    round_of,
    sealed_by,
    team_of,
    work,
    worked,
)
from tests.teaming import cards as cards_of


@pytest.fixture
def people(monkeypatch, tmp_path) -> list[Person]:
    return gathered(monkeypatch, tmp_path, 5)


def made_by(person: Person, period: Period = PERIOD, now_s: int = NOW_S) -> Round:
    person.sits_down()
    return team_round.read(team_rounds.make_round(teams.named("atlas"), period, now_s))


def proposed(person: Person, round_: Round, ledger, now_s: int = NOW_S) -> team_rounds.Proposal:
    person.sits_down()
    book = team_book.load()
    return team_rounds.propose(team_rounds.team_in(round_, book), round_, ledger, now_s, book)


def sealed(person: Person, round_: Round, ledger, now_s: int = NOW_S) -> Seal:
    proposal = proposed(person, round_, ledger, now_s)
    return team_seal.read(team_rounds.seal(proposal, proposal.lines), round_)


def ledger_of(number: int):
    return worked(20 + 5 * number, 5, 5, 5, mte=10 + number)


def test_a_whole_exchange_ends_in_the_same_sums_as_open_cards(people):
    round_ = made_by(people[2])
    seals = [sealed(person, round_, ledger_of(n)) for n, person in enumerate(people)]
    plain = [card_of(ledger_of(n), PERIOD, NOW_S) for n in range(5)]
    assert team_rounds.open_round(round_, seals) == compare(plain)
    assert team_rounds.open_round(round_, seals[::-1], plain[0]) == compare(plain, plain[0])


def test_x14_what_is_sealed_is_what_was_shown(people):
    round_ = made_by(people[0])
    proposal = proposed(people[0], round_, ledger_of(1))
    assert proposal.lines == numbers_in_words(card_of(ledger_of(1), PERIOD, NOW_S))
    for shown in ((), proposal.lines[:-1], proposed(people[0], round_, ledger_of(2)).lines):
        with pytest.raises(TeamError, match="not what would be sealed"):
            team_rounds.seal(proposal, shown)
    assert teams.named("atlas").sealed == ()


def test_x21_a_second_seal_after_the_tags_changed_is_the_same_file(people):
    round_ = made_by(people[0])
    first = proposed(people[0], round_, ledger_of(1))
    again = team_rounds.seal(first, first.lines)
    later = proposed(people[0], round_, ledger_of(4))
    assert later.card == first.card
    assert later.notes[0] == team_rounds.AGAIN
    assert team_rounds.seal(later, later.lines) == again


def test_x21_another_round_of_the_same_people_seals_the_same_numbers(people):
    first, second = made_by(people[0]), made_by(people[1])
    assert first != second
    sealed(people[0], first, ledger_of(1))
    assert proposed(people[0], second, ledger_of(3)).card == card_of(ledger_of(1), PERIOD, NOW_S)


def smaller(person: Person, round_: Round) -> Round:
    """Return a round of the same period without its last other member, signed by the person."""
    person.sits_down()
    team = teams.named("atlas")
    gone = next(key for key in reversed(round_.members) if key != team.key)
    members = tuple(key for key in round_.members if key != gone)
    fewer = replace(round_, members=members, maker=team.key.sign, id=b"\1" * 16)
    return team_round.read(team_round.signed(fewer, teams.secrets_of(team)))


def test_x6_the_same_period_is_never_sealed_with_other_people(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    round_ = made_by(people[0])
    fewer = smaller(people[0], round_)
    sealed(people[0], round_, ledger_of(1))
    with pytest.raises(TeamError, match="sealed 2026-P07 with other people"):
        proposed(people[0], fewer, ledger_of(1))


def test_x7_six_people_and_five_of_them_cannot_both_be_summed(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    round_ = made_by(people[0])
    fewer = smaller(people[0], round_)
    made = [sealed(person, round_, ledger_of(n)) for n, person in enumerate(people)]
    assert team_rounds.open_round(round_, made).participants == 6
    for person in people:
        with pytest.raises(TeamError, match=r"not in this round|with other people"):
            proposed(person, fewer, ledger_of(0))


def test_x7_a_proposal_made_before_the_other_seal_does_not_slip_through(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    round_ = made_by(people[0])
    early = proposed(people[0], smaller(people[0], round_), ledger_of(1))
    sealed(people[0], round_, ledger_of(1))
    with pytest.raises(TeamError, match="sealed already"):
        team_rounds.seal(early, early.lines)


def test_x4_a_key_that_was_not_confirmed_does_not_count(people, monkeypatch, tmp_path):
    stranger = Person(monkeypatch, tmp_path / "stranger").sits_down()
    invented = teams.join("atlas").key
    people[0].sits_down()
    team = teams.named("atlas")
    crowd = replace(
        made_by(people[0]), members=tuple(sorted((*team.members, invented))), maker=team.key.sign
    )
    signed = team_round.read(team_round.signed(crowd, teams.secrets_of(team)))
    with pytest.raises(TeamError, match="1 of the keys in this round are not confirmed"):
        proposed(people[1], signed, ledger_of(1))
    assert stranger.keyring.kept


def test_x4_with_fewer_than_five_people_no_round_is_made(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "four", 4)
    with pytest.raises(TeamError, match=r"4 people .* 5 are the least") as caught:
        made_by(people[0])
    assert "Confirm the keys of 1 more" in caught.value.hint


def test_x15_a_person_with_too_little_is_refused_and_nothing_is_remembered(people):
    round_ = made_by(people[0])
    with pytest.raises(TeamError, match="a card needs 20"):
        proposed(people[0], round_, frame(work(19, 0, 0, 0)))
    assert teams.named("atlas").sealed == ()


def test_a_stranger_cannot_seal(people, monkeypatch, tmp_path):
    round_ = made_by(people[0])
    stranger = Person(monkeypatch, tmp_path / "stranger")
    with pytest.raises(TeamError, match="not in this round"):
        proposed(stranger, round_, ledger_of(1))


def test_only_the_last_two_periods_can_be_sealed(people):
    third = Period.read("2026-P09").until_s
    with pytest.raises(TeamError, match="too long ago"):
        made_by(people[0], PERIOD, third)
    with pytest.raises(TeamError, match="has not ended"):
        made_by(people[0], PERIOD, PERIOD.until_s - 1)
    round_ = made_by(people[0], PERIOD, third - 1)
    with pytest.raises(TeamError, match="too long ago"):
        proposed(people[1], round_, ledger_of(1), third)


def test_what_was_sealed_in_time_can_be_written_again_later(people):
    round_ = made_by(people[0])
    first = sealed(people[0], round_, ledger_of(1))
    assert sealed(people[0], round_, ledger_of(2), NOW_S + 10**8) == first


def test_a_quarter_cannot_be_sealed(people):
    with pytest.raises(TeamError, match="not about a quarter"):
        made_by(people[0], Period.read("2026-Q2"))


def test_a_missing_file_is_told_from_a_double_one():
    team = team_of(5)
    round_ = round_of(team)
    seals = sealed_by(team, round_, [one.vector for one in cards_of(5)])
    assert team_rounds.open_round(round_, seals).participants == 5
    with pytest.raises(TeamError, match="2 of 5 sealed files are missing"):
        team_rounds.open_round(round_, seals[:3])
    with pytest.raises(TeamError, match="there twice"):
        team_rounds.open_round(round_, [*seals, seals[0]])


def test_x5_halves_that_sealed_two_different_rounds_fail_by_their_count():
    team = team_of(6)
    vectors = [one.vector for one in cards_of(6)]
    one, other = round_of(team), round_of(team, id_=b"\1" * 16)
    mixed = [
        *sealed_by(team[:3], one, vectors[:3]), *sealed_by(team[3:], other, vectors[3:])
    ]  # fmt: skip
    with pytest.raises(TeamError, match="do not belong together"):
        team_rounds.added(one, mixed)


@pytest.mark.parametrize("change", ["period", "members"])
def test_x5_a_round_altered_after_sealing_fails_by_its_count(change):
    team = team_of(6)
    vectors = [one.vector for one in cards_of(6)]
    before = round_of(team)
    after = round_of(team, PERIOD.after()) if change == "period" else round_of(team[:5])
    seals = [
        *sealed_by(team[:1], before, vectors[:1]), *sealed_by(team[1:5], after, vectors[1:5])
    ]  # fmt: skip
    with pytest.raises(TeamError, match="do not belong together"):
        team_rounds.added(after, seals)
    with pytest.raises(TeamError, match="another round, or the round was changed"):
        team_seal.read(team_seal.written(seals[0]), after)


def test_one_person_more_or_less_since_the_last_round_is_named(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    sealed(people[0], made_by(people[0]), ledger_of(1))
    team = teams.named("atlas")
    later = PERIOD.after()
    members = (
        tuple(key for key in team.members if key == team.key)
        + tuple(key for key in team.members if key != team.key)[:4]
    )
    round_ = Round(period=later, id=bytes(16), members=tuple(sorted(members)), maker=team.key.sign)
    (note,) = team_rounds.member_notes(team, round_)
    assert "one person has come or gone" in note
    assert team_rounds.member_notes(team, replace(round_, members=team.members)) == ()
    assert team_rounds.member_notes(replace(team, sealed=()), round_) == ()


def test_sealing_the_period_in_a_second_team_is_named(people):
    round_ = made_by(people[0])
    other = teams.join("aurora")
    teams.remember(
        other, team_rounds.Sealed(PERIOD, frozenset({other.key.sign}), cards_of(1)[0].vector)
    )
    (note,) = proposed(people[0], round_, ledger_of(1)).notes
    assert "in another team too" in note
