import json
from pathlib import Path

from ledger.importers.base import StepKind
from ledger.importers.gemini_cli.importer import GeminiCli
from ledger.importers.reading import lines_between
from tests.importers.gemini_cli.cases import (
    chats,
    edit_call,
    gemini,
    metadata,
    reading,
    stamp,
    user,
    write_log,
)

MESSAGES = [
    user("u1", "First"),
    gemini("g1", thoughts=[{"subject": "Plan", "description": "Think."}]),
    user("u2", "Change it", 5),
    gemini("g2", 6, content="", toolCalls=[edit_call(status="executing")]),
    gemini("g2", 6, content="", toolCalls=[edit_call(resultDisplay={"fileDiff": "@@\n+b\n"})]),
    user("r1", [{"functionResponse": {"name": "replace"}}], 7),
    {"id": "i1", "timestamp": stamp(8), "type": "info", "content": "Quota is low."},
    gemini(
        "g3",
        9,
        content="Changed.",
        toolCalls=[
            {
                "id": "c",
                "name": "shell",
                "args": {"command": "ls"},
                "result": [{"functionResponse": {"response": {"output": "a.py"}}}],
            }
        ],
    ),
]
FIRST = [(StepKind.PROMPT, "First"), (StepKind.THINKING, "Think."), (StepKind.ANSWER, "Done.")]
SECOND = [
    (StepKind.PROMPT, "Change it"),
    (StepKind.EDIT, "@@\n+b\n"),
    (StepKind.NOTICE, "Quota is low."),
    (StepKind.ANSWER, "Changed."),
    (StepKind.CALL, '{\n "command": "ls"\n}'),
    (StepKind.RESULT, "a.py"),
]


def transcripts(path: Path) -> list[list[tuple[StepKind, str]]]:
    parts = reading(path).batch
    ends = {span.interaction: span.end for span in parts.spans}
    shown = []
    for part in parts.prompts:
        lines = lines_between(str(path), part.offset, ends[part.id])
        shown.append([(step.kind, step.text) for step in GeminiCli().steps(lines)])
    return shown


def test_a_log_is_told_interaction_by_interaction(tmp_path: Path) -> None:
    assert transcripts(write_log(tmp_path, metadata(), *MESSAGES)) == [FIRST, SECOND]


def test_an_indented_document_is_told_the_same_way(tmp_path: Path) -> None:
    path = chats(tmp_path) / "session-2026-03-01T10-00-0d2f6a52.json"
    messages = [
        message for at, message in enumerate(MESSAGES) if at != 3
    ]  # a document keeps one version
    path.write_text(json.dumps(metadata(messages=messages), indent=2))
    assert transcripts(path) == [FIRST, SECOND]


def test_a_rewritten_history_in_between_is_not_told_twice(tmp_path: Path) -> None:
    rewritten = {"$set": {"messages": MESSAGES[:2]}}
    log = [metadata(), *MESSAGES[:2], rewritten, *MESSAGES[2:]]
    assert transcripts(write_log(tmp_path, *log)) == [FIRST, SECOND]


def test_interactions_inside_a_rewritten_history_are_told(tmp_path: Path) -> None:
    log = [metadata(), {"$set": {"messages": MESSAGES[:3], "summary": "x"}}, *MESSAGES[4:]]
    assert transcripts(write_log(tmp_path, *log)) == [FIRST, SECOND]


def test_damaged_lines_inside_an_interaction_are_passed_over() -> None:
    lines = [json.dumps(user("u1", "Hi")).encode(), b'{"id": ', json.dumps(gemini("g1")).encode()]
    assert [step.text for step in GeminiCli().steps(lines)] == ["Hi", "Done."]


def test_the_same_file_of_an_edit_titles_its_step() -> None:
    call = edit_call(resultDisplay={"fileDiff": "@@\n+b\n"})
    lines = [json.dumps(gemini("g1", content="", toolCalls=[call])).encode()]
    assert [step.title for step in GeminiCli().steps(lines)] == ["/home/ada/p/a.py"]
