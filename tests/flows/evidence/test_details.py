"""What a card shows: everything known of one interaction, priced, and its files together."""

from dataclasses import replace

import pytest

from ledger.core.evidence import ChangeFingerprint, Fate, Horizon, Observation, Survival
from ledger.core.rows import EditRow
from ledger.core.vocabulary import Kind, Outcome
from ledger.flows.evidence import details
from ledger.flows.evidence.details import (
    NOT_OBSERVED,
    CommitQuery,
    FileShare,
    files,
    observed,
    survived,
)
from ledger.flows.evidence.survival import SurvivalQuery
from ledger.flows.tagging.suggestions import NOTHING_LEARNT
from ledger.host.prices import PriceTableError
from ledger.metrics.unpriced import Unpriced
from tests.flows.tagging.test_suggestions import landed, with_edits
from tests.git_worlds import EDIT_S, KEY, World, code, edited
from tests.making import interaction_id, made_reading

ONE = interaction_id(0)


@pytest.fixture
def known_details(workspace):
    """One interaction with everything known of it; its model has a price."""
    reading = with_edits(1)
    reading.batch.requests[:] = [
        request._replace(model="claude-opus-4-5") for request in reading.batch.requests
    ]
    workspace.add([reading])
    workspace.load()
    workspace.store.evidence.set_survivals([landed(0, 0.95)], now_ms=1)
    workspace.show(workspace.suggest([ONE], NOTHING_LEARNT))
    return details.details_of(workspace.store, ONE)


def test_everything_known_is_there(known_details):
    assert known_details.row.id == ONE
    assert known_details.suggestion is not None
    assert [survival.horizon for survival in known_details.survivals] == [Horizon.WEEK]
    assert known_details.may_have_landed


def test_it_has_a_price_where_the_model_has_one(known_details, workspace):
    assert known_details.cost.value > 0
    assert known_details.cost.lacking == ()
    workspace.add([made_reading(2)])  # the second one used a model that nobody prices
    unpriced = details.details_of(workspace.store, interaction_id(1)).cost
    assert (unpriced.value, unpriced.lacking) == (None, (Unpriced("model-a"),))


def test_a_price_table_that_cannot_be_read_costs_the_price_alone(
    known_details, workspace, monkeypatch
):
    def broken():
        raise PriceTableError("no", "table")

    monkeypatch.setattr(details, "book", broken)
    again = details.details_of(workspace.store, ONE)
    assert again.cost is None
    assert again.suggestion == known_details.suggestion


def test_an_interaction_nobody_knows_has_none(workspace):
    assert details.details_of(workspace.store, 5) is None
    assert details.commit_query(workspace.store, 5) is None
    assert details.landed_commits(None) == ""


def test_what_never_reached_the_default_branch_has_not_landed(known_details):
    gone = Survival(
        interaction=ONE, horizon=Horizon.NOW, fate=Fate.MEASURED, looked_ms=0, anywhere=1.0,
        landed=0.0,
    )  # fmt: skip
    assert not replace(known_details, survivals=(gone,)).may_have_landed


def test_files_add_up_what_was_applied_to_them_and_nothing_else(known_details):
    def edit(path, added, outcome=Outcome.APPLIED):
        return EditRow(1, 0, path, added, 1, outcome, False)

    row = replace(
        known_details.row,
        edits=(edit("b", 2), edit("a", 3), edit("b", 5), edit("c", 9, Outcome.REJECTED)),
    )
    assert files(row) == [FileShare("b", 7, 2), FileShare("a", 3, 1)]


def test_the_commit_that_brought_it_is_found_in_git(tmp_path):
    world = World.begun(tmp_path / "repo", first=code(1))
    world.commit("something else", at=0.5, other=code(2))
    world.commit("it", at=1, added=code(7, 8))
    landed_in = world.head()
    world.commit("later", at=2, other=code(2, 3))
    query = SurvivalQuery(ONE, EDIT_S * 1000, (edited(world, "added", "", code(7, 8)),))
    assert details.landed_commits(CommitQuery(query, KEY)) == landed_in


def test_what_git_is_asked_comes_from_what_was_observed(known_details, workspace):
    observation = Observation(interaction=ONE, version=1, end=0)
    workspace.store.evidence.set_observations([observation])
    query = details.commit_query(workspace.store, ONE)
    assert query.query.interaction == ONE
    assert query.key == workspace.store.evidence.key


REPLACED = "later AI work took the place of the rest (of all code of that week there: 90\u202f%)"


def test_what_nobody_looked_at_is_said_to_be_so():
    assert observed(None) == [NOT_OBSERVED]


def test_a_quiet_interaction_says_little():
    assert observed(Observation(interaction=1, version=1, end=1, kind=Kind.QUESTION)) == [
        "Kind of work: question."
    ]


def test_everything_that_was_seen_is_a_sentence():
    observation = Observation(
        interaction=1, version=1, end=1, kind=Kind.FIX, runs=3, failed_runs=1, reads=1,
        hand_edits=2, refused=True, rewound=True, restored=True,
        traces=(ChangeFingerprint("/a", b"", 50, 9), ChangeFingerprint("/b", b"", 5, 1)),
    )  # fmt: skip
    assert observed(observation) == [
        "Kind of work: fix until green.",
        "1 look into files; 3 commands, 1 failed.",
        "2 files changed; 10 lines added that can be told apart.",
        "You changed 2 files by hand afterwards.",
        "You refused something and said why.",
        "You took the conversation back to before it.",
        "Its files were put back as they were before.",
    ]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"anywhere": 0.5}, "After 7 days: 50\u202f% of it is there."),
        ({"anywhere": 0.5, "lines": 12, "lines_left": 6, "landed": 0.25},
         "After 7 days: 6 of 12 new lines are there, 25\u202f% on the default branch."),
        ({"anywhere": 1.0, "fate": Fate.PARKED},
         "After 7 days: 100\u202f% of it is there, not committed."),
        ({"anywhere": 0.1, "fate": Fate.SUPERSEDED, "baseline": 0.9},
         f"After 7 days: 10\u202f% of it is there; {REPLACED}."),
        ({"anywhere": 0.0, "fate": Fate.REVERTED},
         "After 7 days: the files went back to what they were."),
        ({"fate": Fate.TOO_SMALL}, "After 7 days: too little was added to tell."),
    ],
)  # fmt: skip
def test_what_git_showed_is_a_sentence_for_each_horizon(more, words):
    fields = {"fate": Fate.MEASURED} | more
    survival = Survival(interaction=1, horizon=Horizon.WEEK, looked_ms=1, **fields)
    assert survived([survival]) == [words]


def test_every_horizon_and_fate_has_words():
    for horizon in Horizon:
        for fate in Fate:
            survival = Survival(interaction=1, horizon=horizon, fate=fate, looked_ms=1)
            (sentence,) = survived([survival])
            assert sentence.endswith(".")
