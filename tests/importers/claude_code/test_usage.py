import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import RequestPart
from ledger.core.tariff import Region, Tier
from ledger.core.usage import LARGEST_COUNT, Basis
from ledger.importers.claude_code.records import CacheLifetimes, Details, Message, Row, UsageFields
from ledger.importers.claude_code.usage import (
    Counters,
    Place,
    Response,
    counters_of,
    response_of,
)
from tests.importers.claude_code.claude_logs import (
    answer,
    call,
    id_of,
    prompt,
    read,
    result,
    state_after,
    usage,
)

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


ITERATION = {"input_tokens": 1, "output_tokens": 45, "cache_read_input_tokens": 9000}
ADVICE = {
    "type": "advisor_message",
    "model": "claude-opus-4-8",
    "input_tokens": 159_000,
    "output_tokens": 7_800,
}


def advised(*iterations: dict[str, object], **more: object) -> list[RequestPart]:
    used = usage(45, input_tokens=1, cache_read_input_tokens=9000, iterations=list(iterations))
    return read(prompt(0), answer(1, "m", used=used, model="sonnet", **more)).requests


def test_the_tokens_of_an_advisor_come_on_top_under_its_own_model():
    own, advisor = advised({"type": "message"} | ITERATION, ADVICE)
    assert (own.model, own.input, own.cache_read, own.output) == ("sonnet", 1, 9000, 45)
    assert (advisor.model, advisor.input, advisor.output) == ("claude-opus-4-8", 159_000, 7_800)
    assert (advisor.interaction, advisor.time_ms) == (own.interaction, own.time_ms)
    assert advisor.basis is Basis.EXACT


def test_an_advisor_without_a_model_of_its_own_has_the_one_of_the_row():
    unnamed = {name: value for name, value in ADVICE.items() if name != "model"}
    _, advisor = advised(unnamed, advisorModel="opus")
    assert advisor.model == "opus"


def test_an_advisor_whose_counts_are_all_zero_is_unknown():
    _, advisor = advised(ADVICE | {"input_tokens": 0, "output_tokens": 0})
    assert advisor.basis is Basis.UNKNOWN


def test_a_compaction_within_a_response_is_billed_by_its_own_model():
    _, compaction = advised({"type": "message"} | ITERATION, ITERATION | {"type": "compaction"})
    assert (compaction.model, compaction.cache_read) == ("sonnet", 9000)


def test_iterations_that_the_counters_hold_already_do_not_count_again():
    half = {"input_tokens": 1, "output_tokens": 20, "cache_read_input_tokens": 4000}
    rest = {"output_tokens": 25, "cache_read_input_tokens": 5000, "type": "compaction"}
    assert len(advised({"type": "message"} | half, rest)) == 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 3))
def test_every_advice_counts_once_however_often_its_response_is_written(tokens, rows):
    used = usage(5, iterations=[ADVICE | {"output_tokens": count} for count in tokens])
    answers = [answer(second, "m", used=used) for second in range(1, rows + 1)]
    requests = read(prompt(0), *answers).requests
    advice = [part.output for part in requests if part.model == "claude-opus-4-8"]
    assert sorted(advice) == sorted(tokens)


@pytest.mark.parametrize(
    ("more", "tier", "region"),
    [
        ({}, Tier.UNSAID, Region.ANYWHERE),
        ({"service_tier": None, "speed": None, "inference_geo": ""}, Tier.UNSAID, Region.ANYWHERE),
        ({"service_tier": "standard", "speed": "standard"}, Tier.STANDARD, Region.ANYWHERE),
        ({"service_tier": "standard", "speed": "fast"}, Tier.FAST, Region.ANYWHERE),
        ({"service_tier": "priority", "inference_geo": "us"}, Tier.PRIORITY, Region.US),
        ({"service_tier": "batch", "inference_geo": "global"}, Tier.BATCH, Region.ANYWHERE),
        ({"service_tier": "to-come", "inference_geo": "moon"}, Tier.OTHER, Region.OTHER),
    ],
)
def test_what_a_price_depends_on_is_read(more: dict[str, object], tier: Tier, region: Region):
    (request,) = read(answer(1, "m", used=usage(5, **more))).requests
    assert (request.tier, request.region) == (tier, region)


def test_searches_of_the_web_are_counted_once_a_response():
    used = usage(5, server_tool_use={"web_search_requests": 3})
    (request,) = read(answer(1, "m", used=used), answer(2, "m", used=used)).requests
    assert request.searches == 3


TEXT, CALL = {"type": "text", "text": "x"}, {"type": "tool_use", "id": "t", "name": "Read"}
NOTHING = dict.fromkeys(usage(), 0)


@given(st.lists(st.sampled_from([TEXT, CALL]), min_size=1), st.booleans(), st.integers(0, 2))
def test_an_answer_that_said_something_is_never_exactly_free(said, finished, output):
    spent = NOTHING | {"output_tokens": output}
    stop = "end_turn" if finished else None
    (request,) = read(prompt(0), answer(1, "m", *said, used=spent, stop=stop)).requests
    assert request.basis is (Basis.PARTIAL if output else Basis.UNKNOWN)


def test_words_without_output_are_known_in_part():
    (request,) = read(answer(1, "m", used=usage(0))).requests
    assert request.basis is Basis.PARTIAL


def stop(second: float) -> dict[str, object]:
    return prompt(second, [{"type": "text", "text": "[Request interrupted by user]"}])


def cut_off(second: float) -> dict[str, object]:
    said = {"type": "text", "text": "This is the beginning"}
    return answer(second, f"0a1b2c3d-0000-4000-8000-{second:012}", said,
                  model="<synthetic>", used=NOTHING)  # fmt: skip


def test_a_stopped_answer_is_unknown_and_of_the_last_model():
    rows = prompt(0), answer(1, "m", model="opus"), prompt(5, uuid="b"), cut_off(6), stop(7)
    stopped = read(*rows).requests[-1]
    assert (stopped.basis, stopped.model) == (Basis.UNKNOWN, "opus")
    assert stopped.interaction == id_of("b")


def test_a_request_stopped_before_it_said_anything_is_unknown():
    (request,) = read(prompt(0, uuid="a"), stop(1)).requests
    assert (request.basis, request.interaction) == (Basis.UNKNOWN, id_of("a"))
    assert read(prompt(0), answer(1, "m"), stop(2)).requests[-1].basis is Basis.EXACT
    assert read(stop(1)).requests == []


def test_stopping_a_tool_stops_no_answer():
    refused = prompt(3, [{"type": "text", "text": "[Request interrupted by user for tool use]"}])
    rows = prompt(0), answer(1, "m", call("t")), result(2, "t", error=True), refused
    assert len(read(*rows).requests) == 1


@pytest.mark.parametrize("ending", [[stop(3)], [cut_off(3), stop(4)]])
def test_an_answer_stopped_midway_may_have_cost_as_much_as_is_possible(ending):
    begun = answer(2, "m", used=usage(1), stop=None)
    whole = read(prompt(0), begun, *ending).requests
    later = read(*ending, state=state_after(prompt(0), begun)).requests
    for (request,) in (whole, later):
        assert (request.output, request.basis, request.low) == (1, Basis.PARTIAL, 1.0)
        assert request.high > 100
    aborted = answer(2, "m", used=usage(1), stop=None, isAbortedMidStream=True)
    assert read(prompt(0), aborted).requests == whole


def test_an_answer_whose_end_was_not_logged_is_not_stretched_unless_it_was_stopped():
    begun = answer(2, "m", used=usage(1), stop=None)
    (request,) = read(prompt(0), begun, prompt(5)).requests
    assert request.high == 1.0
