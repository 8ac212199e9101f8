import pytest

from ledger.app.sealed_round import SealedRound, Step
from ledger.export import sealing, team_key, team_round, team_seal
from ledger.host import team_book
from tests.teaming import PERIOD, Person, cards, round_of, secrets_of
from tests.ui.pages.compare.comparing import now, working


@pytest.fixture
def person(monkeypatch, tmp_path):
    return Person(monkeypatch, tmp_path / "me").sits_down()


@pytest.fixture
def desk(qtbot, person):
    return loaded()


@pytest.fixture
def others(tmp_path):
    """Return the keys of four colleagues and the files they sent."""
    secrets = [secrets_of(number) for number in range(4)]
    files = [tmp_path / f"key-{number}.json" for number in range(4)]
    for file, one in zip(files, secrets, strict=True):
        file.write_bytes(team_key.written(sealing.member_key(one)))
    return secrets, files


def loaded():
    made = SealedRound(working(), now)
    made.refusals = []
    made.refused.connect(lambda step, problem: made.refusals.append((step, problem)))
    made.load()
    return made


def confirmed(desk, others):
    desk.join("atlas")
    desk.take_keys(others[1])
    for one in others[0]:
        key = sealing.member_key(one)
        desk.confirm(key, " ".join(key.words))
    return desk


def test_without_a_team_nothing_is_on_its_way(desk):
    assert (desk.team, desk.round, desk.waiting) == (None, None, ())
    assert not desk.is_sealed


def test_the_whole_way_from_keys_to_the_sum(qtbot, desk, others, tmp_path):
    confirmed(desk, others)
    assert (desk.waiting, len(desk.team.members)) == ((), 5)
    desk.make_round(PERIOD, tmp_path / "round.json")
    with qtbot.waitSignal(desk.proposed) as told:
        desk.propose()
    proposal = told.args[0]
    seals = tmp_path / "seals"
    seals.mkdir()
    desk.seal(proposal, proposal.lines, seals / "me.json")
    assert desk.is_sealed
    vectors = [one.vector for one in cards(4)]
    for number, one in enumerate(others[0]):
        made = team_seal.sealed(desk.round, one, vectors[number])
        (seals / f"{number}.json").write_bytes(team_seal.written(made))
    with qtbot.waitSignal(desk.opened) as opened:
        desk.open([seals])
    assert opened.args[0].card.participants == 5
    assert opened.args[0].card.kept.own is not None
    assert desk.refusals == []


def test_a_restart_goes_on_where_it_was(desk, others, tmp_path):
    desk.join("atlas")
    desk.take_keys(others[1][:2])
    assert loaded().waiting == desk.waiting
    confirmed_desk = loaded()
    confirmed_desk.take_keys(others[1])
    for one in others[0]:
        key = sealing.member_key(one)
        confirmed_desk.confirm(key, " ".join(key.words))
    confirmed_desk.make_round(PERIOD, tmp_path / "round.json")
    again = loaded()
    assert again.round == confirmed_desk.round
    assert again.team == confirmed_desk.team
    again.forget_round()
    assert loaded().round is None


def test_nothing_is_written_by_looking_at_what_would_be_sealed(qtbot, desk, others, tmp_path):
    confirmed(desk, others)
    desk.make_round(PERIOD, tmp_path / "round.json")
    before = sorted(tmp_path.rglob("*.json"))
    with qtbot.waitSignal(desk.proposed):
        desk.propose()
    assert sorted(tmp_path.rglob("*.json")) == before
    assert not desk.is_sealed


def test_wrong_words_confirm_nothing(desk, others):
    desk.join("atlas")
    desk.take_keys(others[1][:1])
    desk.confirm(desk.waiting[0], "some other words that were heard")
    assert desk.refusals[0][0] == Step.CONFIRM
    assert len(desk.waiting) == 1
    assert desk.team.confirmed == frozenset()


def test_a_key_that_is_ones_own_known_or_none_is_refused(desk, others, tmp_path):
    confirmed(desk, others)
    own, none = tmp_path / "own.json", tmp_path / "none.json"
    desk.save_key(own)
    none.write_bytes(b"{}")
    desk.take_keys([own, others[1][0], none])
    assert [step for step, _ in desk.refusals] == [Step.CONFIRM] * 3
    assert desk.waiting == ()


def test_a_key_can_be_dropped(desk, others):
    desk.join("atlas")
    desk.take_keys(others[1][:2])
    desk.drop(desk.waiting[0])
    assert len(desk.waiting) == 1


def test_a_round_without_ones_key_is_refused(desk, others, tmp_path):
    confirmed(desk, others)
    strangers = [secrets_of(number) for number in range(10, 15)]
    file = tmp_path / "strangers.json"
    file.write_bytes(team_round.signed(round_of(strangers), strangers[0]))
    desk.take_round(file)
    assert desk.refusals[0][0] == Step.ROUND
    assert desk.round is None


def test_too_few_people_make_no_round(desk, tmp_path):
    desk.join("atlas")
    desk.make_round(PERIOD, tmp_path / "round.json")
    assert desk.refusals[0][0] == Step.ROUND
    assert not (tmp_path / "round.json").exists()


def test_one_missing_file_opens_nothing(desk, others, tmp_path):
    people = others[0]
    confirmed(desk, others)
    desk.make_round(PERIOD, tmp_path / "round.json")
    vectors = [one.vector for one in cards(4)]
    seals = [team_seal.sealed(desk.round, one, v) for one, v in zip(people, vectors, strict=True)]
    files = [tmp_path / f"seal-{number}.json" for number in range(4)]
    for file, seal in zip(files, seals, strict=True):
        file.write_bytes(team_seal.written(seal))
    desk.open(files)
    assert desk.refusals[0][0] == Step.OPEN


def test_leaving_forgets_keys_and_progress(desk, others):
    desk.join("atlas")
    desk.take_keys(others[1][:1])
    team = desk.team.id
    desk.leave()
    assert desk.team is None
    assert team_book.load_progress(team) == team_book.Progress()


def test_without_a_keyring_no_keys_are_made(qtbot, monkeypatch, tmp_path):
    desk = loaded()
    desk.join("atlas")
    assert desk.refusals[0][0] == Step.KEYS
    assert desk.team is None


def test_one_may_be_in_two_teams(desk):
    desk.join("atlas")
    first = desk.team
    desk.join("boreas")
    assert desk.team.name == "boreas"
    desk.choose(first.id)
    assert desk.team == first
