import json
import os
import subprocess
import sys
import sysconfig

import pytest

from ledger.core.errors import SecretError, TeamError
from ledger.core.sealed import Headcount, Sealed, TeamBook
from ledger.export.sealing import member_key
from ledger.flows import teams
from ledger.host import team_book
from tests.host.test_vault import UNLOCK
from tests.house.files import ROOT
from tests.teaming import PERIOD, Person, card, secrets_of

SEALED = Sealed(PERIOD, frozenset({b"a" * 32, b"b" * 32}), card().vector)


@pytest.fixture
def me(monkeypatch, tmp_path):
    return Person(monkeypatch, tmp_path / "me").sits_down()


WALK = """
from ledger.core.sealed import Sealed
from ledger.core.team import Vector
from ledger.core.team_periods import Period
from ledger.export.sealing import member_key
from ledger.flows import teams
from ledger.host import vault
team = teams.join("atlas")
assert member_key(teams.secrets_of(team)) == team.key
sealed = Sealed(Period(2026, part=7), frozenset({team.key.sign}), Vector(1, *[20] * 7))
team = teams.remember(team, sealed)
assert teams.known_seal(teams.named("atlas"), sealed.period) == sealed
teams.leave(team)
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


def confirmed(team, *numbers: int):
    for number in numbers:
        team = teams.confirm(team, key(number), " ".join(key(number).words))
    return team


def test_x10_keys_differ_between_teams_and_nothing_links_them(me):
    one, other = teams.join("one"), teams.join("other")
    assert not {*one.key} & {*other.key}
    assert not {*one.key.words} & {*other.key.words}
    assert one.id != other.id


def test_the_private_halves_are_in_the_keyring_and_nowhere_else(me):
    team = teams.join("atlas")
    secrets = teams.secrets_of(team)
    assert member_key(secrets) == team.key
    texts = [path.read_text() for path in me.folder.rglob("*") if path.is_file()]
    assert texts
    assert all(secrets.agree.hex() not in text for text in texts)
    assert all(secrets.sign.hex() not in text for text in texts)


def test_without_a_keyring_there_is_a_sentence_and_no_team(me, monkeypatch):
    from keyring.backends.fail import Keyring as FailKeyring

    monkeypatch.setattr("keyring.get_keyring", FailKeyring)
    with pytest.raises(SecretError, match="no keyring"):
        teams.join("atlas")
    assert team_book.load() == TeamBook()


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_team_needs_a_name(me, name):
    with pytest.raises(TeamError, match="name of its own"):
        teams.join(name)


def test_a_name_stands_for_one_team(me):
    team = teams.join(" atlas  team ")
    with pytest.raises(TeamError, match="in a team “atlas team” already"):
        teams.join("atlas team")
    assert teams.named("atlas team") == team
    with pytest.raises(TeamError, match="You are in “atlas team”"):
        teams.named("aurora")


def test_a_key_is_confirmed_by_the_words_that_a_colleague_reads_aloud(me):
    team = teams.join("atlas")
    heard = "  " + ", ".join(key(1).words).upper() + ". "
    team = teams.confirm(team, key(1), heard)
    assert team.confirmed == {key(1)}
    assert teams.named("atlas") == team
    assert teams.missing_people(team) == 3


@pytest.mark.parametrize("heard", ["", "yes", " ".join(key(2).words), " ".join(key(1).words[:5])])
def test_x4_words_of_another_key_confirm_nothing(me, heard):
    team = teams.join("atlas")
    with pytest.raises(TeamError, match="not the words of this key"):
        teams.confirm(team, key(1), heard)
    assert teams.named("atlas").confirmed == frozenset()


def test_x4_a_key_counts_once_and_ones_own_not_at_all(me):
    team = confirmed(teams.join("atlas"), 1)
    with pytest.raises(TeamError, match="confirmed already"):
        confirmed(team, 1)
    with pytest.raises(TeamError, match="your own key"):
        teams.confirm(team, team.key, " ".join(team.key.words))


@pytest.mark.parametrize("half", ["agree", "sign"])
def test_x4_a_key_with_half_of_anothers_is_refused(me, half):
    team = confirmed(teams.join("atlas"), 1)
    double = key(2)._replace(**{half: getattr(key(1), half)})
    with pytest.raises(TeamError, match="make the team look larger"):
        teams.confirm(team, double, " ".join(double.words))


def test_what_two_programs_confirm_is_both_kept(me):
    team = teams.join("atlas")
    confirmed(team, 1)
    assert confirmed(team, 2).confirmed == {key(1), key(2)}


def test_leaving_destroys_the_keys(me):
    team, other = teams.join("atlas"), teams.join("aurora")
    teams.leave(team)
    assert [*me.keyring.kept] == [f"team-{other.id}"]
    assert team_book.load().teams == (other,)
    with pytest.raises(TeamError, match="left this team"):
        teams.remember(team, SEALED)


def test_x6_what_was_sealed_once_is_sealed_for_good(me):
    team = teams.remember(teams.join("atlas"), SEALED)
    assert teams.known_seal(team, PERIOD) == SEALED
    assert teams.remember(team, SEALED) == team
    for other in (
        SEALED._replace(signers=frozenset({b"a" * 32})),
        SEALED._replace(vector=card(kept=20, thrown=10).vector),
    ):
        with pytest.raises(TeamError, match="sealed already"):
            teams.remember(team, other)
    assert teams.named("atlas").sealed == (SEALED,)


def test_x6_a_program_that_remembers_less_is_not_believed(me):
    team = teams.join("atlas")
    teams.remember(team, SEALED)
    with pytest.raises(TeamError, match="sealed already"):
        teams.remember(team, SEALED._replace(signers=frozenset({b"c" * 32})))


def test_x6_putting_the_file_with_the_teams_back_to_an_older_state_does_not_unseal(me):
    team = teams.join("atlas")
    before = team_book.book_path().read_bytes()
    teams.remember(team, SEALED)
    team_book.book_path().write_bytes(before)
    for what in (lambda: teams.known_seal(team, PERIOD), lambda: teams.remember(team, SEALED)):
        with pytest.raises(TeamError, match="the record of it is gone or changed"):
            what()


def test_the_witness_in_the_keyring_stays_small(me):
    team, period = teams.join("atlas"), PERIOD
    for _ in range(20):
        team = teams.remember(team, SEALED._replace(period=period))
        period = period.after()
    (text,) = me.keyring.kept.values()
    assert len(json.loads(text)["sealed"]) == teams.WITNESSED
    assert len(text) < 1000


def test_keys_that_the_keyring_lost_are_told(me):
    team = teams.join("atlas")
    with me.away(), pytest.raises(TeamError, match="not in this computer's keyring"):
        teams.secrets_of(team)
    me.keyring.kept[f"team-{team.id}"] = "{"
    with pytest.raises(TeamError, match="damaged"):
        teams.secrets_of(team)


def test_of_a_comparison_only_the_number_of_people_is_kept(me):
    team = teams.join("atlas")
    teams.remember_comparison(Headcount(PERIOD, 6))
    assert team_book.load() == TeamBook((team,), Headcount(PERIOD, 6))
