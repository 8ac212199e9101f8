"""What Claude Code itself says a session has used is kept beside, never added."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from ledger.core.usage import LARGEST_COUNT
from ledger.importers.claude_code.identity import session_ids
from ledger.importers.claude_code.records import Row
from ledger.importers.claude_code.totals import totals_of
from tests.importers.claude_code.claude_logs import SESSION, answer, prompt, read, usage

SPENT = {
    "inputTokens": 96,
    "outputTokens": 543,
    "cacheReadInputTokens": 20900,
    "cacheCreationInputTokens": 7650,
    "costUSD": 0.0433905,
}


def state(**models: object) -> dict[str, object]:
    return {"type": "cost-state", "sessionId": SESSION, "totalCostUSD": 1, "modelUsage": models}


def test_a_total_is_told_for_every_model():
    batch = read(prompt(0), answer(1, "m"), state(opus=SPENT, haiku={"outputTokens": 3}))
    opus, haiku = batch.totals
    assert opus[3:10] == ("opus", -1, 96, 20900, 7650, 543, 43_390)
    assert (haiku.model, haiku.output, haiku.micro_dollars) == ("haiku", 3, -1)
    assert opus.session == session_ids(SESSION).own
    assert opus.offset > 0


def test_a_total_is_no_request():
    assert len(read(prompt(0), answer(1, "m"), state(opus=SPENT)).requests) == 1


def test_a_later_total_bears_the_same_id_and_a_later_time():
    first, last = read(prompt(0), state(opus=SPENT), answer(5, "m"), state(opus=SPENT)).totals
    assert first.id == last.id
    assert first.time_ms < last.time_ms


@pytest.mark.parametrize("damaged", [b"", b"7", b"[]", b'{"a":', b"null"])
def test_a_damaged_total_is_none(damaged: bytes):
    assert totals_of(Row(model_usage=Raw(damaged)), SESSION, 1, (0, b"")) == []


anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)


@given(st.dictionaries(st.text(max_size=4), st.dictionaries(st.sampled_from([*SPENT]), anything)))
def test_no_total_is_outside_its_bounds(models: dict[str, dict[str, object]]):
    row = Row(model_usage=Raw(json.dumps(models).encode()))
    for total in totals_of(row, SESSION, 1, (0, b"")):
        counts = (total.input, total.cache_read, total.cache_write, total.output)
        assert all(0 <= count <= LARGEST_COUNT for count in counts)
        assert -1 <= total.micro_dollars <= LARGEST_COUNT


def test_usage_and_total_are_two_things():
    (request,) = read(prompt(0), answer(1, "m", used=usage(9)), state(opus=SPENT)).requests
    assert request.output == 9
