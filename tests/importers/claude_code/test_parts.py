from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import bytes_id
from ledger.core.parts import Batch
from ledger.core.vocabulary import Origin
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.claude_code.parts import ECHO_RANK, NO_TIME, OWN_RANK, SIDE_RANK, PartsReader
from ledger.importers.fields import NOT_JSON
from tests.importers.claude_code.claude_logs import (
    FOLDER,
    SESSION,
    answer,
    data_of,
    id_of,
    prompt,
    read,
    row,
    state_after,
    usage,
)

AGENT = f"{SESSION}/subagents/agent-1.jsonl"
T0 = 1_772_359_200_000  # 1 March 2026, 10:00 UTC
COMMAND = "<command-name>/review</command-name>"


def test_a_session_is_told_once_with_its_directory():
    (session,) = read(row("system", 1, cwd=None), prompt(2), answer(3)).sessions[1:]
    assert (session.id, session.key, session.time_ms) == (id_of(SESSION), SESSION, T0 + 2_000)
    assert (session.directory, session.branch, session.version) == (FOLDER, "main", "2.1.200")
    assert read(answer(4), state=state_after(prompt(2))).sessions == []


def test_a_prompt_points_at_its_own_line():
    first, second = prompt(0), prompt(10, "next")
    lines = data_of([first, second]).split(b"\n")
    part = read(first, second).prompts[1]
    assert (part.offset, part.length) == (len(lines[0]) + 1, len(lines[1]))
    assert part.check == bytes_id(lines[1])
    assert (part.directory, part.branch, part.rank) == (FOLDER, "main", OWN_RANK)


def test_the_id_of_a_prompt_is_its_row():
    assert read(prompt(0, uuid="u")).prompts[0].id == id_of("u")


def test_a_prompt_without_an_id_is_known_by_session_time_and_line():
    first, same, other = (
        read(prompt(0, content, uuid=None)).prompts[0].id for content in ("a", "a", "b")
    )
    assert first == same != other


def test_requests_belong_to_the_prompt_before_them():
    batch = read(prompt(0, uuid="a"), answer(1, "m1"), prompt(2, uuid="b"), answer(3, "m2"))
    assert [part.interaction for part in batch.requests] == [id_of("a"), id_of("b")]
    assert [part.time_ms for part in batch.requests] == [T0 + 1_000, T0 + 3_000]


def test_an_interaction_reaches_to_its_last_row():
    rows = prompt(0, uuid="a"), answer(1), {"type": "last-prompt"}, prompt(2, uuid="b")
    sizes = [len(line) for line in data_of(rows).split(b"\n")]
    spans = dict(read(*rows).spans)
    assert spans == {
        id_of("a"): sizes[0] + 1 + sizes[1],
        id_of("b"): sum(sizes) + 3,
    }


def test_an_answer_before_any_prompt_begins_an_interaction_of_its_own():
    batch = read(answer(1, "m1"), answer(2, "m2"))
    (start,) = batch.prompts
    assert (start.id, start.origin) == (id_of(SESSION, "start"), Origin.UNPROMPTED)
    assert (start.time_ms, start.offset) == (T0 + 1_000, 0)
    assert {part.interaction for part in batch.requests} == {start.id}


def test_a_file_without_answers_begins_no_interaction_of_its_own():
    assert read(row("system", 1), {"type": "summary", "summary": "x"}).prompts == []


def test_a_command_that_makes_the_model_work_begins_an_interaction():
    batch = read(prompt(0, "a", uuid="a"), prompt(1, COMMAND, uuid="c"), answer(2, "m"))
    assert [part.origin for part in batch.prompts] == [Origin.TYPED, Origin.COMMAND]
    assert batch.requests[0].interaction == id_of("c")


def test_a_command_that_never_reaches_the_model_begins_nothing():
    output = prompt(2, "<local-command-stdout>done</local-command-stdout>")
    batch = read(prompt(0, uuid="a"), prompt(1, COMMAND), output, answer(3, "m"))
    assert [part.id for part in batch.prompts] == [id_of("a")]
    assert batch.requests[0].interaction == id_of("a")


def test_a_command_waits_across_stretches():
    command = prompt(1, COMMAND, uuid="c")
    batch = read(answer(2, "m"), state=state_after(prompt(0), command))
    assert [part.id for part in batch.prompts] == [id_of("c")]
    assert batch.prompts[0].offset == len(data_of([prompt(0)]))


def test_a_prompt_typed_meanwhile_takes_the_answers_after_it():
    queued = row("attachment", 2, uuid="q", attachment={"type": "queued_command", "prompt": "and"})
    batch = read(
        prompt(0, uuid="a"),
        answer(1, "m1", used=usage(1), stop=None),
        queued,
        answer(3, "m1", used=usage(9)),
        answer(4, "m2"),
    )
    assert [(part.interaction, part.output) for part in batch.requests] == [
        (id_of("a"), 9),
        (id_of("q"), 10),
    ]


def test_a_sub_agents_requests_wait_for_their_interaction():
    batch = read(prompt(5, isSidechain=True), answer(900, isSidechain=True), name=AGENT)
    (request,) = batch.requests
    assert (request.session, request.interaction) == (id_of(SESSION), None)
    assert (request.anchor_ms, request.rank) == (T0 + 5_000, SIDE_RANK)
    assert batch.prompts == batch.spans == []


def test_a_flat_sub_agents_session_is_in_its_rows():
    batch = read(prompt(5, isSidechain=True), answer(6), name="agent-1.jsonl")
    assert batch.requests[0].session == id_of(SESSION)
    assert batch.sessions[0].key == SESSION


def test_a_sub_agents_start_is_remembered_across_stretches():
    state = state_after(prompt(5, isSidechain=True), name=AGENT)
    assert read(answer(900), name=AGENT, state=state).requests[0].anchor_ms == T0 + 5_000


def test_a_side_questions_anchor_is_its_own_prompt_not_the_copies_before_it():
    batch = read(answer(1, "old"), prompt(60), answer(61, "new"), name=AGENT)
    assert [part.anchor_ms for part in batch.requests] == [T0 + 1_000, T0 + 60_000]


def test_an_old_side_chain_inside_the_file_stays_in_the_interaction():
    batch = read(prompt(0, uuid="a"), prompt(1, isSidechain=True), answer(2, isSidechain=True))
    assert [part.id for part in batch.prompts] == [id_of("a")]
    assert (batch.requests[0].interaction, batch.requests[0].rank) == (id_of("a"), SIDE_RANK)


def test_nobody_queues_a_prompt_inside_a_sub_agent():
    queued = row("attachment", 2, attachment={"type": "queued_command", "prompt": "and"})
    assert read(prompt(1), queued, name=AGENT).prompts == []
    aside = read(prompt(1, uuid="a"), queued | {"isSidechain": True})
    assert [part.id for part in aside.prompts] == [id_of("a")]


def test_a_side_chain_does_not_answer_a_command():
    batch = read(prompt(0, uuid="a"), prompt(1, COMMAND), answer(2, isSidechain=True))
    assert [part.id for part in batch.prompts] == [id_of("a")]
    assert batch.requests[0].interaction == id_of("a")


@pytest.mark.parametrize("flat", [False, True])
def test_an_echo_counts_under_the_same_key_and_ranks_last(flat: bool):
    message = {"id": "m", "model": "x", "stop_reason": "end_turn", "usage": usage(7)}
    inner = message if flat else {"timestamp": "2026-03-01T10:00:01Z", "message": message}
    batch = read(prompt(0), row("progress", 3, data={"message": inner}))
    (request,) = batch.requests
    assert (request.id, request.output, request.rank) == (id_of("m"), 7, ECHO_RANK)
    assert request.time_ms == T0 + (3_000 if flat else 1_000)


def test_other_progress_is_nothing():
    rows = [row("progress", 1, data=data) for data in ({"type": "bash"}, {"message": {}}, [], None)]
    assert read(prompt(0), *rows).requests == []


def test_the_roll_up_in_a_tasks_result_is_never_counted():
    block = {"type": "tool_result", "tool_use_id": "t"}
    task = prompt(2, [block], toolUseResult={"usage": usage(10**6), "totalTokens": 10**6})
    assert read(prompt(0), task).requests == []


def test_a_row_of_another_session_is_a_copy():
    batch = read(prompt(0, sessionId="other"), answer(1, sessionId="other"))
    assert (batch.prompts[0].rank, batch.requests[0].rank) == (SIDE_RANK, SIDE_RANK)


def test_a_row_without_a_type_is_known_by_its_usage():
    whole = answer(1)
    del whole["type"]
    assert len(read(whole).requests) == 1


def test_a_row_without_a_time_has_the_time_of_the_row_before():
    batch = read(prompt(7), answer(8, timestamp="soon"))
    assert batch.requests[0].time_ms == T0 + 7_000


def test_without_any_time_a_row_is_rejected_and_not_put_into_1970():
    batch = read(answer(1, timestamp=None), prompt(2, timestamp=None))
    assert [line.reason for line in batch.rejected] == [NO_TIME, NO_TIME]
    assert batch.requests == batch.prompts == batch.sessions == []


def test_a_rejected_line_says_where_and_why_and_never_what():
    line = b'{"type":"user", secret'
    (rejected,) = read(prompt(0), line).rejected
    assert rejected == (len(data_of([prompt(0)])), len(line), bytes_id(line), "not valid JSON")


def test_the_state_of_an_empty_stretch_keeps_what_was_known():
    state = state_after(prompt(0), answer(1))
    again = PartsReader(Path("/p", f"{SESSION}.jsonl"), state, Batch()).finish()
    assert again == state


def test_whole_rows_beside_a_torn_one_are_read_and_can_be_found_again():
    torn = data_of([answer(5, "lost")])[:150]
    line = torn + data_of([prompt(6, "after the crash", uuid="b")]).rstrip()
    glued = data_of([answer(7, "m2")]).rstrip() + data_of([answer(8, "m3")]).rstrip()
    batch = read(prompt(0, uuid="a"), line, glued)
    assert [part.id for part in batch.prompts] == [id_of("a"), id_of("b")]
    assert [part.id for part in batch.requests] == [id_of("m2"), id_of("m3")]
    assert [(part.length, part.reason) for part in batch.rejected] == [(len(torn), NOT_JSON)]
    found = data_of([prompt(0, uuid="a"), line, glued])
    second = batch.prompts[1]
    words = found[second.offset : second.offset + second.length]
    assert bytes_id(words) == second.check
    assert ClaudeCode().prompt(words) == ClaudeCode().prompt(line) == "after the crash"
    steps = ClaudeCode().steps(found[second.offset :].splitlines())
    assert [step.text for step in steps] == ["after the crash", "Done.", "Done."]


@given(st.data())
def test_a_log_whose_newlines_were_lost_tells_the_same(data: st.DataObject):
    rows = [
        line
        for turn in range(3)
        for line in (prompt(turn * 10, uuid=f"p{turn}"), answer(turn * 10 + 1, f"m{turn}"))
    ]
    joins = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    lines = [b""]
    for line, joined in zip(rows, joins, strict=True):
        whole = data_of([line]).rstrip()
        if joined:
            lines[-1] += whole
        else:
            lines.append(whole)
    told, expected = read(*lines), read(*rows)
    assert [part.id for part in told.prompts] == [part.id for part in expected.prompts]
    assert [part.id for part in told.requests] == [part.id for part in expected.requests]
    assert told.rejected == []


def test_a_pull_request_of_a_session_is_told():
    link = {
        "type": "pr-link",
        "prUrl": "https://example.com/o/r/pull/7",
        "timestamp": 1_772_359_201,
    }
    sessions = read(prompt(0), link).sessions
    assert [part.pull_request for part in sessions] == ["", "https://example.com/o/r/pull/7"]
    assert {part.id for part in sessions} == {id_of(SESSION)}
    assert read(prompt(0), link | {"prUrl": None}).sessions == sessions[:1]


def test_a_sub_agents_file_is_known_by_its_rows_whatever_it_is_called():
    rows = [
        line | {"isSidechain": True, "agentId": "a1"}
        for line in (prompt(5, uuid="x"), answer(6, "m"))
    ]
    whole = read(*rows, name="helper.jsonl")
    assert whole.prompts == []
    assert [(part.session, part.interaction) for part in whole.requests] == [(id_of(SESSION), None)]
    later = read(rows[1], name="helper.jsonl", state=state_after(rows[0], name="helper.jsonl"))
    assert later.requests == whole.requests


def test_a_teammate_is_told_by_the_model_what_to_do_unless_the_person_does():
    team = {"teamName": "web", "agentName": "tester"}
    assert read(prompt(0, **team)).prompts == []
    assert len(read(prompt(0, promptSource="typed", **team)).prompts) == 1
    assert len(read(prompt(0, teamName="web", agentName="team-lead")).prompts) == 1
