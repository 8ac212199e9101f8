import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import Batch
from ledger.importers.gemini_cli.importer import GeminiCli
from ledger.importers.gemini_cli.records import record_of
from ledger.importers.gemini_cli.rewriting import Said, begins_again, said_of
from tests.importers.gemini_cli.cases import (
    batch,
    context,
    edit_call,
    gemini,
    info,
    metadata,
    results,
    stamp,
    tokens,
    user,
)


def turn(number: int, words: str, second: int, answers: int = 1) -> list[dict[str, Any]]:
    """A prompt with its answers, whose last but one had its call carried out."""
    messages = [user(f"u{number}", words, second)]
    for answer in range(answers):
        name = f"g{number}-{answer}"
        if answer < answers - 1:
            call = edit_call(f"c-{name}")
            messages.append(gemini(name, second + 1, content="", toolCalls=[call]))
            messages.append(results(f"r{number}-{answer}", f"c-{name}", second + 1))
        else:
            messages.append(gemini(name, second + 2))
    return messages


def again(messages: list[dict[str, Any]], second: int, prefix: str = "n") -> list[dict[str, Any]]:
    """The history as the tool writes it again: new ids, one time, no model and no counters."""
    copies = []
    for number, message in enumerate(messages):
        copy = {"id": f"{prefix}{number}", "timestamp": stamp(second), "type": message["type"]}
        parts = message["content"]
        parts = [{"text": parts}] if isinstance(parts, str) and parts else (parts or [])
        calls = message.get("toolCalls", ())
        parts = [*parts, *({"functionCall": {"id": call["id"]}} for call in calls)]
        copies.append(copy | {"content": parts})
        if message["type"] == "gemini":
            copies[-1] |= {"tokens": None, "thoughts": []}
    copies[0]["content"] = [{"text": context("/home/ada/p")}, *copies[0]["content"]]
    return copies


def refused(number: int, words: str, second: int) -> list[dict[str, Any]]:
    """A prompt whose edit the person refused; the tool forgets it when it writes again."""
    call = edit_call(f"refused-{number}", status="cancelled")
    return [
        user(f"u{number}", words, second),
        gemini(f"g{number}", second + 1, content="I propose.", toolCalls=[call]),
        info(f"i{number}", "Request cancelled.", second + 2),
    ]


def parts_of(*records: Any) -> Batch:
    with TemporaryDirectory() as folder:
        return batch(Path(folder), metadata(), *records)


def facts(parts: Batch) -> tuple[Any, ...]:
    """All but where it stands in the log."""
    prompts = [part._replace(offset=0) for part in parts.prompts]
    return prompts, parts.requests, [(part.id, part.outcome) for part in parts.edits]


def test_the_first_prompt_in_one_row_with_the_context_is_not_asked_again() -> None:
    told = [*turn(1, "Begin", 1, 2), *refused(2, "Better", 9)]
    copies = again(told[:4], 12)
    rewritten = {"$set": {"messages": copies}}
    assert facts(parts_of(*told, *copies, rewritten)) == facts(parts_of(*told))
    assert parts_of(*told, *copies, rewritten).spans == parts_of(*told).spans


def test_prompts_in_rows_of_their_own_are_not_asked_again() -> None:
    told = [*turn(1, "Begin", 1), *turn(2, "go on", 5, 2), *turn(3, "go on", 15)]
    last = refused(4, "Better", 20)
    copies = again(told, 25)
    expected = facts(parts_of(*told, *last))
    assert facts(parts_of(*told, *last, *copies, {"$set": {"messages": copies}})) == expected
    assert facts(parts_of(*told, *last, *copies)) == expected  # killed in between
    assert facts(parts_of(*told, *last, {"$set": {"messages": copies}})) == expected


def test_a_prompt_that_the_person_types_again_is_a_new_one() -> None:
    told = [*turn(1, "go on", 1), *refused(2, "go on", 9)]
    copies = again(told[:2], 12)
    log = [*told, *copies, {"$set": {"messages": copies}}, *turn(3, "go on", 20)]
    assert len(parts_of(*log).prompts) == 3
    log.remove({"$set": {"messages": copies}})
    assert len(parts_of(*log).prompts) == 3
    repeated = [*turn(1, "go on", 1), *turn(2, "go on", 5)]
    assert len(parts_of(*repeated).prompts) == 2


def test_a_context_that_comes_with_a_new_prompt_hides_nothing() -> None:
    fresh = user("u2", [{"text": context("/home/ada/p")}, {"text": "Another thing"}], 9)
    parts = parts_of(*turn(1, "Begin", 1), fresh, gemini("g2", 10))
    assert len(parts.prompts) == 2
    assert parts.requests[-1].interaction == parts.prompts[-1].id


def test_words_that_the_tool_puts_into_the_models_mouth_end_no_history() -> None:
    told = [*turn(1, "Begin", 1), *turn(2, "More", 5)]
    copies = again(told, 12)
    copies.insert(1, gemini("made up", 12, content=[{"text": "Got it."}], tokens=None, model=None))
    assert facts(parts_of(*told, *copies)) == facts(parts_of(*told))


def test_a_copy_that_still_has_its_counters_is_billed_once() -> None:
    told = [*turn(1, "Begin", 1), *turn(2, "More", 5)]
    kept = [
        copy | {"model": "gemini-2.5-pro", "tokens": tokens(100, 10)} for copy in again(told, 12)
    ]
    shorter = [user("s", "<state_snapshot>so far</state_snapshot>", 12), *kept[2:]]
    assert facts(parts_of(*told, {"$set": {"messages": shorter}})) == facts(parts_of(*told))


def test_an_answer_after_a_shorter_history_belongs_to_the_last_prompt() -> None:
    told = [*turn(1, "go on", 1), *turn(2, "go on", 5)]
    shorter = [user("s", "<state_snapshot>so far</state_snapshot>", 12), *again(told, 12)[2:]]
    parts = parts_of(*told, {"$set": {"messages": shorter}}, gemini("g9", 14))
    assert parts.requests[-1].interaction == parts.prompts[1].id


def test_a_picture_with_nothing_said_is_known_again() -> None:
    picture = {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}
    told = [user("u1", [picture]), gemini("g1")]
    assert facts(parts_of(*told, *again(told, 12))) == facts(parts_of(*told))


def test_what_was_shown_and_what_was_sent_are_one_prompt() -> None:
    sent = [{"text": "@a.md go"}, {"text": "\n--- Content from referenced files ---"}]
    told = [user("u1", sent, displayContent="see a.md"), gemini("g1")]
    assert facts(parts_of(*told, *again(told, 12))) == facts(parts_of(*told))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (Said("prompt", (1,)), Said("prompt", (1, 2)), True),
        (Said("prompt", (1,)), Said("answer", (1,)), False),
        (Said("answer", (1,), ("a",)), Said("answer", (1,), ("b",)), False),
        (Said("answer", (), ("a",)), Said("answer", (2,), ("a", "b")), True),
        (Said("answer", (1,), ("a",)), Said("answer", (1,)), True),
        (Said("answer", ()), Said("answer", ()), False),
    ],
)
def test_two_messages_are_alike_by_calls_or_words(one: Said, other: Said, alike: bool) -> None:
    assert one.is_like(other) is alike
    assert other.is_like(one) is alike


def test_what_a_message_said_holds_none_of_its_words() -> None:
    record = record_of(json.dumps(user("u1", "a secret plan")).encode())
    assert record is not None
    said = said_of(record)
    assert said is not None
    assert "secret" not in str(said)
    assert not begins_again(record)


WORDS = st.sampled_from(["go on", "yes", "Begin"])
TURNS = st.lists(st.tuples(WORDS, st.integers(1, 3), st.booleans()), min_size=1, max_size=5)


def conversations(
    turns: list[tuple[str, int, bool]], way: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A log without and with what the tool writes again after each refusal."""
    plain: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    for number, (words, answers, is_refused) in enumerate(turns, 1):
        second = number * 100
        told = (
            refused(number, words, second) if is_refused else turn(number, words, second, answers)
        )
        plain, log = plain + told, log + told
        if not is_refused:
            history += told
        elif history:
            copies = again(history, second + 3, f"n{number}-")
            log += copies if way != "list" else []
            log += [{"$set": {"messages": copies}}] if way != "rows" else []
    return plain, log


WAYS = st.sampled_from(["rows", "list", "both"])


@given(TURNS, WAYS)
def test_histories_written_again_change_nothing(
    turns: list[tuple[str, int, bool]], way: str
) -> None:
    """Whatever was said, however often it is refused: one prompt for each that was typed."""
    plain, log = conversations(turns, way)
    assert facts(parts_of(*log)) == facts(parts_of(*plain))


@given(TURNS, WAYS, st.data())
def test_a_log_that_was_read_early_told_nothing_that_is_not_so(
    turns: list[tuple[str, int, bool]], way: str, data: st.DataObject
) -> None:
    """The ledger forgets no part: a log may be read, or its tool killed, after any line."""
    _, log = conversations(turns, way)
    early = parts_of(*log[: data.draw(st.integers(0, len(log)))])
    whole = parts_of(*log)
    for name in ("prompts", "requests", "edits"):
        ids = {part.id for part in getattr(whole, name)}
        assert {part.id for part in getattr(early, name)} <= ids


def test_the_real_tools_refusal_gives_no_phantom() -> None:
    shared = Path(__file__).parent / "refused"
    (path,) = shared.rglob("*.jsonl")
    lines, offset = [], 0
    for line in path.read_bytes().splitlines(keepends=True):
        lines.append((offset, line.rstrip(b"\n")))
        offset += len(line)
    parts = Batch()
    GeminiCli().read(path, lines, "", parts)
    prompts = [GeminiCli().prompt(dict(lines)[part.offset]) for part in parts.prompts]
    assert [re.sub(r"^SCENARIO=\w+ ", "", prompt) for prompt in prompts] == [
        "document add",
        "better words",
    ]
    assert len(parts.requests) == 3
