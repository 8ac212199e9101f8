import dataclasses
import inspect
import pickle

import pytest

from ledger.core import parts
from ledger.core.parts import (
    Batch,
    Cursor,
    EditPart,
    PromptPart,
    Reading,
    Rejected,
    RequestPart,
    SessionPart,
    SpanPart,
    TotalPart,
)
from ledger.core.usage import Basis
from ledger.core.vocabulary import Origin, Outcome

SAMPLES = [
    SessionPart(1, "key", 2, "/p", "main", "2.1", 3),
    PromptPart(1, 2, 3, Origin.TYPED, "/p", "main", 0, 1, 2, 3, 4),
    RequestPart(1, 2, None, 3, 4, "m", 5, 6, 7, 8, 9, None),
    EditPart(1, 2, 3, 4, 5, "a.py", 6, 7, Outcome.APPLIED, True, 8, 9),
    SpanPart(1, 2),
    Rejected(1, 2, 3, "not valid JSON"),
    Cursor("/log"),
    TotalPart(1, 2, 3, "m", 4, 5, 6, 7, 8, 9, 10, 11),
]
TUPLES = [k for _, k in inspect.getmembers(parts, inspect.isclass) if issubclass(k, tuple)]


def test_a_new_batch_is_empty_and_shares_nothing_with_another():
    one, two = Batch(), Batch()
    one.prompts.append(SAMPLES[1])
    assert two.prompts == []
    assert (two.lines, *map(len, dataclasses.astuple(two)[:-1])) == (0,) * 8


def test_a_file_that_was_never_read_begins_at_its_beginning():
    cursor = Cursor("/log")
    assert (cursor.offset, cursor.state, cursor.parser) == (0, "", 0)


def test_a_request_is_exact_and_stands_where_it_was_written_unless_said_otherwise():
    request = SAMPLES[2]
    assert (request.basis, request.low, request.high) == (Basis.EXACT, 1.0, 1.0)
    assert (request.rank, request.ordinal, request.vector, request.turn) == (0, 0, 0, 0)


def test_a_reading_is_without_a_problem_unless_it_says_one():
    reading = Reading("codex", Cursor("/log"), Batch())
    assert (reading.problem, reading.start) == ("", 0)


def test_parts_come_back_from_a_reader_process_as_they_went():
    batch = Batch(
        sessions=[SAMPLES[0]], prompts=[SAMPLES[1]], requests=[SAMPLES[2]], edits=[SAMPLES[3]],
        spans=[SAMPLES[4]], rejected=[SAMPLES[5]], lines=3,
    )  # fmt: skip
    reading = Reading("codex", SAMPLES[6], batch, "a problem", 5)
    there = pickle.loads(pickle.dumps(reading))
    assert there == reading
    assert there.batch.edits[0].outcome is Outcome.APPLIED


def test_every_kind_of_part_has_a_sample_here():
    assert {type(sample) for sample in SAMPLES} == set(TUPLES) - {Reading}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_a_part_cannot_be_changed(sample):
    with pytest.raises(AttributeError):
        setattr(sample, sample._fields[0], 9)


def test_what_was_rejected_says_where_and_why_and_has_no_room_for_what():
    assert Rejected._fields == ("offset", "length", "check", "reason")


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [(Outcome.PENDING, outcome) for outcome in Outcome if outcome is not Outcome.PENDING],
)
def test_a_call_without_its_result_never_hides_a_known_outcome(weaker, stronger):
    """The store joins two parts of one edit by the greatest value of every field."""
    assert weaker < stronger
