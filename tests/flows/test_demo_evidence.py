"""The demo shows evidence, suggestions, disagreements and questions, all of them made up."""

import pytest

from ledger.core.evidence import Fate, Horizon
from ledger.core.filters import ANY
from ledger.core.words import Tag
from ledger.flows import demo
from ledger.flows.desk import Desk
from ledger.flows.disagreeing import disagreements
from ledger.store.store import Store

NOW_MS = 1_780_000_000_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo"
    demo.make(folder, NOW_MS)
    with Store.open(demo.ledger_path(folder)) as store:
        made = Desk(store, lambda: NOW_MS)
        made.load()
        yield made


def test_every_tag_is_suggested_and_some_outputs_have_no_suggestion(desk):
    assert set(desk.frame.suggested.tolist()) == {0, *Tag}


def test_most_suggestions_agree_with_the_demos_person_and_some_do_not(desk):
    frame = desk.frame
    both = (frame.tag > 0) & (frame.suggested > 0) & (frame.confidence >= 70)
    agreed = (frame.tag == frame.suggested)[both]
    assert 0.75 < agreed.mean() < 1
    assert disagreements(desk.store, frame, ANY)


def test_survival_grows_no_more_with_time(desk):
    found = desk.store.survivals(desk.frame.id.tolist())
    assert any(one.fate is Fate.REVERTED for some in found.values() for one in some)
    for some in found.values():
        shares = [one.anywhere for one in some]
        assert shares == sorted(shares, reverse=True)
        assert {one.horizon for one in some} <= {Horizon.DAY, Horizon.WEEK, Horizon.MONTH}


def test_kinds_of_work_are_those_of_its_own_logs(desk):
    assert len(set(desk.frame.kind.tolist()) - {0}) >= 3


def test_questions_are_drawn_and_the_ledger_is_sound(desk):
    assert desk.frame.questions
    assert desk.store.check() == []


def test_the_same_questions_are_drawn_each_time(desk, tmp_path):
    demo.make(tmp_path / "again", NOW_MS)
    with Store.open(demo.ledger_path(tmp_path / "again")) as other:
        assert other.key != desk.store.key
        assert other.questions() == desk.store.questions()
