import dataclasses
import inspect

import pytest

from ledger.core import rows
from ledger.core.rows import EditRow, FileRow, HistoryRow, InteractionRow, Pointer, RejectedRow
from ledger.core.vocabulary import Outcome

ALL = [
    k
    for _, k in inspect.getmembers(rows, dataclasses.is_dataclass)
    if k.__module__ == rows.__name__
]
SAMPLES = [
    Pointer("/log", "codex", 0, 10, 20, 7),
    EditRow(1, 2, "a.py", 3, 4, Outcome.APPLIED, False),
    RejectedRow("/log", 0, 10, "not valid JSON"),
    HistoryRow("m", 1, 2, "do", None, "Tag 1 interaction as kept"),
]


@pytest.mark.parametrize("kind", ALL)
def test_every_row_is_frozen_has_slots_and_says_what_it_is(kind):
    assert kind.__dataclass_params__.frozen
    assert "__slots__" in vars(kind)
    assert kind.__doc__.endswith(".")


@pytest.mark.parametrize("kind", ALL)
def test_no_row_has_room_for_what_was_said(kind):
    """Prompts and answers are read live from the logs; the ledger holds figures and pointers."""
    fields = {field.name for field in dataclasses.fields(kind)}
    assert fields & {"text", "prompt", "answer", "content", "words"} == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_a_row_cannot_be_changed_by_the_page_that_shows_it(sample):
    name = dataclasses.fields(sample)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(sample, name, 9)


@pytest.mark.parametrize("kind", [InteractionRow, FileRow])
def test_the_parts_of_a_long_row_are_named_where_it_is_made(kind):
    with pytest.raises(TypeError, match="positional"):
        kind(1, 2)
