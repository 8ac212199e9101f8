"""The list of disagreements: the widest first, and nothing is corrected."""

import pytest

from ledger.core.edits import set_tags
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Tag
from ledger.flows.evidence.disagreements import agreed, disagreements
from ledger.flows.tagging.suggestions import NOTHING_LEARNT
from tests.flows.tagging.test_suggestions import landed, with_edits
from tests.making import START_MS, interaction_id


@pytest.fixture
def disputed(workspace):
    """0: kept but vanished; 1: kept and landed; 2: untagged and vanished; 3: kept, half there."""
    workspace.add([with_edits(6)])
    workspace.load()
    shares = {0: 0.05, 1: 0.95, 2: 0.05, 3: 0.5}
    workspace.store.evidence.set_survivals(
        [landed(n, share) for n, share in shares.items()], now_ms=1
    )
    workspace.show(workspace.suggest([interaction_id(n) for n in range(6)], NOTHING_LEARNT))
    for n in (0, 1, 3):
        workspace.do(set_tags(((interaction_id(n), Tag.KEPT),)))
    return workspace


def numbers(workspace, filter_=ANY):
    number = {interaction_id(n): n for n in range(6)}
    return [
        number[disagreement.row.id]
        for disagreement in disagreements(workspace.store, workspace.frame, filter_)
    ]


def test_disagreements_are_listed_the_widest_first(disputed):
    assert set(numbers(disputed)[:2]) == {0, 2}
    assert numbers(disputed)[2:] == [3]


def test_each_says_who_says_what(disputed):
    first = next(
        disagreement
        for disagreement in disagreements(disputed.store, disputed.frame, ANY)
        if disagreement.row.id == interaction_id(0)
    )
    assert first.words == "You: kept. git: thrown away. the tool: accepted."
    assert first.why[0].startswith("2 of 40 added lines")


def test_listing_changes_no_tag(disputed):
    numbers(disputed)
    [row] = disputed.store.rows([interaction_id(0)])
    assert row.tag is Tag.KEPT


def test_the_filter_holds_here_too(disputed):
    assert numbers(disputed, Filter(since_s=START_MS // 1000 + 86_400)) == []


def test_why_there_is_none_is_told_honestly(workspace, disputed):
    title, sentence = agreed(disputed.frame, ANY)
    assert (title, "6 interactions" in sentence) == ("Everybody agrees", True)
    nothing = Filter(since_s=START_MS // 1000 + 86_400)
    assert agreed(disputed.frame, nothing)[0] == "Nothing to compare yet"
