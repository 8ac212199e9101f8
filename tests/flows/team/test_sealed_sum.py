import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import replace

import pytest

from ledger.core.errors import SecretError, TeamError
from ledger.core.sealed_sum import Headcount, Round, Seal, Sealed, TeamBook
from ledger.core.team import Period
from ledger.export import team_files
from ledger.export.sealing import member_key
from ledger.flows.team import sealed_sum
from ledger.flows.team.open_cards import card_of, compare, numbers_in_words
from ledger.host import team_book
from tests.host.test_vault import UNLOCK
from tests.house.files import ROOT
from tests.metrics.rows import frame
from tests.teaming import (
    NOW_S,
    PERIOD,
    Person,
    card,
    gathered,
    round_of,
    sealed_by,
    secrets_of,
    team_of,
    work,
    worked,
)
from tests.teaming import cards as cards_of


@pytest.fixture
def people(monkeypatch, tmp_path) -> list[Person]:
    return gathered(monkeypatch, tmp_path, 5)


def round_made_by(person: Person, period: Period = PERIOD, now_s: int = NOW_S) -> Round:
    person.sits_down()
    return team_files.decode_round(sealed_sum.make_round(sealed_sum.named("atlas"), period, now_s))


def proposal_of(person: Person, round_: Round, ledger, now_s: int = NOW_S) -> sealed_sum.Proposal:
    person.sits_down()
    book = team_book.load()
    return sealed_sum.propose(sealed_sum.team_in(round_, book), round_, ledger, now_s, book)


def seal_of(person: Person, round_: Round, ledger, now_s: int = NOW_S) -> Seal:
    proposal = proposal_of(person, round_, ledger, now_s)
    return team_files.decode_seal(sealed_sum.seal(proposal, proposal.lines), round_)


def ledger_of(number: int):
    return worked(20 + 5 * number, 5, 5, 5, mte=10 + number)


def test_a_whole_exchange_ends_in_the_same_sums_as_open_cards(people):
    round_ = round_made_by(people[2])
    seals = [seal_of(person, round_, ledger_of(n)) for n, person in enumerate(people)]
    plain = [card_of(ledger_of(n), PERIOD, NOW_S) for n in range(5)]
    assert sealed_sum.open_round(round_, seals) == compare(plain)
    assert sealed_sum.open_round(round_, seals[::-1], plain[0]) == compare(plain, plain[0])


def test_x14_what_is_sealed_is_what_was_shown(people):
    round_ = round_made_by(people[0])
    proposal = proposal_of(people[0], round_, ledger_of(1))
    assert proposal.lines == numbers_in_words(card_of(ledger_of(1), PERIOD, NOW_S))
    for shown in ((), proposal.lines[:-1], proposal_of(people[0], round_, ledger_of(2)).lines):
        with pytest.raises(TeamError, match="not what would be sealed"):
            sealed_sum.seal(proposal, shown)
    assert sealed_sum.named("atlas").sealed == ()


def test_x21_a_second_seal_after_the_tags_changed_is_the_same_file(people):
    round_ = round_made_by(people[0])
    first = proposal_of(people[0], round_, ledger_of(1))
    again = sealed_sum.seal(first, first.lines)
    later = proposal_of(people[0], round_, ledger_of(4))
    assert later.card == first.card
    assert later.notes[0] == sealed_sum.SEALED_BEFORE
    assert sealed_sum.seal(later, later.lines) == again


def test_x21_another_round_of_the_same_people_seals_the_same_numbers(people):
    first, second = round_made_by(people[0]), round_made_by(people[1])
    assert first != second
    seal_of(people[0], first, ledger_of(1))
    assert proposal_of(people[0], second, ledger_of(3)).card == card_of(ledger_of(1), PERIOD, NOW_S)


def smaller_round(person: Person, round_: Round) -> Round:
    """Return a round of the same period without its last other member, signed by the person."""
    person.sits_down()
    team = sealed_sum.named("atlas")
    left_out = next(key for key in reversed(round_.members) if key != team.key)
    members = tuple(key for key in round_.members if key != left_out)
    fewer = replace(round_, members=members, maker=team.key.sign, id=b"\1" * 16)
    return team_files.decode_round(team_files.encode_round(fewer, sealed_sum.secrets_of(team)))


def test_x6_the_same_period_is_never_sealed_with_other_people(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    round_ = round_made_by(people[0])
    fewer = smaller_round(people[0], round_)
    seal_of(people[0], round_, ledger_of(1))
    with pytest.raises(TeamError, match="sealed 2026-P07 with other people"):
        proposal_of(people[0], fewer, ledger_of(1))


def test_x7_six_people_and_five_of_them_cannot_both_be_summed(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    round_ = round_made_by(people[0])
    fewer = smaller_round(people[0], round_)
    seals = [seal_of(person, round_, ledger_of(n)) for n, person in enumerate(people)]
    assert sealed_sum.open_round(round_, seals).participants == 6
    for person in people:
        with pytest.raises(TeamError, match=r"not in this round|with other people"):
            proposal_of(person, fewer, ledger_of(0))


def test_x7_a_proposal_made_before_the_other_seal_does_not_slip_through(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    round_ = round_made_by(people[0])
    early = proposal_of(people[0], smaller_round(people[0], round_), ledger_of(1))
    seal_of(people[0], round_, ledger_of(1))
    with pytest.raises(TeamError, match="sealed already"):
        sealed_sum.seal(early, early.lines)


def test_x4_a_key_that_was_not_confirmed_does_not_count(people, monkeypatch, tmp_path):
    stranger = Person(monkeypatch, tmp_path / "stranger").sits_down()
    invented = sealed_sum.join("atlas").key
    people[0].sits_down()
    team = sealed_sum.named("atlas")
    crowd = replace(
        round_made_by(people[0]),
        members=tuple(sorted((*team.members, invented))),
        maker=team.key.sign,
    )
    signed = team_files.decode_round(team_files.encode_round(crowd, sealed_sum.secrets_of(team)))
    with pytest.raises(TeamError, match="1 of the keys in this round are not confirmed"):
        proposal_of(people[1], signed, ledger_of(1))
    assert stranger.keyring.secrets


def test_x4_with_fewer_than_five_people_no_round_is_made(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "four", 4)
    with pytest.raises(TeamError, match=r"4 people .* 5 are the least") as caught:
        round_made_by(people[0])
    assert "Confirm the keys of 1 more" in caught.value.hint


def test_x15_a_person_with_too_little_is_refused_and_nothing_is_remembered(people):
    round_ = round_made_by(people[0])
    with pytest.raises(TeamError, match="a card needs 20"):
        proposal_of(people[0], round_, frame(work(19, 0, 0, 0)))
    assert sealed_sum.named("atlas").sealed == ()


def test_a_stranger_cannot_seal(people, monkeypatch, tmp_path):
    round_ = round_made_by(people[0])
    stranger = Person(monkeypatch, tmp_path / "stranger")
    with pytest.raises(TeamError, match="not in this round"):
        proposal_of(stranger, round_, ledger_of(1))


def test_only_the_last_two_periods_can_be_sealed(people):
    third = Period.read("2026-P09").until_s
    with pytest.raises(TeamError, match="too long ago"):
        round_made_by(people[0], PERIOD, third)
    with pytest.raises(TeamError, match="has not ended"):
        round_made_by(people[0], PERIOD, PERIOD.until_s - 1)
    round_ = round_made_by(people[0], PERIOD, third - 1)
    with pytest.raises(TeamError, match="too long ago"):
        proposal_of(people[1], round_, ledger_of(1), third)


def test_what_was_sealed_in_time_can_be_written_again_later(people):
    round_ = round_made_by(people[0])
    first = seal_of(people[0], round_, ledger_of(1))
    assert seal_of(people[0], round_, ledger_of(2), NOW_S + 10**8) == first


def test_a_quarter_cannot_be_sealed(people):
    with pytest.raises(TeamError, match="not about a quarter"):
        round_made_by(people[0], Period.read("2026-Q2"))


def test_a_missing_file_is_told_from_a_double_one():
    team = team_of(5)
    round_ = round_of(team)
    seals = sealed_by(team, round_, [given.vector for given in cards_of(5)])
    assert sealed_sum.open_round(round_, seals).participants == 5
    with pytest.raises(TeamError, match="2 of 5 sealed files are missing"):
        sealed_sum.open_round(round_, seals[:3])
    with pytest.raises(TeamError, match="there twice"):
        sealed_sum.open_round(round_, [*seals, seals[0]])


def test_x5_halves_that_sealed_two_different_rounds_fail_by_their_count():
    team = team_of(6)
    vectors = [first.vector for first in cards_of(6)]
    first, second = round_of(team), round_of(team, id_=b"\1" * 16)
    mixed = [
        *sealed_by(team[:3], first, vectors[:3]), *sealed_by(team[3:], second, vectors[3:])
    ]  # fmt: skip
    with pytest.raises(TeamError, match="do not belong together"):
        sealed_sum.added(first, mixed)


@pytest.mark.parametrize("change", ["period", "members"])
def test_x5_a_round_altered_after_sealing_fails_by_its_count(change):
    team = team_of(6)
    vectors = [given.vector for given in cards_of(6)]
    before = round_of(team)
    after = round_of(team, PERIOD.after()) if change == "period" else round_of(team[:5])
    seals = [
        *sealed_by(team[:1], before, vectors[:1]), *sealed_by(team[1:5], after, vectors[1:5])
    ]  # fmt: skip
    with pytest.raises(TeamError, match="do not belong together"):
        sealed_sum.added(after, seals)
    with pytest.raises(TeamError, match="another round, or the round was changed"):
        team_files.decode_seal(team_files.encode_seal(seals[0]), after)


def test_one_person_more_or_less_since_the_last_round_is_named(monkeypatch, tmp_path):
    people = gathered(monkeypatch, tmp_path / "six", 6)
    seal_of(people[0], round_made_by(people[0]), ledger_of(1))
    team = sealed_sum.named("atlas")
    later = PERIOD.after()
    members = (
        tuple(key for key in team.members if key == team.key)
        + tuple(key for key in team.members if key != team.key)[:4]
    )
    round_ = Round(period=later, id=bytes(16), members=tuple(sorted(members)), maker=team.key.sign)
    (note,) = sealed_sum.member_notes(team, round_)
    assert "one person has come or gone" in note
    assert sealed_sum.member_notes(team, replace(round_, members=team.members)) == ()
    assert sealed_sum.member_notes(replace(team, sealed=()), round_) == ()


def test_sealing_the_period_in_a_second_team_is_named(people):
    round_ = round_made_by(people[0])
    other = sealed_sum.join("aurora")
    sealed_sum.remember(
        other, sealed_sum.Sealed(PERIOD, frozenset({other.key.sign}), cards_of(1)[0].vector)
    )
    (note,) = proposal_of(people[0], round_, ledger_of(1)).notes
    assert "in another team too" in note


SEALED = Sealed(PERIOD, frozenset({b"a" * 32, b"b" * 32}), card().vector)


@pytest.fixture
def me(monkeypatch, tmp_path):
    return Person(monkeypatch, tmp_path / "me").sits_down()


WALK = """
from ledger.core.sealed_sum import Sealed
from ledger.core.team import Vector
from ledger.core.team import Period
from ledger.export.sealing import member_key
from ledger.flows.team import sealed_sum
from ledger.host import vault
team = sealed_sum.join("atlas")
assert member_key(sealed_sum.secrets_of(team)) == team.key
sealed = Sealed(Period(2026, part=7), frozenset({team.key.sign}), Vector(1, *[20] * 7))
team = sealed_sum.remember(team, sealed)
assert sealed_sum.known_seal(sealed_sum.named("atlas"), sealed.period) == sealed
sealed_sum.leave(team)
assert vault.get(f"team-{team.id}") is None
print("left")
"""


def test_a_real_keyring_keeps_the_keys_and_what_was_sealed(tmp_path):
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", UNLOCK],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "PYTHON": sys.executable,
            "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")]),
            "WALK": WALK,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "left\n"


def key(number: int):
    return member_key(secrets_of(number))


def with_confirmed(team, *numbers: int):
    for number in numbers:
        team = sealed_sum.confirm(team, key(number), " ".join(key(number).words))
    return team


def test_x10_keys_differ_between_teams_and_nothing_links_them(me):
    first, second = sealed_sum.join("one"), sealed_sum.join("other")
    assert not {*first.key} & {*second.key}
    assert not {*first.key.words} & {*second.key.words}
    assert first.id != second.id


def test_the_private_halves_are_in_the_keyring_and_nowhere_else(me):
    team = sealed_sum.join("atlas")
    secrets = sealed_sum.secrets_of(team)
    assert member_key(secrets) == team.key
    texts = [path.read_text() for path in me.folder.rglob("*") if path.is_file()]
    assert texts
    assert all(secrets.agree.hex() not in text for text in texts)
    assert all(secrets.sign.hex() not in text for text in texts)


def test_without_a_keyring_there_is_a_sentence_and_no_team(me, monkeypatch):
    from keyring.backends.fail import Keyring as FailKeyring

    monkeypatch.setattr("keyring.get_keyring", FailKeyring)
    with pytest.raises(SecretError, match="no keyring"):
        sealed_sum.join("atlas")
    assert team_book.load() == TeamBook()


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_team_needs_a_name(me, name):
    with pytest.raises(TeamError, match="name of its own"):
        sealed_sum.join(name)


def test_a_name_stands_for_one_team(me):
    team = sealed_sum.join(" atlas  team ")
    with pytest.raises(TeamError, match="in a team “atlas team” already"):
        sealed_sum.join("atlas team")
    assert sealed_sum.named("atlas team") == team
    with pytest.raises(TeamError, match="You are in “atlas team”"):
        sealed_sum.named("aurora")


def test_a_key_is_confirmed_by_the_words_that_a_colleague_reads_aloud(me):
    team = sealed_sum.join("atlas")
    heard = "  " + ", ".join(key(1).words).upper() + ". "
    team = sealed_sum.confirm(team, key(1), heard)
    assert team.confirmed == {key(1)}
    assert sealed_sum.named("atlas") == team
    assert sealed_sum.missing_people(team) == 3


@pytest.mark.parametrize("heard", ["", "yes", " ".join(key(2).words), " ".join(key(1).words[:5])])
def test_x4_words_of_another_key_confirm_nothing(me, heard):
    team = sealed_sum.join("atlas")
    with pytest.raises(TeamError, match="not the words of this key"):
        sealed_sum.confirm(team, key(1), heard)
    assert sealed_sum.named("atlas").confirmed == frozenset()


def test_x4_a_key_counts_once_and_ones_own_not_at_all(me):
    team = with_confirmed(sealed_sum.join("atlas"), 1)
    with pytest.raises(TeamError, match="confirmed already"):
        with_confirmed(team, 1)
    with pytest.raises(TeamError, match="your own key"):
        sealed_sum.confirm(team, team.key, " ".join(team.key.words))


@pytest.mark.parametrize("half", ["agree", "sign"])
def test_x4_a_key_with_half_of_anothers_is_refused(me, half):
    team = with_confirmed(sealed_sum.join("atlas"), 1)
    double = key(2)._replace(**{half: getattr(key(1), half)})
    with pytest.raises(TeamError, match="make the team look larger"):
        sealed_sum.confirm(team, double, " ".join(double.words))


def test_what_two_programs_confirm_is_both_kept(me):
    team = sealed_sum.join("atlas")
    with_confirmed(team, 1)
    assert with_confirmed(team, 2).confirmed == {key(1), key(2)}


def test_leaving_destroys_the_keys(me):
    team, other = sealed_sum.join("atlas"), sealed_sum.join("aurora")
    sealed_sum.leave(team)
    assert [*me.keyring.secrets] == [f"team-{other.id}"]
    assert team_book.load().teams == (other,)
    with pytest.raises(TeamError, match="left this team"):
        sealed_sum.remember(team, SEALED)


def test_x6_what_was_sealed_once_is_sealed_for_good(me):
    team = sealed_sum.remember(sealed_sum.join("atlas"), SEALED)
    assert sealed_sum.known_seal(team, PERIOD) == SEALED
    assert sealed_sum.remember(team, SEALED) == team
    for other in (
        SEALED._replace(signers=frozenset({b"a" * 32})),
        SEALED._replace(vector=card(kept=20, thrown=10).vector),
    ):
        with pytest.raises(TeamError, match="sealed already"):
            sealed_sum.remember(team, other)
    assert sealed_sum.named("atlas").sealed == (SEALED,)


def test_x6_a_program_that_remembers_less_is_not_believed(me):
    team = sealed_sum.join("atlas")
    sealed_sum.remember(team, SEALED)
    with pytest.raises(TeamError, match="sealed already"):
        sealed_sum.remember(team, SEALED._replace(signers=frozenset({b"c" * 32})))


def test_x6_putting_the_file_with_the_teams_back_to_an_older_state_does_not_unseal(me):
    team = sealed_sum.join("atlas")
    before = team_book.book_path().read_bytes()
    sealed_sum.remember(team, SEALED)
    team_book.book_path().write_bytes(before)
    for attempt in (
        lambda: sealed_sum.known_seal(team, PERIOD),
        lambda: sealed_sum.remember(team, SEALED),
    ):
        with pytest.raises(TeamError, match="the record of it is gone or changed"):
            attempt()


def test_the_witness_in_the_keyring_stays_small(me):
    team, period = sealed_sum.join("atlas"), PERIOD
    for _ in range(20):
        team = sealed_sum.remember(team, SEALED._replace(period=period))
        period = period.after()
    (text,) = me.keyring.secrets.values()
    assert len(json.loads(text)["sealed"]) == sealed_sum.MOST_WITNESSED
    assert len(text) < 1000


def test_keys_that_the_keyring_lost_are_told(me):
    team = sealed_sum.join("atlas")
    with me.away(), pytest.raises(TeamError, match="not in this computer's keyring"):
        sealed_sum.secrets_of(team)
    me.keyring.secrets[f"team-{team.id}"] = "{"
    with pytest.raises(TeamError, match="damaged"):
        sealed_sum.secrets_of(team)


def test_of_a_comparison_only_the_number_of_people_is_kept(me):
    team = sealed_sum.join("atlas")
    sealed_sum.remember_comparison(Headcount(PERIOD, 6))
    assert team_book.load() == TeamBook((team,), Headcount(PERIOD, 6))
