import json

import pytest

from ledger.cli import team_sealing
from ledger.core.team import Period
from ledger.flows.team import sealed_sum
from tests.making import claude_log
from tests.teaming import NOW_S, PERIOD, Person, card, gathered

JUNE = Period.read("2026-P06")  # the logs of these tests are of 28 May


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr(team_sealing, "now_ms", lambda: JUNE.until_s * 1000 + 5)


@pytest.fixture
def me(monkeypatch, tmp_path):
    return Person(monkeypatch, tmp_path / "me").sits_down()


@pytest.fixture
def worked(program, scratch_home, monkeypatch, tmp_path):
    """Five people who confirmed each other and read the same log of thirty half-hours."""
    people = gathered(monkeypatch, tmp_path / "people", 5)
    claude_log(scratch_home, "s1", 30)
    for person in people:
        person.sits_down()
        assert program("import")[0] == 0
    return people


def said(program, *arguments):
    code, out, error = program(*arguments, "--json")
    assert code == 0, error
    return json.loads(out)


def test_joining_makes_a_key_file_and_six_words(program, me, tmp_path):
    value = said(program, "team", "join", "atlas", "--out", str(tmp_path / "key.json"))
    assert len(value["words"].split()) == 6
    assert (tmp_path / "key.json").exists()
    again = said(program, "team", "key", "atlas", "--out", str(tmp_path / "again.json"))
    assert again["words"] == value["words"]
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "key.json").read_bytes()


def test_without_a_keyring_joining_is_refused_in_a_sentence(program, tmp_path):
    code, _, error = program("team", "join", "atlas", "--out", str(tmp_path / "key.json"))
    assert code == 1
    assert "keyring" in error
    assert not (tmp_path / "key.json").exists()


def test_a_taken_file_name_is_refused_before_keys_are_made(program, me, tmp_path):
    (tmp_path / "key.json").write_text("mine")
    assert program("team", "join", "atlas", "--out", str(tmp_path / "key.json"))[0] == 1
    assert me.keyring.secrets == {}


def test_a_colleague_is_confirmed_by_words_and_by_nothing_else(program, me, monkeypatch, tmp_path):
    other = Person(monkeypatch, tmp_path / "other").sits_down()
    theirs = said(program, "team", "join", "atlas", "--out", str(tmp_path / "theirs.json"))
    me.sits_down()
    program("team", "join", "atlas", "--out", str(tmp_path / "mine.json"))
    confirm = ("team", "confirm", "atlas", str(tmp_path / "theirs.json"))
    assert "Nothing was confirmed" in program(*confirm)[2]
    assert "not the words" in program(*confirm, "--words", "one two three")[2]
    code, out, _ = program(*confirm, "--words", theirs["words"])
    assert (code, out) == (0, "Confirmed. 2 people are in “atlas” with you.\n")
    (team,) = said(program, "team", "members")["teams"]
    assert (team["people"], team["missing"]) == (2, 3)
    assert other.keyring.secrets


def test_members_shows_the_words_of_every_key(program, monkeypatch, tmp_path):
    gathered(monkeypatch, tmp_path / "people", 5)[0].sits_down()
    _, out, _ = program("team", "members", "atlas")
    assert out.count("confirmed") == 4
    assert out.count("you") == 1
    assert "more before" not in out


def test_somebody_in_no_team_is_told_how_to_begin(program, me):
    assert "team join" in program("team", "members")[1]
    assert "You are in no team" in program("team", "members", "atlas")[2]


def test_a_whole_exchange_ends_in_the_teams_sums(program, worked, tmp_path):
    folder = tmp_path / "exchange"
    folder.mkdir()
    worked[0].sits_down()
    value = said(program, "team", "round", "atlas", "--out", str(folder / "round.json"))
    assert (value["period"], value["people"]) == ("2026-P06", 5)
    for person in worked:
        person.sits_down()
        code, out, error = program(
            "team", "seal", str(folder / "round.json"), "--out", str(folder), "--yes"
        )
        assert code == 0, error
        assert "Nobody can read them in the file" in out
    code, out, error = program("team", "open", str(folder / "round.json"), str(folder))
    # Nobody in this exchange spent half a million token-equivalents, so there is no ratio.
    assert (code, out) == (1, "")
    assert "too few tokens" in error


def test_a_file_that_is_missing_is_told(program, worked, tmp_path):
    worked[0].sits_down()
    round_ = tmp_path / "round.json"
    program("team", "round", "atlas", "--out", str(round_))
    program("team", "seal", str(round_), "--out", str(tmp_path / "seal.json"), "--yes")
    code, _, error = program("team", "open", str(round_), str(tmp_path / "seal.json"))
    assert code == 1
    assert "4 of 5 sealed files are missing" in error


def test_each_step_says_where_its_file_lies_and_what_comes_next(program, worked, tmp_path):
    worked[0].sits_down()
    key, round_, seal = (tmp_path / f"{name}.json" for name in ("key", "round", "seal"))
    out = program("team", "key", "atlas", "--out", str(key))[1]
    assert f"Written: {key}. Give it to the others." in out
    out = program("team", "round", "atlas", "--out", str(round_))[1]
    assert out == f"Written: {round_}. 2026-P06, 5 people. Everybody seals this file.\n"
    out = program("team", "seal", str(round_), "--out", str(seal), "--yes")[1]
    assert out.endswith(f"Written: {seal}. Give it to the others.\n")


def test_x14_without_consent_nothing_is_sealed(program, worked, tmp_path):
    worked[0].sits_down()
    round_ = tmp_path / "round.json"
    program("team", "round", "atlas", "--out", str(round_))
    seal = ("team", "seal", str(round_), "--out", str(tmp_path / "seal.json"))
    assert program(*seal)[0] == 1
    assert said(program, *seal)["written"] is None
    assert not (tmp_path / "seal.json").exists()
    assert sealed_sum.named("atlas").sealed == ()


def test_a_round_that_was_changed_is_named(program, worked, tmp_path):
    worked[0].sits_down()
    round_ = tmp_path / "round.json"
    program("team", "round", "atlas", "--out", str(round_))
    round_.write_bytes(round_.read_bytes().replace(b"2026-P06", b"2026-P05"))
    code, _, error = program("team", "seal", str(round_), "--out", str(tmp_path), "--yes")
    assert code == 1
    assert "round.json: This round's signature is not its maker's" in error


def test_leaving_asks_first_and_destroys_the_keys(program, me, tmp_path):
    program("team", "join", "atlas", "--out", str(tmp_path / "key.json"))
    assert "Nothing was changed" in program("team", "leave", "atlas")[2]
    assert me.keyring.secrets
    assert program("team", "leave", "atlas", "--yes")[1] == "You have left “atlas”.\n"
    assert me.keyring.secrets == {}


def test_opening_shows_the_sums_and_ones_own_beside_them(program, worked, tmp_path, monkeypatch):
    monkeypatch.setattr(team_sealing, "now_ms", lambda: NOW_S * 1000)
    ledgers = iter([20, 25, 30, 35, 40])
    monkeypatch.setattr(
        team_sealing.sealed_sum,
        "card_of",
        lambda *_: card(blocks=(kept := next(ledgers)) + 15, kept=kept),
    )
    worked[0].sits_down()
    folder = tmp_path / "exchange"
    folder.mkdir()
    round_ = str(folder / "round.json")
    said(program, "team", "round", "atlas", "--period", str(PERIOD), "--out", round_)
    for person in worked:
        person.sits_down()
        said(program, "team", "seal", round_, "--out", str(folder), "--yes")
    result = said(program, "team", "open", round_, str(folder), "--csv", str(folder / "t.csv"))
    assert (result["participants"], result["own_missing"]) == (5, None)
    assert result["kept"]["own"] == 40 / 55
    assert (folder / "t.csv").exists()
