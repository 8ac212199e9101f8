import pytest

from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.vocabulary import Kind, Tag, Tool
from ledger.flows.filters.resolver import (
    ALL_KEYS,
    BY_NAME,
    KEYS,
    Names,
    UnknownValueError,
    fits,
    nearest,
    resolve,
    unknown_key,
)
from ledger.flows.filters.tokens import Piece
from ledger.metrics.frame import Frame
from tests.flows.filters.cases import NAMES


def values(key, text, quoted=False):
    return resolve(BY_NAME[key], Piece(text, quoted), BY_NAME[key].spelled(NAMES))


@pytest.mark.parametrize(
    ("key", "text", "found"),
    [
        ("tool", "claude", {"claude-code"}),
        ("tool", "Codex CLI", {"codex"}),
        ("tag", "thrown", {Tag.THROWN_AWAY}),
        ("tag", "UNTAGGED", {0}),
        ("kind", "fix", {Kind.FIX}),
        ("kind", "r*", {Kind.REVIEW, Kind.REFACTOR}),
        ("model", "opus*", {"claude-opus-4-5"}),
        ("model", "*codex", {"gpt-5-codex"}),
        ("model", "gpt*5", {"gpt-5"}),
        ("model", "gpt-5", {"gpt-5"}),
        ("project", "api", {"/home/ada/api", "/home/bob/api"}),
        ("project", "ada/api", {"/home/ada/api"}),
        ("project", "/home/ada/*", {"/home/ada/api", "/home/ada/atlas", "/home/ada/my notes"}),
        ("label", "bug", {"bug"}),
        ("label", "BUG", {"bug", "Bug"}),
        ("label", "client X", {"client X"}),
    ],
)
def test_a_value_names_what_people_mean(key, text, found):
    assert values(key, text) == found


def test_in_quotation_marks_a_star_is_a_star():
    with pytest.raises(LedgerError):
        values("model", "gpt*", quoted=True)


@pytest.mark.parametrize(
    ("key", "text", "title", "hint"),
    [
        ("tool", "cursor", "There is no tool “cursor”.", "There are"),
        ("tag", "keptt", "There is no tag “keptt”.", "Did you mean tag:kept?"),
        ("model", "opus", "There is no model “opus” in this ledger.", "Did you mean model:opus*?"),
        ("model", "cloude-opus-4-5", "There is no model", "Did you mean model:claude-opus-4-5?"),
        ("project", "atlass", "There is no project", "Did you mean project:atlas?"),
        ("label", "client", "There is no label", "Did you mean label:client*?"),
        ("label", "clientX", "There is no label", 'Did you mean label:"client X"?'),
    ],
)
def test_what_is_unknown_is_told_with_the_nearest(key, text, title, hint):
    with pytest.raises(LedgerError) as told:
        values(key, text)
    assert told.value.title.startswith(title)
    assert told.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("key", "text", "near"),
    [("project", "atlass", "atlas"), ("label", "clientX", "client X"), ("model", "zz", "")],
)
def test_what_is_unknown_carries_its_key_and_the_nearest_name(key, text, near):
    with pytest.raises(UnknownValueError) as caught:
        values(key, text, quoted=True)
    assert (caught.value.key, caught.value.nearest) == (key, near)


def test_letters_that_could_be_two_things_are_told_as_such():
    with pytest.raises(LedgerError, match="tool:claude-code or tool:codex"):
        values("tool", "c")


def test_a_key_that_is_none_leads_to_the_nearest_and_to_quotation_marks():
    told = str(unknown_key("tols"))
    assert "Did you mean “tool:”" in told
    assert "quotation marks" in told
    assert "There are tool, model" in str(unknown_key("http"))


@pytest.mark.parametrize(
    ("pattern", "text", "fitting"),
    [
        ("*", "", True), ("opus*", "claude-opus-4", True), ("pus*", "claude-opus-4", False),
        ("a*a", "a", False), ("a*a", "aa", True), ("a**b", "xa-b", False), ("A*", "abc", True),
    ],
)  # fmt: skip
def test_a_pattern_begins_at_a_word(pattern, text, fitting):
    assert fits(pattern, text) is fitting


def test_nothing_is_nearest_to_nonsense():
    assert nearest("qqqq", ("tool", "tag")) == ""


def test_every_key_is_a_part_of_the_filter():
    assert all(isinstance(getattr(Filter(), key.field), frozenset) for key in KEYS)
    assert len(set(ALL_KEYS)) == len(KEYS) + 4


def test_closed_words_are_there_without_a_ledger():
    nothing = Names.of(Frame.empty())
    assert set(BY_NAME["tool"].spelled(nothing)) == set(Tool)
    assert set(BY_NAME["tag"].spelled(nothing)) == {0, *Tag}
    assert set(BY_NAME["kind"].spelled(nothing)) == set(Kind)
    assert not any(key.spelled(nothing) for key in KEYS if not key.closed)


def test_a_renamed_project_is_meant_by_both_of_its_names():
    named = NAMES._replace(project_names={"/home/ada/atlas": "The map"})
    spelled = BY_NAME["project"].spelled(named)
    assert spelled["/home/ada/atlas"] == ("The map", "atlas", "/home/ada/atlas")


def test_worktrees_are_meant_by_their_names_and_the_main_checkout_by_none():
    spelled = BY_NAME["worktree"].spelled(NAMES)
    assert spelled[""] == ("none",)
    assert spelled["fox"] == ("fox",)
    assert BY_NAME["worktree"].spelled(Names(worktrees=("",))) == {}


def test_projects_have_short_names_that_tell_them_apart():
    spelled = BY_NAME["project"].spelled(NAMES)
    assert spelled["/home/ada/api"][0] == "ada/api"
    assert spelled["/home/ada/atlas"] == ("atlas", "/home/ada/atlas")
