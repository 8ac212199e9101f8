"""What a card shows: everything known of one interaction, priced, and its files together."""

from dataclasses import replace

import pytest

from ledger.core.evidence import Fate, Horizon, Observation, Survival
from ledger.core.rows import EditRow
from ledger.core.words import Outcome
from ledger.flows import dossier
from ledger.flows.dossier import FileShare, Trail, files
from ledger.flows.suggesting import NOTHING_LEARNT
from ledger.flows.surviving import Subject
from ledger.host.prices import PriceTableError
from tests.flows.test_suggesting import landed, with_edits
from tests.git_worlds import EDIT_S, KEY, World, code, edited
from tests.making import interaction_id, made_reading

ONE = interaction_id(0)


@pytest.fixture
def known(desk):
    """One interaction with everything known of it; its model has a price."""
    reading = with_edits(1)
    reading.batch.requests[:] = [
        one._replace(model="claude-opus-4-5") for one in reading.batch.requests
    ]
    desk.add([reading])
    desk.load()
    desk.store.set_survivals([landed(0, 0.95)], now_ms=1)
    desk.show(desk.suggest([ONE], NOTHING_LEARNT))
    return dossier.dossier(desk.store, ONE)


def test_everything_known_is_there(known):
    assert known.row.id == ONE
    assert known.suggestion is not None
    assert [one.horizon for one in known.survivals] == [Horizon.WEEK]
    assert known.may_have_landed


def test_it_has_a_price_where_the_model_has_one(known, desk):
    assert known.dollars is not None
    assert known.dollars > 0
    desk.add([made_reading(2)])  # the second one used a model that nobody prices
    assert dossier.dossier(desk.store, interaction_id(1)).dollars is None


def test_a_price_table_that_cannot_be_read_costs_the_price_alone(known, desk, monkeypatch):
    def broken():
        raise PriceTableError("no", "table")

    monkeypatch.setattr(dossier, "book", broken)
    again = dossier.dossier(desk.store, ONE)
    assert again.dollars is None
    assert again.suggestion == known.suggestion


def test_an_interaction_nobody_knows_has_none(desk):
    assert dossier.dossier(desk.store, 5) is None
    assert dossier.trail(desk.store, 5) is None
    assert dossier.landing(None) == ""


def test_what_never_reached_the_default_branch_has_not_landed(known):
    gone = Survival(
        interaction=ONE, horizon=Horizon.NOW, fate=Fate.MEASURED, looked_ms=0, anywhere=1.0,
        landed=0.0,
    )  # fmt: skip
    assert not replace(known, survivals=(gone,)).may_have_landed


def test_files_add_up_what_was_applied_to_them_and_nothing_else(known):
    def edit(path, added, outcome=Outcome.APPLIED):
        return EditRow(1, 0, path, added, 1, outcome, False)

    row = replace(
        known.row,
        edits=(edit("b", 2), edit("a", 3), edit("b", 5), edit("c", 9, Outcome.REJECTED)),
    )
    assert files(row) == [FileShare("b", 7, 2), FileShare("a", 3, 1)]


def test_the_commit_that_brought_it_is_found_in_git(tmp_path):
    world = World.begun(tmp_path / "repo", first=code(1))
    world.commit("something else", at=0.5, other=code(2))
    world.commit("it", at=1, added=code(7, 8))
    landed_in = world.head()
    world.commit("later", at=2, other=code(2, 3))
    subject = Subject(ONE, EDIT_S * 1000, (edited(world, "added", "", code(7, 8)),))
    assert dossier.landing(Trail(subject, KEY)) == landed_in


def test_what_git_is_asked_comes_from_what_was_observed(known, desk):
    seen = Observation(interaction=ONE, version=1, end=0)
    desk.store.set_observations([seen])
    found = dossier.trail(desk.store, ONE)
    assert found.subject.interaction == ONE
    assert found.key == desk.store.key
