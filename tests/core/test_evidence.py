"""Evidence holds facts and never their text; what is not known is None."""

import dataclasses

import pytest

from ledger.core.evidence import Fate, Horizon, Observation, Suggestion, Survival, Trace
from ledger.core.words import Kind, Tag


def test_what_was_not_measured_is_unknown_and_not_nothing():
    survival = Survival(interaction=1, horizon=Horizon.WEEK, fate=Fate.UNKNOWN, looked_ms=5)
    assert survival.anywhere is None
    assert survival.landed is None
    assert survival.baseline is None


def test_an_observation_begins_unsorted_and_without_traces():
    seen = Observation(interaction=1, version=2, end=3)
    assert seen.kind is Kind.UNSORTED
    assert seen.traces == ()


def test_horizons_stand_in_the_order_of_time():
    assert list(Horizon) == [Horizon.NOW, Horizon.DAY, Horizon.WEEK, Horizon.MONTH]


@pytest.mark.parametrize("kind", [Observation, Survival, Suggestion])
def test_nothing_of_it_can_be_changed(kind):
    assert kind.__dataclass_params__.frozen


def test_no_field_of_evidence_could_hold_a_prompt_or_code():
    # Words in it are closed lists, commit ids and our own reasons; features are packed hashes.
    texts = {
        field.name
        for kind in (Observation, Survival, Suggestion)
        for field in dataclasses.fields(kind)
        if "str" in str(field.type)
    }
    assert texts == {"commit", "why"}
    assert Trace.__annotations__["features"] is bytes


def test_a_suggestion_carries_its_reasons():
    made = Suggestion(interaction=1, tag=Tag.KEPT, confidence=0.85, worth=0.9, why=("a", "b"))
    assert made.why[0] == "a"
