import pytest

from ledger.app.sealed_round import Step
from ledger.export import sealing, team_files
from ledger.ui.pages.compare import sealed_steps, sealed_sum
from ledger.ui.pages.compare.sealed_sum import SealedSumPage
from tests.teaming import PERIOD, Person, cards, gathered, secrets_of
from tests.ui.pages.compare.comparing import Places, now, working


@pytest.fixture
def make(qtbot, tmp_path):
    def build(**more):
        page = SealedSumPage(working(**more), now, Places(tmp_path))
        qtbot.addWidget(page)
        page.resize(900, 900)
        page.show()
        page.refresh()
        return page

    return build


@pytest.fixture
def alone(monkeypatch, tmp_path):
    return Person(monkeypatch, tmp_path / "me").sits_down()


def states(page):
    return [
        "done" if card.badge.done else "open" if not card.inside.isHidden() else "later"
        for card in page.steps.values()
    ]


def test_it_begins_with_the_first_step(make, alone):
    page = make()
    assert states(page) == ["open", "later", "later", "later", "later"]


def test_it_walks_through_all_steps(make, alone, tmp_path, monkeypatch):
    page = make()
    page.keys.name.setText("atlas")
    page.keys.make.click()
    assert states(page) == ["done", "open", "later", "later", "later"]
    people = [secrets_of(number) for number in range(4)]
    files = [tmp_path / f"k{number}.json" for number in range(4)]
    for file, person in zip(files, people, strict=True):
        file.write_bytes(team_files.encode_key(sealing.member_key(person)))
    monkeypatch.setattr(sealed_steps.save_file, "ask_files", lambda *_args: files)
    page.confirm.open.click()
    for person in people:
        key = sealing.member_key(person)
        page.confirm.keys.confirm_wanted.emit(key, " ".join(key.words))
    assert states(page) == ["done", "done", "open", "later", "later"]
    page.round.make.click()
    assert states(page) == ["done", "done", "done", "open", "open"]
    assert page.seal.lines.lines
    page.seal.seal.click()
    assert states(page) == ["done", "done", "done", "done", "open"]
    seals = tmp_path / "seals"
    seals.mkdir()
    (mine,) = tmp_path.glob("team-seal-*.json")
    mine.rename(seals / mine.name)
    for number, person in enumerate(people):
        seal = team_files.seal_numbers(page.sealed_round.round, person, cards(4)[number].vector)
        (seals / f"{number}.json").write_bytes(team_files.encode_seal(seal))
    monkeypatch.setattr(sealed_steps.save_file, "ask_folder", lambda *_args: seals)
    page.open.folder.click()
    assert states(page) == ["done"] * 5
    assert page.open.result.title.full_text().startswith("5 people")


def test_each_step_says_what_to_send_to_whom(make):
    page = make()
    for step in (Step.KEYS, Step.ROUND, Step.SEAL):
        assert page.steps[step].send.full_text().startswith("Send ")
        assert "everybody" in page.steps[step].send.full_text()


def test_a_restart_shows_the_same(make, monkeypatch, tmp_path):
    gathered(monkeypatch, tmp_path, 5)[0].sits_down()
    first = make()
    first.sealed_round.make_round(PERIOD, tmp_path / "round.json")
    assert states(make()) == states(first) == ["done", "done", "done", "open", "open"]


def test_a_refusal_stands_at_its_step(make, alone):
    page = make()
    page.keys.name.setText(" ")
    page.keys.make.click()
    assert "name" in page.keys.refusal.reason()
    assert page.seal.refusal.reason() == ""


def test_nothing_of_the_demo_is_sealed(make, monkeypatch, tmp_path):
    monkeypatch.setattr(sealed_sum, "is_demo", lambda _path: True)
    gathered(monkeypatch, tmp_path, 5)[0].sits_down()
    page = make()
    page.sealed_round.make_round(PERIOD, tmp_path / "round.json")
    page.seal.seal.click()
    assert "demo" in page.seal.refusal.reason()
    assert not page.sealed_round.is_sealed


def test_another_team_can_be_joined_and_left(make, alone, monkeypatch):
    page = make()
    page.keys.name.setText("atlas")
    page.keys.make.click()
    page.join.click()
    assert states(page)[0] == "open"
    page.keys.name.setText("boreas")
    page.keys.make.click()
    assert [page.teams.itemText(row) for row in range(page.teams.count())] == ["atlas", "boreas"]
    assert page.sealed_round.team.name == "boreas"
    monkeypatch.setattr(sealed_sum, "ask", lambda *_args, **_more: True)
    page.leave.click()
    assert [page.teams.itemText(row) for row in range(page.teams.count())] == ["atlas"]
