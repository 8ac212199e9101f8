import pytest

from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Tag
from ledger.flows.filters.completion import count_values, offers
from ledger.flows.filters.resolver import KEYS, Names
from tests.flows.filters.cases import NAMES
from tests.flows.insights.test_charts import MTE, NOON, frame

COUNTS = {"gpt-5": 9, "claude-opus-4-5": 3, "/home/ada/atlas": 5, "client X": 2, Tag.KEPT: 4}


def offered(line, cursor=None):
    return offers(line, len(line) if cursor is None else cursor, NAMES, lambda _key: COUNTS)


def test_letters_offer_keys():
    assert [one.insert for one in offered("t")] == ["tool:", "tag:"]
    assert [one.insert for one in offered("tool:codex -pr")] == ["-project:"]
    assert offered("") == []
    assert offered("tool:codex ") == []


def test_a_key_offers_the_values_of_this_ledger_most_frequent_first():
    found = offered("model:")
    assert [(one.insert, one.number) for one in found][:2] == [("gpt-5", 9), ("claude-opus-4-5", 3)]
    assert len(found) == 5


def test_letters_after_a_key_narrow_at_any_word():
    assert [one.insert for one in offered("model:opus")] == ["claude-opus-4-5"]
    assert [one.insert for one in offered("model:aude")] == ["claude-opus-4-5", "claude-sonnet-4-5"]
    assert [one.words for one in offered("tool:gem")] == ["Gemini CLI"]
    assert [one.words for one in offered("tag:thr")] == ["Thrown away"]


def test_a_name_with_a_space_comes_in_quotation_marks():
    assert offered("label:cl")[0].insert == '"client X"'
    assert offered('label:"client ')[0].insert == '"client X"'


def test_what_is_taken_replaces_just_what_was_typed():
    line = 'tag:kept project:"my n retry'
    one = offered(line, line.index(" retry"))[0]
    assert line[: one.start] + one.insert + line[one.end :] == ('tag:kept project:"my notes" retry')


def test_after_a_comma_comes_the_next_value():
    line = "tag:kept,"
    one = offered(line)[0]
    assert line[: one.start] + one.insert == "tag:kept,kept"


def test_the_rest_of_a_word_is_replaced_too():
    line = "tool:gemini-cli retry"
    one = offered(line, line.index("mini"))[0]
    assert line[: one.start] + one.insert + line[one.end :] == line


def test_times_offer_the_usual_ones():
    assert [one.insert for one in offered("last:")] == ["7d", "28d", "90d"]
    assert [one.words for one in offered("in:re")] == ["Review period"]
    assert offered("after:2026") == []


def test_a_key_that_is_none_offers_nothing():
    assert offered("nonsense:x") == []


MADE = frame((NOON, Tag.KEPT, MTE, 1), (NOON - 9, 0, MTE, 0), (NOON - 5, 0, MTE, 0))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_count_is_what_the_filter_lets_through(key):
    found = count_values(MADE, key)
    for value in key.spelled(Names.of(MADE)):
        through = MADE.select(Filter(**{key.field: frozenset((value,))})).interactions.sum()
        assert found.get(value, 0) == through
    assert sum(found.values()) == (
        0 if key.name == "label" else MADE.select(ANY).interactions.sum()
    )


def test_a_tag_counts_at_once():
    tags = next(key for key in KEYS if key.name == "tag")
    count_values(MADE, tags)
    assert count_values(MADE.with_tags([1], Tag.THROWN_AWAY), tags)[Tag.THROWN_AWAY] == 1
