import pytest

from ledger.core.usage import Basis
from ledger.core.vocabulary import TOOL_TITLES, Intent, Kind, Origin, Outcome, Tag, Tool

# What ledgers hold. A new member gets the next number; none ever gets another.
NUMBERS = {
    Tag: ["KEPT", "EDITED", "THROWN_AWAY"],
    Intent: ["DELIVERY", "EXPERIMENT"],
    Kind: [
        *("UNSORTED", "QUESTION", "DRAFT", "FIX", "REVIEW"),
        *("REFACTOR", "DATA", "WRITING", "OPERATIONS", "CHANGE"),
    ],
    Origin: ["TYPED", "SCRIPT", "COMMAND", "QUEUED", "UNPROMPTED", "LOGGED"],
    Outcome: ["PENDING", "APPLIED", "REJECTED", "BLOCKED", "FAILED", "INTERRUPTED"],
    Basis: ["EXACT", "PARTIAL", "ESTIMATED", "UNKNOWN"],
}


@pytest.mark.parametrize("closed", NUMBERS)
def test_the_numbers_in_released_ledgers_keep_their_meaning(closed):
    first = 1 if closed is Tag else 0  # no row stands for an untagged interaction
    known = {name: number for number, name in enumerate(NUMBERS[closed], first)}
    assert {name: int(member) for name, member in closed.__members__.items()} == known


def test_every_tool_has_a_name():
    assert set(TOOL_TITLES) == set(Tool)
    assert Tool("claude-code").full_name == "Claude Code"


def test_tags_have_one_word_for_people_and_one_for_scripts():
    assert [(tag.title, tag.key) for tag in Tag] == [
        ("kept", "kept"),
        ("edited", "edited"),
        ("thrown away", "thrown-away"),
    ]


def test_delivery_is_the_default_intent():
    assert Intent(0).title == "delivery"
