import pytest

from ledger.app.sealed_round import SealedRound, Step
from ledger.export import sealing, team_files
from ledger.host import team_book
from tests.teaming import PERIOD, Person, cards, round_of, secrets_of
from tests.ui.pages.compare.comparing import now, working


@pytest.fixture
def person(monkeypatch, tmp_path):
    return Person(monkeypatch, tmp_path / "me").sits_down()


@pytest.fixture
def sealed_round(qtbot, person):
    return loaded()


@pytest.fixture
def others(tmp_path):
    """Return the keys of four colleagues and the files they sent."""
    secrets = [secrets_of(number) for number in range(4)]
    files = [tmp_path / f"key-{number}.json" for number in range(4)]
    for file, member in zip(files, secrets, strict=True):
        file.write_bytes(team_files.encode_key(sealing.member_key(member)))
    return secrets, files


def loaded():
    round_ = SealedRound(working(), now)
    round_.refusals = []
    round_.refused.connect(lambda step, problem: round_.refusals.append((step, problem)))
    round_.load()
    return round_


def confirmed(sealed_round, others):
    sealed_round.join("atlas")
    sealed_round.take_keys(others[1])
    for member in others[0]:
        key = sealing.member_key(member)
        sealed_round.confirm(key, " ".join(key.words))
    return sealed_round


def test_without_a_team_nothing_is_on_its_way(sealed_round):
    assert (sealed_round.team, sealed_round.round, sealed_round.waiting) == (None, None, ())
    assert not sealed_round.is_sealed


def test_the_whole_way_from_keys_to_the_sum(qtbot, sealed_round, others, tmp_path):
    confirmed(sealed_round, others)
    assert (sealed_round.waiting, len(sealed_round.team.members)) == ((), 5)
    sealed_round.make_round(PERIOD, tmp_path / "round.json")
    with qtbot.waitSignal(sealed_round.proposed) as blocker:
        sealed_round.propose()
    proposal = blocker.args[0]
    seals = tmp_path / "seals"
    seals.mkdir()
    sealed_round.seal(proposal, proposal.lines, seals / "me.json")
    assert sealed_round.is_sealed
    vectors = [member.vector for member in cards(4)]
    for number, member in enumerate(others[0]):
        seal = team_files.seal_numbers(sealed_round.round, member, vectors[number])
        (seals / f"{number}.json").write_bytes(team_files.encode_seal(seal))
    with qtbot.waitSignal(sealed_round.opened) as opened:
        sealed_round.open([seals])
    assert opened.args[0].card.participants == 5
    assert opened.args[0].card.kept.own is not None
    assert sealed_round.refusals == []


def test_a_restart_goes_on_where_it_was(sealed_round, others, tmp_path):
    sealed_round.join("atlas")
    sealed_round.take_keys(others[1][:2])
    assert loaded().waiting == sealed_round.waiting
    confirmed_round = loaded()
    confirmed_round.take_keys(others[1])
    for member in others[0]:
        key = sealing.member_key(member)
        confirmed_round.confirm(key, " ".join(key.words))
    confirmed_round.make_round(PERIOD, tmp_path / "round.json")
    again = loaded()
    assert again.round == confirmed_round.round
    assert again.team == confirmed_round.team
    again.forget_round()
    assert loaded().round is None


def test_nothing_is_written_by_looking_at_what_would_be_sealed(
    qtbot, sealed_round, others, tmp_path
):
    confirmed(sealed_round, others)
    sealed_round.make_round(PERIOD, tmp_path / "round.json")
    before = sorted(tmp_path.rglob("*.json"))
    with qtbot.waitSignal(sealed_round.proposed):
        sealed_round.propose()
    assert sorted(tmp_path.rglob("*.json")) == before
    assert not sealed_round.is_sealed


def test_wrong_words_confirm_nothing(sealed_round, others):
    sealed_round.join("atlas")
    sealed_round.take_keys(others[1][:1])
    sealed_round.confirm(sealed_round.waiting[0], "some other words that were heard")
    assert sealed_round.refusals[0][0] == Step.CONFIRM
    assert len(sealed_round.waiting) == 1
    assert sealed_round.team.confirmed == frozenset()


def test_a_key_that_is_ones_own_known_or_none_is_refused(sealed_round, others, tmp_path):
    confirmed(sealed_round, others)
    own, none = tmp_path / "own.json", tmp_path / "none.json"
    sealed_round.save_key(own)
    none.write_bytes(b"{}")
    sealed_round.take_keys([own, others[1][0], none])
    assert [step for step, _ in sealed_round.refusals] == [Step.CONFIRM] * 3
    assert sealed_round.waiting == ()


def test_a_key_can_be_dropped(sealed_round, others):
    sealed_round.join("atlas")
    sealed_round.take_keys(others[1][:2])
    sealed_round.drop(sealed_round.waiting[0])
    assert len(sealed_round.waiting) == 1


def test_a_round_without_ones_key_is_refused(sealed_round, others, tmp_path):
    confirmed(sealed_round, others)
    strangers = [secrets_of(number) for number in range(10, 15)]
    file = tmp_path / "strangers.json"
    file.write_bytes(team_files.encode_round(round_of(strangers), strangers[0]))
    sealed_round.take_round(file)
    assert sealed_round.refusals[0][0] == Step.ROUND
    assert sealed_round.round is None


def test_too_few_people_make_no_round(sealed_round, tmp_path):
    sealed_round.join("atlas")
    sealed_round.make_round(PERIOD, tmp_path / "round.json")
    assert sealed_round.refusals[0][0] == Step.ROUND
    assert not (tmp_path / "round.json").exists()


def test_one_missing_file_opens_nothing(sealed_round, others, tmp_path):
    people = others[0]
    confirmed(sealed_round, others)
    sealed_round.make_round(PERIOD, tmp_path / "round.json")
    vectors = [member.vector for member in cards(4)]
    seals = [
        team_files.seal_numbers(sealed_round.round, member, v)
        for member, v in zip(people, vectors, strict=True)
    ]
    files = [tmp_path / f"seal-{number}.json" for number in range(4)]
    for file, seal in zip(files, seals, strict=True):
        file.write_bytes(team_files.encode_seal(seal))
    sealed_round.open(files)
    assert sealed_round.refusals[0][0] == Step.OPEN


def test_leaving_forgets_keys_and_progress(sealed_round, others):
    sealed_round.join("atlas")
    sealed_round.take_keys(others[1][:1])
    team = sealed_round.team.id
    sealed_round.leave()
    assert sealed_round.team is None
    assert team_book.load_progress(team) == team_book.Progress()


def test_without_a_keyring_no_keys_are_made(qtbot, monkeypatch, tmp_path):
    sealed_round = loaded()
    sealed_round.join("atlas")
    assert sealed_round.refusals[0][0] == Step.KEYS
    assert sealed_round.team is None


def test_one_may_be_in_two_teams(sealed_round):
    sealed_round.join("atlas")
    first = sealed_round.team
    sealed_round.join("boreas")
    assert sealed_round.team.name == "boreas"
    sealed_round.choose(first.id)
    assert sealed_round.team == first
