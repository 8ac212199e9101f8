import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import bytes_id, content_id
from ledger.core.parts import Batch
from ledger.core.usage import Basis
from ledger.core.vocabulary import Origin, Outcome
from ledger.importers.base import Home, Layout, Place
from ledger.importers.gemini_cli.importer import GeminiCli
from tests.importers.gemini_cli.cases import (
    SESSION,
    batch,
    chats,
    edit_call,
    gemini,
    metadata,
    reading,
    stamp,
    tokens,
    user,
    write_log,
)

HERE = Path(__file__).parent
GOLDEN = sorted(path.parent for path in HERE.glob("*/expected.json"))
NO_VARIABLES: dict[str, str] = {}


def pointed_at(path: Path, offset: int, length: int) -> bytes:
    return path.read_bytes()[offset : offset + length]


def golden(folder: Path) -> dict[str, Any]:
    """Everything the files of a folder tell, ready to be compared with a JSON file."""
    files = {}
    for path in sorted((folder / "tmp").rglob("*")):
        if path.is_file() and GeminiCli().layout(path):
            parts = reading(path).batch
            files[str(path.relative_to(folder))] = {
                "sessions": [part._asdict() for part in parts.sessions],
                "prompts": [part._asdict() for part in parts.prompts],
                "requests": [part._asdict() for part in parts.requests],
                "edits": [part._asdict() for part in parts.edits],
                "spans": [part._asdict() for part in parts.spans],
                "rejected": [part._asdict() for part in parts.rejected],
                "lines": parts.lines,
            }
    return json.loads(json.dumps(files))


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_a_sample_gives_exactly_the_expected_parts(folder: Path) -> None:
    actual = golden(folder)
    if os.environ.get("UPDATE_GOLDEN"):
        (folder / "expected.json").write_text(
            json.dumps(actual, indent=1, ensure_ascii=False) + "\n"
        )
    assert actual == json.loads((folder / "expected.json").read_text())


def test_the_golden_folders_are_found() -> None:
    assert {folder.name for folder in GOLDEN} >= {"real", "refused", "old_document", "operations"}


def test_the_real_logs_add_up_to_what_the_tool_was_billed() -> None:
    batches = [reading(path).batch for path in (HERE / "real").rglob("*.jsonl")]
    requests = {part.id: part for batch in batches for part in batch.requests}
    assert len(requests) == 5
    assert sum(part.input for part in requests.values()) == 10_628
    assert sum(part.cache_read for part in requests.values()) == 3_072
    assert sum(part.cache_write_5m + part.cache_write_1h for part in requests.values()) == 0
    assert sum(part.output for part in requests.values()) == 379
    assert sum(part.reasoning or 0 for part in requests.values()) == 100
    assert sum(len(batch.prompts) for batch in batches) == 2
    outcomes = Counter(part.outcome for batch in batches for part in batch.edits)
    assert outcomes == {Outcome.APPLIED: 2, Outcome.BLOCKED: 1}


def test_the_prompts_of_the_real_logs_are_the_persons_words() -> None:
    prompts = set()
    for path in (HERE / "real").rglob("*.jsonl"):
        for part in reading(path).batch.prompts:
            line = pointed_at(path, part.offset, part.length)
            assert bytes_id(line) == part.check
            prompts.add(GeminiCli().prompt(line))
    assert prompts == {"SCENARIO=doc1 document add", "SCENARIO=edits fix add"}


def test_a_message_written_again_counts_once(tmp_path: Path) -> None:
    first = gemini("g1", tokens=tokens(20, 10))
    parts = batch(tmp_path, metadata(), user("u1", "Hi"), first, first | {"tokens": tokens(25, 30)})
    assert [(part.input, part.output) for part in parts.requests] == [(25, 30)]


def test_an_answer_repeated_with_less_keeps_the_greater_count(tmp_path: Path) -> None:
    first = gemini("g1", tokens=tokens(20, 30))
    parts = batch(tmp_path, metadata(), user("u1", "Hi"), first, first | {"tokens": None})
    assert [part.output for part in parts.requests] == [30]


def test_counters_are_made_disjoint(tmp_path: Path) -> None:
    used = tokens(1000, 50, cached=600, thoughts=7, tool=11)
    (part,) = batch(tmp_path, metadata(), user("u1", "Hi"), gemini("g1", tokens=used)).requests
    assert (part.input, part.cache_read, part.output, part.reasoning) == (411, 600, 57, 7)
    assert part.basis is Basis.EXACT


def test_an_answer_without_counters_is_unknown_and_not_free(tmp_path: Path) -> None:
    nothing = gemini("g1", tokens=tokens(0, 0))
    (part,) = batch(tmp_path, metadata(), user("u1", "Hi"), nothing).requests
    assert part.basis is Basis.UNKNOWN


def test_words_the_tool_put_into_the_models_mouth_are_no_request(tmp_path: Path) -> None:
    made_up = gemini("g1", tokens=None, model=None)
    assert batch(tmp_path, metadata(), user("u1", "Hi"), made_up).requests == []


def test_ids_come_from_the_sources_own_ids(tmp_path: Path) -> None:
    parts = batch(tmp_path, metadata(), user("u1", "Hi"), gemini("g1"))
    assert parts.sessions[0].id == content_id("gemini-cli", SESSION)
    assert parts.prompts[0].id == content_id("gemini-cli", SESSION, "u1")
    assert parts.requests[0].id == content_id("gemini-cli", SESSION, "g1")
    assert parts.requests[0].interaction == parts.prompts[0].id


def test_an_old_document_and_its_migrated_log_give_the_same_ids(tmp_path: Path) -> None:
    messages = [user("u1", "Hi"), gemini("g1", tool_calls=[]), user("u2", "And?", 5)]
    document = chats(tmp_path) / "session-2026-03-01T10-00-0d2f6a52.json"
    document.write_text(json.dumps(metadata(messages=messages), indent=2))
    old, new = reading(document).batch, batch(tmp_path, metadata(), *messages)
    assert [part.id for part in old.prompts] == [part.id for part in new.prompts]
    assert old.requests == new.requests
    assert old.sessions == new.sessions


def test_a_documents_prompts_point_at_their_own_bytes(tmp_path: Path) -> None:
    messages = [user("u1", "Hi"), gemini("g1"), user("u2", "Same again", 5), gemini("g2", 6)]
    document = chats(tmp_path) / "session-2026-03-01T10-00-0d2f6a52.json"
    document.write_text(json.dumps(metadata(messages=messages), indent=2))
    parts = reading(document).batch
    actual = [pointed_at(document, part.offset, part.length) for part in parts.prompts]
    assert [GeminiCli().prompt(data) for data in actual] == ["Hi", "Same again"]
    assert [part.check for part in parts.prompts] == [bytes_id(data) for data in actual]
    ends = {span.interaction: span.end for span in parts.spans}
    assert ends[parts.prompts[0].id] < parts.prompts[1].offset
    assert ends[parts.prompts[1].id] < document.stat().st_size


def test_a_rewound_prompt_stays_asked_and_its_answers_stay_billed(tmp_path: Path) -> None:
    parts = batch(
        tmp_path,
        metadata(),
        user("u1", "First"),
        gemini("g1"),
        user("u2", "Wrong", 3),
        gemini("g2", 4),
        {"$rewindTo": "u2"},
        gemini("g3", 5),
    )
    first, wrong = (part.id for part in parts.prompts)
    assert [part.interaction for part in parts.requests] == [first, wrong, first]


def test_after_rewinding_to_an_unknown_message_nothing_is_in_view(tmp_path: Path) -> None:
    parts = batch(tmp_path, metadata(), user("u1", "First"), {"$rewindTo": "no such"}, gemini("g1"))
    assert [part.origin for part in parts.prompts] == [Origin.TYPED, Origin.UNPROMPTED]
    assert parts.requests[0].interaction == content_id("gemini-cli", SESSION, "start")


def test_a_rewritten_history_changes_neither_prompts_nor_bills(tmp_path: Path) -> None:
    messages = [user("u1", "First"), gemini("g1"), user("u2", "Second", 3), gemini("g2", 4)]
    summary = user("s1", "<state_snapshot>what happened</state_snapshot>", 5)
    rewritten = [summary, user("u2", "[masked]", 3), gemini("g2", 4)]
    before = batch(tmp_path, metadata(), *messages)
    after = batch(
        tmp_path, metadata(), *messages, {"$set": {"messages": rewritten}}, gemini("g3", 6)
    )
    assert after.prompts == before.prompts
    assert after.requests[:2] == before.requests
    assert after.requests[2].interaction == before.prompts[1].id


def test_a_prompt_first_seen_in_a_rewritten_history_counts(tmp_path: Path) -> None:
    listed = {"$set": {"messages": [user("u1", "From the list"), gemini("g1")]}}
    path = write_log(tmp_path, metadata(), listed)
    (part,) = reading(path).batch.prompts
    assert GeminiCli().prompt(pointed_at(path, part.offset, part.length)) == "From the list"


def test_a_listing_of_old_messages_does_not_stretch_their_interaction(tmp_path: Path) -> None:
    messages = [user("u1", "First"), gemini("g1"), user("u2", "Second", 3)]
    before = batch(tmp_path, metadata(), *messages)
    after = batch(tmp_path, metadata(), *messages, {"$set": {"messages": messages}})
    assert after.spans == before.spans


def test_a_slash_command_counts_only_when_the_model_worked(tmp_path: Path) -> None:
    silent = batch(tmp_path, metadata(), user("u1", "/help"))
    loud = batch(tmp_path, metadata(), user("u1", "/review all"), gemini("g1"))
    assert (silent.prompts, silent.spans) == ([], [])
    assert [part.origin for part in loud.prompts] == [Origin.COMMAND]


def test_requests_before_any_prompt_begin_one_interaction(tmp_path: Path) -> None:
    parts = batch(tmp_path, metadata(), gemini("g1"), gemini("g2", 3), user("u1", "Hi", 4))
    assert [part.origin for part in parts.prompts] == [Origin.UNPROMPTED, Origin.TYPED]
    start = parts.prompts[0].id
    assert [part.interaction for part in parts.requests] == [start, start]
    assert [part.ordinal for part in parts.requests] == [0, 1]
    assert [part.ordinal for part in parts.prompts] == [0, 2]


def test_a_sub_agent_spends_for_the_session_that_started_it(tmp_path: Path) -> None:
    child = metadata(sessionId="child", kind="subagent", directories=["/home/ada/p"])
    path = write_log(
        tmp_path, child, user("u1", "Look around"), gemini("g1", 5), name=f"{SESSION}/child"
    )
    parts = reading(path).batch
    (session,) = parts.sessions
    assert (session.key, session.parent) == ("child", content_id("gemini-cli", SESSION))
    assert session.directory == "/home/ada/p"
    assert parts.prompts == parts.spans == []
    (request,) = parts.requests
    assert (request.session, request.interaction) == (session.id, None)
    assert request.anchor_ms == session.time_ms < request.time_ms


def test_an_edit_is_taken_with_its_final_outcome(tmp_path: Path) -> None:
    waiting = gemini("g1", toolCalls=[edit_call(status="awaiting_approval")])
    display = {
        "filePath": "/home/ada/p/a.py",
        "diffStat": {"model_added_lines": 4, "model_removed_lines": 2, "user_added_lines": 1},
    }
    done = gemini("g1", toolCalls=[edit_call(resultDisplay=display)])
    parts = batch(tmp_path, metadata(), user("u1", "Hi"), waiting, done)
    (part,) = parts.edits
    assert (part.added, part.removed, part.outcome) == (4, 2, Outcome.APPLIED)
    assert part.human_changed
    assert part.path == "/home/ada/p/a.py"
    assert part.interaction == parts.prompts[0].id


def test_the_last_line_counts_before_its_newline_has_come(tmp_path: Path) -> None:
    path = write_log(tmp_path, metadata(), user("u1", "Hi"), gemini("g1"), gemini("g2", 3))
    whole = reading(path).batch
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    cut = reading(path).batch
    assert cut.requests == whole.requests
    assert cut.prompts == whole.prompts


def test_a_late_version_of_a_message_keeps_its_place(tmp_path: Path) -> None:
    first = gemini("g1", tokens=tokens(5, 5))
    again = json.dumps(gemini("g1", tokens=tokens(5, 9)))
    path = write_log(tmp_path, metadata(), user("u1", "Hi"), first, user("u2", "More", 8))
    path.write_bytes(path.read_bytes() + again.encode())  # no newline yet
    requests = [part for part in reading(path).batch.requests if part.output == 9]
    assert [part.interaction for part in requests] == [content_id("gemini-cli", SESSION, "u1")]
    assert [part.ordinal for part in requests] == [0]


def test_damaged_lines_are_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write_log(tmp_path, metadata(), user("u1", "Hi"))
    path.write_bytes(path.read_bytes() + b'{"id": "g0", \n[1]\n"text"\n')
    with path.open("a") as file:
        file.write(json.dumps(gemini("g1")) + "\n" + json.dumps({"type": "new kind"}) + "\n")
    parts = reading(path).batch
    assert [part.reason for part in parts.rejected] == ["not a JSON object"] * 3
    assert len(parts.requests) == 1


def test_whole_records_of_a_torn_line_are_read(tmp_path: Path) -> None:
    path = write_log(tmp_path, metadata(), user("u1", "Hi"))
    whole, glued = json.dumps(gemini("g1")), json.dumps(gemini("g2", 4))
    torn = json.dumps(gemini("g0"))[:60]
    path.write_bytes(path.read_bytes() + f"{torn}{whole}{glued}\n".encode())
    parts = reading(path).batch
    assert [part.time_ms for part in parts.requests] == [1_772_359_202_000, 1_772_359_204_000]
    (rejected,) = parts.rejected
    assert pointed_at(path, rejected.offset, rejected.length) == torn.encode()
    told = list(GeminiCli().steps(path.read_bytes().splitlines()))
    assert [step.text for step in told] == ["Hi", "Done.", "Done."]


def test_a_sub_agents_log_is_found_by_its_call(tmp_path: Path) -> None:
    path = write_log(tmp_path, metadata(), user("u1", "Hi"))
    log = path.parent / SESSION / "helper-1.jsonl"
    log.parent.mkdir()
    log.write_text("")
    assert GeminiCli().subagent_logs(path, "helper-1") == (log,)
    assert GeminiCli().subagent_logs(path, "../helper-1") == ()
    assert GeminiCli().subagent_logs(path, "helper-2") == ()


def test_a_log_without_messages_tells_nothing(tmp_path: Path) -> None:
    parts = batch(tmp_path, metadata(), {"$set": {"summary": "x"}})
    assert (parts.sessions, parts.prompts, parts.requests) == ([], [], [])


def test_a_session_without_an_id_is_named_after_its_file(tmp_path: Path) -> None:
    parts = batch(tmp_path, user("u1", "Hi"), gemini("g1"))
    assert parts.sessions[0].key == "session-2026-03-01T10-00-0d2f6a52"


def test_places_follow_the_overrides_and_then_the_default(tmp_path: Path) -> None:
    variables = {
        "GEMINI_CLI_HOME": "/srv/g",
        "GEMINI_DIR": "~/moved/.gemini",
        "GEMINI_DATA_DIR": "/data/tmp",
    }
    places = GeminiCli().places(Home(Path("/home/ada"), variables))
    assert places == (
        Place(Path("/srv/g/.gemini/tmp"), "GEMINI_CLI_HOME"),
        Place(Path("/data/tmp"), "GEMINI_DATA_DIR"),
        Place(Path("/home/ada/moved/.gemini/tmp"), "GEMINI_DIR"),
        Place(Path("/home/ada/.gemini/tmp"), "default"),
    )


def test_a_place_named_twice_is_looked_at_once() -> None:
    places = GeminiCli().places(Home(Path("/home/ada"), {"GEMINI_DIR": "~/.gemini"}))
    assert places == (Place(Path("/home/ada/.gemini/tmp"), "GEMINI_DIR"),)


@pytest.mark.parametrize(
    ("path", "layout"),
    [
        ("/r/tmp/p/chats/session-2026-01-01T00-00-aaaaaaaa.jsonl", Layout.LINES),
        ("/r/tmp/p/chats/session-2026-01-01T00-00-aaaaaaaa.json", Layout.DOCUMENT),
        ("/r/tmp/p/chats/parent/child.jsonl", Layout.LINES),
        ("/r/tmp/p/chats/parent/child.json", None),
        ("/r/tmp/p/chats/other.jsonl", None),
        ("/r/tmp/p/logs.json", None),
        ("/r/tmp/p/checkpoint-session-x.json", None),
        ("/r/tmp/p/chats/session-2026-01-01T00-00-aaaaaaaa.txt", None),
    ],
)
def test_only_session_files_are_read(path: str, layout: Layout | None) -> None:
    assert GeminiCli().layout(Path(path)) is layout


def test_the_tools_own_retention_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"general": {"sessionRetention": {"maxAge": "2w"}}}')
    assert GeminiCli().keeps_days(Place(tmp_path / "tmp", "default")) == 14


damage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "timestamp",
                    "type",
                    "content",
                    "displayContent",
                    "tokens",
                    "toolCalls",
                    "thoughts",
                    "args",
                    "name",
                    "status",
                    "result",
                    "resultDisplay",
                    "fileDiff",
                    "diffStat",
                    "input",
                    "text",
                    "functionResponse",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)
records = st.dictionaries(
    st.sampled_from(
        [
            "id",
            "timestamp",
            "type",
            "content",
            "displayContent",
            "thoughts",
            "tokens",
            "model",
            "toolCalls",
            "sessionId",
            "projectHash",
            "startTime",
            "kind",
            "directories",
            "messages",
            "$set",
            "$rewindTo",
        ]
    ),
    damage | st.sampled_from(["user", "gemini", stamp(1), "u1", SESSION]),
)


@given(st.lists(records, max_size=6))
def test_no_record_of_any_shape_is_too_much(log: list[Any]) -> None:
    lines = [(at * 1000, json.dumps(record).encode()) for at, record in enumerate(log)]
    parts = Batch()
    state = GeminiCli().read(Path("/r/tmp/p/chats/session-x.jsonl"), lines, "", parts)
    GeminiCli().read(Path("/r/tmp/p/chats/session-x.jsonl"), lines, state, Batch())
    for _, data in lines:
        GeminiCli().prompt(data)
    list(GeminiCli().steps(data for _, data in lines))
    for part in parts.requests:
        assert min(part.input, part.cache_read, part.output) >= 0


@given(st.binary(max_size=200))
def test_no_bytes_are_too_much(data: bytes) -> None:
    parts = Batch()
    GeminiCli().read(Path("/r/tmp/p/chats/session-x.json"), [(0, data)], "", parts)
    GeminiCli().prompt(data)
    list(GeminiCli().steps([data]))


def test_nesting_without_end_is_rejected_not_raised(tmp_path: Path) -> None:
    path = write_log(tmp_path, metadata(), user("u1", "Hi"))
    deep = b'{"id": "g1", "type": "gemini", "content": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    path.write_bytes(path.read_bytes() + deep)
    assert [part.length for part in reading(path).batch.rejected] == [len(deep) - 1]
