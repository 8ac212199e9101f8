"""A made-up tool stands on the base in less than thirty lines and goes through the real reader."""

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from ledger.core.evidence import Act, ActKind
from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, Cursor, Reading
from ledger.core.usage import Basis, Usage
from ledger.core.vocabulary import Origin, Tool
from ledger.importers.base import Home, Importer, Layout, Place, Step, StepKind
from ledger.importers.fields import NOT_AN_OBJECT, NOT_JSON, count
from ledger.importers.json_lines import NO_TIME, Entry, JsonLines
from ledger.importers.reading import is_unchanged, lines_between, read_file

Line = dict[str, Any]
T0 = 1_772_359_200_000  # 1 March 2026, 10:00 UTC


class ParrotRow(Struct):
    at: int | float | str | None = None
    chat: str | None = None
    folder: str | None = None
    asked: str | None = None
    answered: str | None = None
    sent: int | None = None
    received: int | None = None


class Parrot(JsonLines[ParrotRow]):
    tool = Tool.OTHER
    row = ParrotRow

    def places(self, home: Home) -> tuple[Place, ...]:
        return (Place(home.path / ".parrot" / "logs", "default"),)

    def record(self, row: ParrotRow) -> Entry | None:
        entry = Entry(row.at, row.chat or "", row.folder or "")
        if row.asked:
            return entry._replace(prompt=row.asked)
        if row.answered:
            usage = Usage(input=count(row.sent), output=count(row.received))
            return entry._replace(answer=row.answered, model="polly", usage=usage)
        return None


def asked(second: int, prompt: str = "Hello?", **more: Any) -> Line:
    return {"at": T0 + 1000 * second, "asked": prompt} | more


def answered(second: int, answer: str = "Hello!", sent: int = 7, **more: Any) -> Line:
    return {"at": T0 + 1000 * second, "answered": answer, "sent": sent, "received": 2} | more


def write(path: Path, *lines: Line | bytes, end: bytes = b"\n") -> None:
    """Append the lines to a log; `end` stands behind the last one."""
    rows = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    with path.open("ab") as file:
        file.write(b"\n".join(rows) + end)


def read(path: Path, known: Cursor | None = None) -> Reading:
    reading = read_file(Parrot(), str(path), known)
    assert reading.problem == ""
    return reading


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "chat-1.jsonl"


def test_a_tool_that_needs_only_a_record_is_a_whole_importer():
    names = [name for name, _ in inspect.getmembers(Importer, inspect.isfunction) if name[0] != "_"]
    for name in names:
        parameters = inspect.signature(getattr(Importer, name)).parameters
        assert inspect.signature(getattr(Parrot, name)).parameters.keys() == parameters.keys()
    lines = [inspect.getsource(made_up).splitlines() for made_up in (ParrotRow, Parrot)]
    assert sum(map(len, lines)) <= 30


def test_prompts_and_answers_become_an_interaction_with_its_request(log: Path):
    write(log, asked(1, folder="/home/ada/shop"), answered(2), answered(3, sent=9))
    batch = read(log).batch
    (session,), (prompt,), requests = batch.sessions, batch.prompts, batch.requests
    assert (session.key, session.time_ms, session.directory) == (
        "chat-1",
        T0 + 1000,
        "/home/ada/shop",
    )
    assert (prompt.session, prompt.origin, prompt.time_ms) == (session.id, Origin.TYPED, T0 + 1000)
    assert prompt.directory == "/home/ada/shop"
    assert {(part.session, part.interaction) for part in requests} == {(session.id, prompt.id)}
    assert [(part.input, part.output, part.model) for part in requests] == [
        (7, 2, "polly"),
        (9, 2, "polly"),
    ]
    assert [part.ordinal for part in requests] == [0, 1]
    assert batch.spans == [(prompt.id, log.stat().st_size - 1)]


def test_requests_belong_to_the_last_prompt_above_them(log: Path):
    write(log, asked(1), answered(2), asked(3, "More"), answered(4))
    batch = read(log).batch
    assert [part.interaction for part in batch.requests] == [part.id for part in batch.prompts]
    assert [part.ordinal for part in batch.prompts] == [0, 1]


def test_an_answer_before_any_prompt_begins_an_interaction_of_its_own(log: Path):
    write(log, answered(1), answered(2))
    batch = read(log).batch
    assert [part.origin for part in batch.prompts] == [Origin.UNPROMPTED]
    assert {part.interaction for part in batch.requests} == {batch.prompts[0].id}


def test_a_file_may_hold_one_session_after_another(log: Path):
    write(log, asked(1, chat="a"), answered(2, chat="a"), asked(3, chat="b"), answered(4))
    batch = read(log).batch
    assert [session.key for session in batch.sessions] == ["a", "b"]
    assert [part.session for part in batch.requests] == [part.id for part in batch.sessions]
    assert [part.ordinal for part in batch.requests] == [0, 0]


def test_a_directory_that_is_named_late_is_told_once(log: Path):
    write(log, asked(1), answered(2, folder="/srv"), answered(3, folder="/tmp"))
    assert [session.directory for session in read(log).batch.sessions] == ["", "/srv"]


def test_a_line_without_a_time_has_that_of_the_line_before(log: Path):
    write(log, asked(1), answered(2, at=None), asked(3, at="soon"))
    batch = read(log).batch
    assert [part.time_ms for part in batch.requests] == [T0 + 1000]
    assert [part.time_ms for part in batch.prompts] == [T0 + 1000, T0 + 1000]


def test_bad_lines_are_rejected_with_a_reason_and_cost_no_other_line(log: Path):
    bad = [b"{torn", b"[1]", json.dumps(asked(0, at=None)).encode()]
    write(log, *bad, asked(1), b"not json", answered(2))
    batch = read(log).batch
    assert [line.reason for line in batch.rejected] == [NOT_JSON, NOT_AN_OBJECT, NO_TIME, NOT_JSON]
    for line in batch.rejected:
        data = log.read_bytes()[line.offset : line.offset + line.length]
        assert line.check == bytes_id(data)
    assert (len(batch.prompts), len(batch.requests), batch.lines) == (1, 1, 6)


def test_a_field_of_an_odd_type_costs_only_itself(log: Path):
    write(log, asked(1, folder=7), answered(2, sent="many"))
    batch = read(log).batch
    assert batch.rejected == []
    assert (batch.sessions[0].directory, batch.requests[0].input) == ("", 0)


def test_a_line_that_says_nothing_is_passed_over(log: Path):
    write(log, {"at": T0}, {}, asked(1))
    batch = read(log).batch
    assert (len(batch.sessions), len(batch.prompts), batch.rejected) == (1, 1, [])


def test_a_half_written_last_line_waits_for_its_rest(log: Path):
    whole = json.dumps(answered(2)).encode()
    write(log, asked(1), whole[:20], end=b"")
    first = read(log)
    assert (first.batch.requests, first.batch.rejected) == ([], [])
    write(log, whole[20:])
    second = read(log, first.cursor)
    assert second.batch.requests[0].interaction == first.batch.prompts[0].id


def test_a_last_line_without_its_newline_counts_now_and_is_the_same_request_later(log: Path):
    write(log, asked(1), answered(2), end=b"")
    first = read(log)
    write(log, b"")
    second = read(log, first.cursor)
    assert first.batch.requests == second.batch.requests
    assert len(first.batch.requests) == 1


def test_a_log_that_grew_is_read_on_from_where_it_was_left(log: Path):
    write(log, asked(1, folder="/srv"), answered(2))
    first = read(log)
    write(log, answered(3, folder="/srv"))
    second = read(log, first.cursor)
    assert (second.batch.lines, second.batch.sessions, second.batch.prompts) == (1, [], [])
    (request,) = second.batch.requests
    assert (request.interaction, request.ordinal) == (first.batch.prompts[0].id, 1)


@pytest.mark.parametrize("state", ["", "{", "[]", '{"requests": "x"}'])
def test_a_state_that_cannot_be_read_is_a_fresh_start(log: Path, state: str):
    line = json.dumps(answered(1)).encode()
    batch = Batch()
    Parrot().read(log, [(0, line)], state, batch)
    assert [part.origin for part in batch.prompts] == [Origin.UNPROMPTED]


@given(st.lists(st.sampled_from([asked(1), asked(2), answered(3), {}]), max_size=8), st.data())
def test_wherever_a_file_is_cut_the_parts_are_the_same(rows: list[Line], data: st.DataObject):
    path = Path("/logs/chat-1.jsonl")
    lines = [(100 * place, json.dumps(row).encode()) for place, row in enumerate(rows)]
    cut = data.draw(st.integers(0, len(lines)))
    whole, pieces = Batch(), Batch()
    state = Parrot().read(path, lines, "", whole)
    half = Parrot().read(path, lines[:cut], "", pieces)
    assert Parrot().read(path, lines[cut:], half, pieces) == state
    assert (pieces.sessions, pieces.prompts) == (whole.sessions, whole.prompts)
    assert pieces.requests == whole.requests
    assert dict(pieces.spans) == dict(whole.spans)


def test_the_same_lines_in_another_folder_are_the_same_parts(tmp_path: Path):
    paths = [tmp_path / name / "chat-1.jsonl" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        write(path, asked(1), answered(2))
    first, second = (read(path).batch for path in paths)
    assert first == second


def test_the_tools_own_id_makes_a_repeated_line_the_same_request(log: Path):
    class Named(Parrot):
        def record(self, row: ParrotRow) -> Entry | None:
            entry = super().record(row)
            return entry and entry._replace(id=f"id of {row.answered}")

    write(log, answered(1, "a"), answered(2, "a"), answered(3, "b"))
    requests = read_file(Named(), str(log), None).batch.requests
    assert requests[0].id == requests[1].id != requests[2].id


def test_all_that_a_tool_says_of_its_usage_arrives(log: Path):
    usage = Usage(1, 2, 3, 4, 5, 6, Basis.ESTIMATED, 0.5, 2.0)

    class Guessing(Parrot):
        def record(self, row: ParrotRow) -> Entry | None:
            return Entry(row.at, usage=usage)

    write(log, answered(1))
    (part,) = read_file(Guessing(), str(log), None).batch.requests
    written = (part.cache_write_5m, part.cache_write_1h)
    counters = (part.input, part.cache_read, *written, part.output, part.reasoning)
    assert Usage(*counters, part.basis, part.low, part.high) == usage


def test_two_lines_of_one_moment_are_two(log: Path):
    write(log, asked(1, "a"), asked(1, "b"), answered(1, "a"), answered(1, "b"))
    batch = read(log).batch
    assert len({part.id for part in batch.prompts}) == 2
    assert len({part.id for part in batch.requests}) == 2


def test_the_same_lines_in_another_session_are_others(log: Path):
    other = log.with_name("chat-2.jsonl")
    batches = []
    for path in (log, other):
        write(path, asked(1), answered(2))
        batches.append(read(path).batch)
    assert len({part.id for batch in batches for part in batch.prompts}) == 2
    assert len({part.id for batch in batches for part in batch.requests}) == 2


def test_a_pointer_leads_back_to_the_prompt_and_its_transcript(log: Path):
    write(log, asked(1, "Hi"), b"{torn", answered(2, "Ho"), asked(3, "Next"))
    batch = read(log).batch
    prompt, end = batch.prompts[0], dict(batch.spans)[batch.prompts[0].id]
    lines = lines_between(str(log), prompt.offset, end)
    assert is_unchanged(lines[0], prompt.check)
    assert Parrot().prompt(lines[0]) == "Hi"
    assert list(Parrot().steps(lines)) == [
        Step(StepKind.PROMPT, "", "Hi"),
        Step(StepKind.ANSWER, "polly", "Ho"),
    ]
    assert list(Parrot().acts(lines)) == [
        Act(ActKind.PROMPT, T0 + 1000, "", "Hi"),
        Act(ActKind.ANSWER, T0 + 2000, "", "Ho"),
    ]


def test_an_act_without_a_time_has_that_of_the_one_before():
    lines = [json.dumps(line).encode() for line in (asked(1), answered(2, at=None))]
    assert [act.time_ms for act in Parrot().acts(lines)] == [T0 + 1000, T0 + 1000]


@pytest.mark.parametrize("line", [b"", b"{torn", b"[]", b"{}", json.dumps(answered(1)).encode()])
def test_a_line_that_is_no_prompt_holds_none(line: bytes):
    assert Parrot().prompt(line) == ""


def test_what_a_tool_does_not_say_has_a_sober_answer():
    parrot = Parrot()
    assert parrot.layout(Path("/logs/chat-1.jsonl")) is Layout.TAIL
    assert parrot.layout(Path("/logs/notes.txt")) is None
    assert parrot.keeps_days(parrot.places(Home(Path("/home/ada"), {}))[0]) is None
    assert parrot.subagent_logs(Path("/logs/chat-1.jsonl"), "a1") == ()
