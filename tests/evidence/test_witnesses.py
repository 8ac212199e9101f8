"""Git and the tool are heard apart, and a silence is no verdict."""

import pytest

from ledger.core.evidence import Fate, Horizon
from ledger.core.vocabulary import Outcome, Tag
from ledger.evidence.witnesses import Witnesses, git_witness, tool_witness, witnesses
from tests.evidence.test_rules import facts, seen, survival

KEPT, EDITED, THROWN = Tag.KEPT, Tag.EDITED, Tag.THROWN_AWAY


@pytest.mark.parametrize(
    ("known", "git"),
    [
        (facts(survival(0.9)), KEPT),
        (facts(survival(0.5)), EDITED),
        (facts(survival(0.1)), THROWN),
        (facts(survival(0.0, fate=Fate.REVERTED)), THROWN),
        (facts(survival(0.1, fate=Fate.SUPERSEDED)), None),
        (facts(survival(0.1, Horizon.NOW)), None),
        (facts(), None),
    ],
)
def test_git_speaks_on_the_seventh_day(known, git):
    assert git_witness(known) is git


@pytest.mark.parametrize(
    ("known", "tool"),
    [
        (facts(), KEPT),
        (facts(outcomes=(Outcome.REJECTED,)), THROWN),
        (facts(outcomes=(Outcome.FAILED,)), None),
        (facts(seen=seen(hand_edits=1)), EDITED),
        (facts(seen=seen(restored=True)), THROWN),
        (facts(outcomes=(), seen=seen(rewound=True)), THROWN),
        (facts(seen=seen(rewound=True)), KEPT),
        (facts(outcomes=()), None),
    ],
)
def test_the_tool_tells_what_was_accepted(known, tool):
    assert tool_witness(known) is tool


@pytest.mark.parametrize(
    ("said", "differ", "gap"),
    [
        (Witnesses(KEPT, KEPT, KEPT), False, 0),
        (Witnesses(KEPT, None, KEPT), False, 0),
        (Witnesses(KEPT, THROWN, None), True, 2),
        (Witnesses(None, EDITED, KEPT), True, 1),
        (Witnesses(EDITED, THROWN, KEPT), True, 2),
        (Witnesses(None, None, None), False, -1),
    ],
)
def test_two_witnesses_that_differ_disagree(said, differ, gap):
    assert (said.differ, said.gap) == (differ, gap)


def test_all_three_are_asked():
    assert witnesses(facts(survival(0.1)), EDITED) == Witnesses(EDITED, THROWN, KEPT)
