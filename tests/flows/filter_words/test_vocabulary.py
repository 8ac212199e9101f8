from ledger.core.filters import Filter
from ledger.core.words import Kind, Tag, Tool
from ledger.flows.filter_words.vocabulary import ALL_KEYS, BY_NAME, KEYS, Names
from ledger.metrics.frame import Frame
from tests.flows.filter_words.cases import NAMES


def test_every_key_is_a_part_of_the_filter():
    assert all(isinstance(getattr(Filter(), key.field), frozenset) for key in KEYS)
    assert len(set(ALL_KEYS)) == len(KEYS) + 4


def test_closed_words_are_there_without_a_ledger():
    nothing = Names.of(Frame.empty())
    assert set(BY_NAME["tool"].spelled(nothing)) == set(Tool)
    assert set(BY_NAME["tag"].spelled(nothing)) == {0, *Tag}
    assert set(BY_NAME["kind"].spelled(nothing)) == set(Kind)
    assert not any(key.spelled(nothing) for key in KEYS if not key.closed)


def test_projects_have_short_names_that_tell_them_apart():
    spelled = BY_NAME["project"].spelled(NAMES)
    assert spelled["/home/ada/api"][0] == "ada/api"
    assert spelled["/home/ada/atlas"] == ("atlas", "/home/ada/atlas")
