import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.usage import LARGEST_COUNT, Basis
from ledger.importers.claude_code.records import CacheLifetimes, Details, Message, Row, UsageFields
from ledger.importers.claude_code.usage import (
    Counters,
    Place,
    Response,
    counters_of,
    response_of,
)
from tests.importers.claude_code.claude_logs import answer, id_of, read, usage

PLACE = Place(0, 1_000, 7, 8, 1_000)

numbers = st.none() | st.integers() | st.floats() | st.text(max_size=5)


@pytest.mark.parametrize(
    ("whole", "short", "long", "expected"),
    [
        (100, 30, 70, (30, 70)),
        (50, 30, 70, (0, 50)),  # the total rules
        (200, 30, 70, (130, 70)),
        (None, 30, 70, (30, 70)),
        (100, None, None, (100, 0)),
    ],
)
def test_what_was_written_to_the_cache_is_split(
    whole: int | None, short: int | None, long: int | None, expected: tuple[int, int]
):
    counters = counters_of(
        UsageFields(cache_creation_input_tokens=whole, cache_creation=CacheLifetimes(short, long))
    )
    assert (counters.cache_write_5m, counters.cache_write_1h) == expected


def test_without_a_split_all_was_written_for_five_minutes():
    counters = counters_of(UsageFields(cache_creation_input_tokens=9))
    assert (counters.cache_write_5m, counters.cache_write_1h) == (9, 0)


def test_reasoning_is_inside_the_output():
    counters = counters_of(UsageFields(output_tokens=20, output_tokens_details=Details(30)))
    assert (counters.output, counters.reasoning) == (20, 20)


@given(
    st.builds(
        UsageFields,
        numbers,
        numbers,
        numbers,
        numbers,
        st.none() | st.builds(CacheLifetimes, numbers),
    )
)
def test_no_counter_is_ever_outside_its_bounds(spent: UsageFields):
    counters = counters_of(spent)
    counts = [*counters[2:6], counters.output]
    assert all(0 <= tokens <= LARGEST_COUNT for tokens in counts)
    assert counters.total == sum(counts)


def counters(output: int, total: int) -> Counters:
    return Counters(output, total, total - output, 0, 0, 0, None)


rows = st.builds(
    Response,
    st.builds(Place, st.integers(0, 2), st.integers(1, 5), st.just(7), st.just(8), st.just(0)),
    st.just("m"),
    st.none() | st.builds(counters, st.integers(0, 3), st.integers(3, 6)),
    st.booleans(),
)


@given(st.lists(rows, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_rows_of_a_response_join_in_any_order(responses: list[Response], chance):
    def joined(parts: list[Response]) -> object:
        first, *later = (Response(p.place, p.model, p.counters, p.finished) for p in parts)
        for part in later:
            first.add(part)
        return first.part(7)

    shuffled = list(responses)
    chance.shuffle(shuffled)
    assert joined(shuffled) == joined(responses)


def test_the_row_with_the_greatest_output_gives_every_counter():
    small = answer(1, "m", used=usage(6, cache_read_input_tokens=900), stop=None)
    great = answer(2, "m", used=usage(278, cache_read_input_tokens=5))
    (request,) = read(small, great, answer(3, "m", used=usage(1))).requests
    assert (request.output, request.cache_read, request.basis) == (278, 5, Basis.EXACT)


def test_a_response_without_a_stop_reason_is_partial():
    (request,) = read(answer(1, "m", stop=None)).requests
    assert request.basis is Basis.PARTIAL


def test_a_response_without_usage_is_unknown_and_never_free():
    (request,) = read(answer(1, "m", used="lost")).requests
    assert (request.basis, request.output) == (Basis.UNKNOWN, 0)


def test_usage_in_a_later_row_makes_it_known():
    (request,) = read(answer(1, "m", used="lost"), answer(2, "m", used=usage(9))).requests
    assert (request.basis, request.output) == (Basis.EXACT, 9)


def test_the_response_id_alone_is_the_key():
    batch = read(
        answer(1, "m"), answer(2, "m", requestId="another"), answer(3, "m", requestId=None)
    )
    assert [request.id for request in batch.requests] == [id_of("m")]


def test_a_row_without_a_response_id_stands_for_itself():
    batch = read(answer(1, None, uuid="a"), answer(2, None, uuid="b"))
    assert {request.id for request in batch.requests} == {id_of("a"), id_of("b")}


@pytest.mark.parametrize(
    "row",
    [
        answer(1, model="<synthetic>", isApiErrorMessage=True),
        answer(1, None, {"type": "text", "text": "No response requested."}, model="<synthetic>"),
        answer(1, None, {"type": "text", "text": " "}, model="<synthetic>"),
        answer(1, model=None, used="lost"),
        answer(1, used=dict.fromkeys(usage(), 0), isApiErrorMessage=True),
    ],
)
def test_what_no_model_wrote_is_no_request(row: dict[str, object]):
    assert read(row).requests == []


def test_counters_beside_the_message_are_read_in_very_old_logs():
    row = Row(uuid="u", input_tokens=200, output_tokens="100", cache_creation_input_tokens=5)
    response = response_of(row, Message(model="claude-3-5-sonnet"), PLACE, "")
    assert response is not None
    assert response.part(7).basis is Basis.EXACT
    assert response.counters == Counters(100, 305, 200, 0, 5, 0, None)
