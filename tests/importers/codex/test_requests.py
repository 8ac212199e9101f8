import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import content_id
from ledger.core.tariff import Tier
from ledger.core.usage import Basis
from ledger.importers.codex.requests import FALLBACK_MODEL, UNKNOWN_MODEL
from tests.importers.codex.rollouts import (
    KEY,
    RESPONSE,
    TURN,
    Counting,
    Ledger,
    Row,
    added,
    data_of,
    event,
    head,
    item,
    message,
    prompt,
    read,
    record,
    restamped,
    stamp,
    sums,
    tick,
    turn,
    used,
)

PARENT = "0199a0c1-0000-7000-8000-000000000002"
BEGIN = [head(), turn(0, "t"), prompt(1, "go")]


def test_counters_are_made_disjoint():
    (part,) = read(*BEGIN, tick(2, used(2629, 2560, 14, 5), used(2629, 2560, 14, 5))).requests
    assert (part.input, part.cache_read, part.output, part.reasoning) == (69, 2560, 14, 5)


def test_rate_limits_alone_are_no_request():
    assert read(*BEGIN, tick(2)).requests == []


def test_requests_are_numbered_in_the_order_of_the_log():
    count = Counting()
    rows = [count(second, 100) for second in (2, 3, 4)]
    assert [part.ordinal for part in read(*BEGIN, *rows).requests] == [0, 1, 2]


def test_the_response_names_a_request_where_it_is_known():
    (part,) = read(*BEGIN, record(2, RESPONSE, used(100, 0, 5), turn_id=TURN)).requests
    assert part.id == content_id("codex", KEY, RESPONSE)
    assert part.turn == content_id("codex-response", "", RESPONSE)
    assert part.within == content_id("codex-turn", TURN)


def test_a_copied_record_is_the_request_of_the_thread_it_names():
    fields = {"turn_id": "t", "thread_id": PARENT}
    copy = record(2, "resp_1", used(100, 0, 5), **fields)
    fork, parent = [head(9, forked_from_id=PARENT), copy], [head(0, PARENT), copy]
    first, second = read(*fork).requests[0], read(*parent).requests[0]
    assert first.id == second.id == content_id("codex", PARENT, "resp_1")
    assert (first.rank, second.rank) == (1, 0)


def test_a_copied_record_that_names_no_thread_is_known_by_its_response():
    rows = [record(2, "resp_1", used(100, 0, 5)), record(3, "resp_2", used(200, 0, 5))]
    own = record(60, "resp_3", used(300, 0, 5))
    fork = read(head(9, KEY, forked_from_id=PARENT), *restamped(rows, 9, 0.3), own)
    assert len(Ledger([fork, read(head(0, PARENT), *rows)]).counted) == 3


def test_the_turn_marks_a_request_without_a_response_id():
    (part,) = read(head(), turn(0, TURN), Counting()(2, 100)).requests
    assert (part.turn, part.within) == (content_id("codex-turn", TURN), 0)


def test_a_record_and_a_row_of_one_response_have_the_same_vector():
    last = used(100, 0, 5)
    (recorded,) = read(*BEGIN, record(2, "resp_1", last, last)).requests
    (ticked,) = read(*BEGIN, tick(2, last, last)).requests
    assert recorded.vector == ticked.vector


@pytest.mark.parametrize(
    ("context", "info", "model"),
    [
        ([turn(0, model="gpt-5.5")], {"model": "gpt-4"}, "gpt-5.5"),
        ([], {"model": "gpt-4"}, "gpt-4"),
        ([], {"model_name": "gpt-4"}, "gpt-4"),
        ([], {}, FALLBACK_MODEL),
        ([turn(0, model="gpt-5.5"), turn(1, model="")], {}, UNKNOWN_MODEL),
    ],
)
def test_the_turns_model_stands_first(context: list[Row], info: dict[str, str], model: str):
    row = tick(2, used(100, 0, 5), used(100, 0, 5), **info)
    assert read(head(), *context, row).requests[0].model == model


def test_a_late_row_belongs_to_the_turn_before_it():
    rows = [prompt(1, "go"), message(2, "Done.", "assistant"), Counting()(60, 100)]
    batch = read(head(), turn(0, "t"), *rows)
    assert batch.requests[0].interaction == batch.prompts[0].id


def test_an_agents_requests_hang_on_its_start():
    source = {"subagent": {"thread_spawn": {"parent_thread_id": PARENT}}}
    batch = read(head(5, source=source), turn(5, "t"), Counting()(9, 100))
    (part,) = batch.requests
    assert (part.interaction, part.anchor_ms) == (None, batch.sessions[0].time_ms)
    assert part.session == batch.sessions[0].id


def test_what_is_replayed_says_nothing_by_its_turn():
    count = Counting()
    source = {"subagent": {"thread_spawn": {"parent_thread_id": PARENT}}}
    replay = restamped([head(0, PARENT), turn(0, TURN), count(0, 100)], 50)
    batch = read(head(50, source=source), *replay, count(55, 100))
    assert [part.turn for part in batch.requests] == [0, content_id("codex-turn", TURN)]


HISTORY = st.lists(
    st.tuples(st.integers(1, 9000), st.integers(0, 900), st.integers(0, 50)), min_size=1, max_size=6
)


@given(HISTORY, HISTORY, st.integers(0, 6), st.booleans(), st.booleans(), st.booleans())
def test_every_request_of_a_fork_and_its_parent_counts_once(
    parent_turns: list[tuple[int, int, int]],
    more: list[tuple[int, int, int]],
    cut: int,
    has_turns: bool,
    is_restamped: bool,
    repeats: bool,
):
    count, rows, after = Counting(), [], [Counting()]
    for place, (input_tokens, cached, output) in enumerate(parent_turns):
        name = f"turn {place}" if has_turns else None
        tokens = count(10 * place + 2, input_tokens, cached, output)
        again = [tokens] if repeats else []
        rows.append([turn(10 * place, name), prompt(10 * place, f"{place}"), tokens, *again])
        after.append(Counting(count.total))
    cut = min(cut, len(parent_turns))
    copied = [head(0, PARENT), *(row for step in rows[:cut] for row in step)]
    child = [head(500, KEY, forked_from_id=PARENT)]
    child += restamped(copied, 500) if is_restamped else copied
    for place, (input_tokens, cached, output) in enumerate(more):
        # Without turns only counters tell; two of a kind would be one.
        own = input_tokens if has_turns else input_tokens + 10_000
        child += [
            turn(600 + place, f"own {place}" if has_turns else None),
            prompt(600 + place, "?"),
        ]
        child.append(after[cut](600.5 + place, own, cached, output))
    parent = [head(0, PARENT), *(row for step in rows for row in step)]
    ledger = Ledger([read(*child), read(*parent)])
    assert len(ledger.counted) == len(parent_turns) + len(more)
    assert sums(ledger.counted)["output"] == sum(output for _, _, output in [*parent_turns, *more])


def answer(second: float, text: str = "Done.") -> Row:
    return event("agent_message", second, message=text)


def start(second: float, turn_id: str) -> list[Row]:
    return [event("task_started", second, turn_id=turn_id), turn(second, turn_id)]


def end(second: float, turn_id: str = TURN, kind: str = "task_complete", **more: object) -> Row:
    return event(kind, second, turn_id=turn_id, **more)


def bases(*rows: Row | bytes) -> list[Basis]:
    return [part.basis for part in read(*rows).requests]


OPEN = [head(), *start(0, TURN), prompt(1, "go")]


@pytest.mark.parametrize(
    "rows",
    [
        [answer(2), end(3)],
        [message(2, "Done.", "assistant"), end(3)],
        [item("reasoning", 2, summary=[]), end(3)],
        [item("function_call", 2, name="shell", call_id="c", arguments="{}"), end(3)],
        [answer(2), tick(2.5), end(3)],  # rate limits only
        [answer(2), end(3, kind="turn_aborted", reason="interrupted")],
        [event("item_completed", 2, item={"type": "AgentMessage", "id": "m"}), end(3)],
        [answer(2), *start(5, "0199a0c2-1f3e-7d41-9b0a-5c6d7e8f9099")],  # the program was killed
    ],
)
def test_an_answer_without_a_count_is_a_request_that_nobody_knows(rows: list[Row]):
    batch = read(*OPEN, *rows)
    (part,) = batch.requests
    assert (part.basis, part.model) == (Basis.UNKNOWN, "gpt-5.1-codex")
    assert part.interaction == batch.prompts[0].id


@pytest.mark.parametrize(
    "rows",
    [
        [answer(2), Counting()(2, 100), end(3)],
        [answer(2), Counting()(2, 100), message(2, "Done.", "assistant"), end(3)],  # old order
        [Counting()(2, 100), item("function_call", 2, name="shell", call_id="c"),
         end(3, kind="turn_aborted")],
    ],
)  # fmt: skip
def test_an_answer_with_its_count_is_known_whatever_is_told_of_it_later(rows: list[Row]):
    assert bases(*OPEN, *rows) == [Basis.EXACT]


def test_a_turn_that_was_stopped_before_any_answer_made_no_request_that_shows():
    assert bases(*OPEN, end(3, kind="turn_aborted", reason="interrupted")) == []


def test_an_answer_that_was_stopped_after_another_was_counted_is_unknown():
    rows = [answer(2), Counting()(2, 100), answer(3, "And"), end(4, kind="turn_aborted")]
    assert bases(*OPEN, *rows) == [Basis.EXACT, Basis.UNKNOWN]


def test_while_a_turn_goes_on_its_count_may_still_come():
    assert bases(*OPEN, answer(2)) == []


def test_a_count_that_comes_after_the_end_of_its_turn_is_that_of_its_answer():
    ledger = Ledger([read(*OPEN, answer(2), end(3), Counting()(4, 100))])
    assert [(part.basis, part.input) for part in ledger.requests.values()] == [(Basis.EXACT, 100)]


def test_each_turn_of_a_provider_that_sends_no_usage_is_unknown():
    rows = [head(), turn(0), prompt(1, "a"), answer(2), prompt(3, "b"), answer(4), prompt(5, "c")]
    assert bases(*rows) == [Basis.UNKNOWN, Basis.UNKNOWN]


def test_a_build_that_wrote_no_counts_is_unknown_at_once():
    rows = [head(0, cli_version="0.30.0"), turn(0), prompt(1, "a"), answer(2), answer(3)]
    assert bases(*rows) == [Basis.UNKNOWN]
    assert bases(head(0, cli_version="0.31.0"), *rows[1:]) == []
    bare: Row = {"id": KEY, "timestamp": stamp(0), "instructions": None, "git": {}}
    said = [message(2, "go")["payload"], message(3, "Done.", "assistant")["payload"]]
    assert bases(bare, *(part for part in said if isinstance(part, dict))) == [Basis.UNKNOWN]


def test_a_fork_does_not_count_its_parents_unknown_answer_again():
    rows = [*start(0, TURN), prompt(1, "go"), answer(2), end(3)]
    parent = [head(0, PARENT), *rows]
    child = [head(9, KEY, forked_from_id=PARENT), *restamped([head(0, PARENT), *rows], 9)]
    assert len(Ledger([read(*parent), read(*child)]).counted) == 1


def test_a_fork_in_the_middle_of_a_turn_leaves_that_to_its_parent():
    rows = [*start(0, TURN), prompt(1, "go"), answer(2)]
    own = [*start(9, "0199a0c2-1f3e-7d41-9b0a-5c6d7e8f9099"), prompt(10, "more")]
    child = [head(9, KEY, forked_from_id=PARENT), head(0, PARENT), *restamped(rows, 9), *own]
    assert bases(*child) == []


IMPORTED = "external-import-turn-1"


@pytest.mark.parametrize("one_turn", [True, False])
def test_what_was_imported_from_another_tool_is_no_work_of_codex(one_turn: bool):
    count, rows = Counting(), [head(originator="Codex Desktop", source="vscode")]
    for nth in (1, 2):
        if nth == 1 or not one_turn:
            rows.append(event("task_started", nth, turn_id=f"external-import-turn-{nth}"))
        rows += [prompt(nth, f"{nth}"), message(nth, f"{nth}"), answer(nth), count(nth, 50)]
        rows += [end(nth, f"external-import-turn-{nth}")] if nth == 2 or not one_turn else []
    batch = read(*rows)
    assert (batch.prompts, batch.requests, batch.edits, batch.spans) == ([], [], [], [])
    assert batch.totals == []
    batch = read(*rows, *start(9, TURN), prompt(9, "go on"), answer(10), count(11, 5000), end(12))
    assert [part.input for part in batch.requests] == [5000]
    assert len(batch.prompts) == 1


def test_a_prompt_after_an_import_is_of_codex_also_where_no_turn_is_named():
    rows = [head(), event("task_started", 1, turn_id=IMPORTED), prompt(1, "a"), end(2, IMPORTED)]
    batch = read(*rows, prompt(60, "b"), answer(61), Counting()(62, 70))
    assert [part.input for part in batch.requests] == [70]
    assert len(batch.prompts) == 1


def test_the_tier_of_a_thread_holds_until_it_is_set_otherwise():
    count = Counting()

    def settings(second: float, **tier: object) -> Row:
        return event("thread_settings_applied", second, thread_settings={"model": "m", **tier})

    rows = [
        count(2, 10),
        settings(3, service_tier="priority"), count(4, 10), settings(5), count(6, 10),
        settings(7, service_tier="default"), count(8, 10),
        settings(9, service_tier="flex"), count(10, 10),
        settings(11, service_tier="of tomorrow"), count(12, 10),
        settings(13, service_tier=None), count(14, 10),
    ]  # fmt: skip
    tiers = [part.tier for part in read(*OPEN, *rows).requests]
    assert tiers == [
        Tier.UNSAID, Tier.PRIORITY, Tier.PRIORITY, Tier.STANDARD, Tier.FLEX, Tier.OTHER, Tier.UNSAID
    ]  # fmt: skip


def test_a_count_that_a_rollout_begins_with_is_that_of_the_one_it_goes_on_from():
    base = {"thread_id": KEY, "end_ordinal_exclusive": 22}
    inherited, own = used(9000, 0, 90), used(500, 0, 5)
    rows = [head(0, KEY, history_base=base), tick(1, inherited, used(300, 0, 3))]
    rows += [*start(2, TURN), prompt(2, "go"), answer(3), tick(4, added(inherited, own), own)]
    assert [part.input for part in read(*rows).requests] == [500]


def test_a_fork_by_reference_counts_only_its_own():
    base = {"thread_id": PARENT, "end_ordinal_exclusive": 22}
    own = used(500, 0, 5)
    rows = [head(0, KEY, history_base=base), *start(2, TURN), prompt(2, "go"), answer(3)]
    batch = read(*rows, tick(4, added(used(9000, 0, 90), own), own))
    assert [part.input for part in batch.requests] == [500]
    assert batch.sessions[-1].parent == content_id("codex", PARENT)


def test_a_gateway_that_names_all_responses_alike_loses_none():
    one, two = used(100, 0, 5), used(100, 0, 5)
    rows = [record(2, "resp_0", one, one), record(3, "resp_0", two, added(one, two))]
    assert len(Ledger([read(*OPEN, *rows)]).requests) == 2


@pytest.mark.parametrize("usage", [None, {}, used(0), "?"])
def test_a_response_whose_record_holds_no_usage_is_unknown(usage: object):
    known = used(100, 0, 5)
    rows = [record(2, "resp_1", known, known), record(3, "resp_2", usage, known)]
    assert bases(*OPEN, *rows, rows[1], end(4)) == [Basis.EXACT, Basis.UNKNOWN]


def test_names_of_turns_mean_nothing_outside_their_session():
    def session(key: str) -> list[Row]:
        count = Counting()
        rows = [head(0, key)]
        for nth in (1, 2):
            name = f"turn-{nth}"
            rows += [*start(nth * 10, name), prompt(nth * 10, "go"), answer(nth * 10 + 1)]
            rows += [count(nth * 10 + 2, 100), end(nth * 10 + 3, name)]
        return rows

    keys = [f"0199a0c1-0000-7000-8000-0000000000{nth}" for nth in (11, 12, 13)]
    ledger = Ledger(read(*session(key)) for key in keys)
    assert len(ledger.prompts) == 6
    assert sorted(part.interaction or 0 for part in ledger.counted) == sorted(ledger.prompts)


@given(HISTORY, HISTORY, st.integers(0, 6), st.booleans(), st.sampled_from([0.001, 0.4]))
def test_a_fork_whose_turns_are_named_as_its_parents_counts_once(
    parent_turns: list[tuple[int, int, int]],
    more: list[tuple[int, int, int]],
    cut: int,
    keeps_times: bool,
    step: float,
):
    """Of a parent with records; the copy has lost them, as a spawned child's has."""
    total, rows, after = used(0), [], [used(0)]
    for place, (sent, cached, output) in enumerate(parent_turns):
        last = used(sent, min(cached, sent), output + 1)
        total = added(total, last)
        name = f"turn-{place + 1}"
        own = record(10 * place + 2, f"resp_{place}", last, total, thread_id=PARENT, turn_id=name)
        before = [*start(10 * place, name), prompt(10 * place, f"p{place}"), answer(10 * place + 1)]
        rows.append(
            ([*before], own, [tick(10 * place + 2.1, total, last), end(10 * place + 3, name)])
        )
        after.append(total)
    cut = min(cut, len(rows))
    copied = [head(0, PARENT), *(line for a, _, b in rows[:cut] for line in (*a, *b))]
    child = [head(500, KEY, forked_from_id=PARENT)]
    child += copied if keeps_times else restamped(copied, 500, step)
    total = after[cut]
    for place, (sent, cached, output) in enumerate(more):
        last = used(sent, min(cached, sent), output + 1)
        total = added(total, last)
        second, name = 600 + 10 * place, f"turn-{cut + place + 1}"
        child += [*start(second, name), prompt(second, f"c{place}"), answer(second + 1)]
        child.append(record(second + 2, f"resp_c{place}", last, total, thread_id=KEY, turn_id=name))
        child += [tick(second + 2.1, total, last), end(second + 3, name)]
    parent = [head(0, PARENT), *(line for a, own, b in rows for line in (*a, own, *b))]
    ledger = Ledger([read(*child), read(*parent)])
    assert len(ledger.counted) == len(parent_turns) + len(more)
    assert len(ledger.shown) == len(parent_turns) + len(more)


@given(HISTORY, st.data())
def test_a_line_torn_anywhere_loses_nothing_that_a_later_count_tells(
    turns: list[tuple[int, int, int]], data: st.DataObject
):
    has_records = data.draw(st.booleans())
    total, rows = used(0), [head(), *start(0, TURN), prompt(1, "go"), message(1, "go")]
    first = len(rows)
    for place, (sent, cached, output) in enumerate([*turns, (1, 0, 1)]):
        last = used(sent, min(cached, sent), output)
        total = added(total, last)
        if has_records:
            fields = {"thread_id": KEY, "turn_id": TURN}
            rows.append(record(place + 2, f"resp_{place}", last, total, **fields))
        else:
            rows += [answer(place + 2), tick(place + 2, total, last)]
    lines = data_of(rows).splitlines()
    place = data.draw(st.integers(first, len(lines) - 2))
    at = data.draw(st.integers(0, len(lines[place]) - 1))
    glued = [*lines[:place], lines[place][:at] + lines[place + 1], *lines[place + 2 :]]
    known = sums(read(*glued).requests)
    assert known["input"] + known["cache_read"] == total["input_tokens"]
    assert known["output"] == total["output_tokens"]
