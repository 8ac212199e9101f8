"""What the evidence suggests: the table of rules, their order, and the reasons in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.evidence import Fate, Horizon, Observation, Survival
from ledger.core.vocabulary import Outcome, Tag
from ledger.evidence.rules import PRIORS, Facts, Rule, reasons, rule_of, suggested

APPLIED, REJECTED = Outcome.APPLIED, Outcome.REJECTED


def survival(anywhere: float, horizon=Horizon.WEEK, **more) -> Survival:
    fields = {"fate": Fate.MEASURED, "grams": 200, "lines": 75, "lines_left": round(75 * anywhere)}
    return Survival(
        interaction=1, horizon=horizon, looked_ms=0, anywhere=anywhere, **(fields | more)
    )


def facts(*survivals: Survival, outcomes=(APPLIED,), seen=None, redone=False) -> Facts:
    return Facts(1, tuple(outcomes), seen, survivals, redone)


def seen(**more) -> Observation:
    return Observation(interaction=1, version=1, end=0, **more)


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        (facts(survival(0.95, landed=0.95)), Rule.LANDED),
        (facts(survival(0.95, landed=0.1)), Rule.SURVIVES),
        (facts(survival(0.80)), Rule.SURVIVES),
        (facts(survival(0.79)), Rule.PARTLY),
        (facts(survival(0.25)), Rule.PARTLY),
        (facts(survival(0.24)), Rule.VANISHED),
        (facts(survival(0.0, fate=Fate.REVERTED)), Rule.REVERTED),
        (facts(survival(0.1, fate=Fate.SUPERSEDED)), Rule.ACCEPTED),
        (facts(survival(0.9, Horizon.NOW)), Rule.EARLY_THERE),
        (facts(survival(0.5, Horizon.DAY)), Rule.EARLY_PARTLY),
        (facts(survival(0.1, Horizon.DAY)), Rule.EARLY_GONE),
        (facts(outcomes=(REJECTED, REJECTED)), Rule.REJECTED),
        (facts(outcomes=(REJECTED, APPLIED)), Rule.ACCEPTED),
        (facts(seen=seen(restored=True)), Rule.TOOK_BACK),
        (facts(seen=seen(rewound=True, restored=True)), Rule.TOOK_BACK),
        (facts(outcomes=(), seen=seen(rewound=True)), Rule.TOOK_BACK),
        (facts(seen=seen(rewound=True)), Rule.ACCEPTED),  # its files stayed
        (facts(seen=seen(hand_edits=2)), Rule.HAND_EDITED),
        (facts(outcomes=(), redone=True), Rule.REDONE),
        (facts(outcomes=(APPLIED,), redone=True), None),  # asked again, yet taken: neither says
        (facts(), Rule.ACCEPTED),
        (facts(outcomes=()), None),
        (facts(outcomes=(Outcome.FAILED, Outcome.BLOCKED)), None),
    ],
)
def test_the_first_rule_that_applies_speaks(known: Facts, rule: Rule | None):
    assert rule_of(known) is rule


def test_what_is_too_small_to_measure_is_no_evidence_of_survival():
    small = survival(0.0, grams=39, lines=7, fate=Fate.MEASURED)
    assert rule_of(facts(small)) is Rule.ACCEPTED


def test_an_unknown_fate_is_no_evidence():
    assert rule_of(facts(survival(0.0, fate=Fate.UNKNOWN), outcomes=())) is None


def test_the_seventh_day_outweighs_what_is_there_now():
    known = facts(survival(0.9, Horizon.NOW), survival(0.1, Horizon.WEEK))
    assert rule_of(known) is Rule.VANISHED


def test_what_survives_in_part_is_worth_that_part():
    rule_and_suggestion = suggested(facts(survival(0.6)))
    assert rule_and_suggestion is not None
    assert rule_and_suggestion[1].tag is Tag.EDITED
    assert rule_and_suggestion[1].worth == 0.6


def test_the_reason_carries_its_numbers():
    known = facts(survival(62 / 75, landed=62 / 75, baseline=0.89))
    assert reasons(known)[0] == (
        "62 of 75 added lines are on the default branch after 7 days; "
        "half of all new code there keeps at least 89\u202f%."
    )


def test_parked_work_is_told_from_committed_work():
    sentence = reasons(facts(survival(1.0, Horizon.NOW, fate=Fate.PARKED)))[0]
    assert "not committed" in sentence


def test_a_rejection_says_how_many():
    sentences = reasons(facts(outcomes=(REJECTED, APPLIED, REJECTED), seen=seen(refused=True)))
    assert sentences == [
        "You rejected 2 of 3 proposed edits.",
        "You said why when you rejected.",
        "1 edit was applied.",
    ]


@given(
    st.lists(st.sampled_from(list(Outcome)), max_size=4),
    st.floats(0, 1),
    st.sampled_from(list(Horizon)),
    st.sampled_from(list(Fate)),
    st.booleans(),
)
def test_every_suggestion_has_a_reason_and_keeps_its_numbers_in_range(
    outcomes, anywhere, horizon, fate, redone
):
    known = facts(
        survival(anywhere, horizon, fate=fate), outcomes=outcomes, redone=redone, seen=seen()
    )
    rule_and_suggestion = suggested(known)
    if rule_and_suggestion is None:
        return
    rule, suggestion = rule_and_suggestion
    assert suggestion.why
    assert suggestion.tag is PRIORS[rule].tag
    assert 0 <= suggestion.worth <= 1
    assert 0.5 <= suggestion.confidence <= 1
