"""Evidence holds facts and never their text; what is not known is None."""

import dataclasses

import pytest

from ledger.core.evidence import (
    Act,
    ActKind,
    ChangeFingerprint,
    Fate,
    FileChange,
    Horizon,
    Observation,
    Suggestion,
    Survival,
)
from ledger.core.vocabulary import Kind, Outcome, Tag


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
    assert ChangeFingerprint.__annotations__["features"] is bytes


def test_a_suggestion_carries_its_reasons():
    made = Suggestion(interaction=1, tag=Tag.KEPT, confidence=0.85, worth=0.9, why=("a", "b"))
    assert made.why[0] == "a"


def test_an_act_neither_failed_nor_changed_a_file_unless_it_says_so():
    act = Act(ActKind.RUN, 5, "Bash", "make test")
    assert not act.failed
    assert act.edit is None


def test_an_unknown_file_is_told_from_an_empty_one():
    unknown = FileChange("/p/a.py", None, None, (("old", "new"),), Outcome.APPLIED, False)
    fresh = unknown._replace(before="", after="new")
    assert unknown.before is None
    assert fresh.before == ""
    assert unknown != fresh


def test_an_act_cannot_be_changed():
    with pytest.raises(AttributeError):
        Act(ActKind.READ, 5, "Read", "/p/a.py").failed = True  # type: ignore[misc]


def test_every_kind_of_act_reads_as_a_word():
    assert all(str(kind) == kind.value.strip().lower() for kind in ActKind)
    assert len(set(ActKind)) == len(ActKind.__members__)
