import json
from pathlib import Path
from typing import Any

import pytest

from ledger.core.evidence import Act, ActKind
from ledger.core.vocabulary import Outcome
from ledger.importers.gemini_cli.acts import acts_of
from ledger.importers.gemini_cli.importer import GeminiCli
from tests.importers.brief_acts import acts_by_prompt, brief
from tests.importers.gemini_cli.cases import edit_call, gemini, metadata, user, write_log

REAL = Path(__file__).parent / "real"
SHOWN = {"originalContent": "a\nz\n", "newContent": "b\nc\nz\n", "fileDiff": "@@\n-a\n+b\n+c\n"}


def acts(*records: Any, after: tuple[Any, ...] = ()) -> list[Act]:
    data = b"\n".join(json.dumps(record).encode() for record in records)
    return list(acts_of(data, [json.dumps(record).encode() for record in after]))


def called(*calls: dict[str, Any]) -> list[Act]:
    return acts(gemini("g1", content="", toolCalls=list(calls)))


def shell(command: str, output: str, status: str = "success") -> dict[str, Any]:
    answer = [{"functionResponse": {"response": {"output": output}}}]
    return {"id": "c", "name": "run_shell_command", "args": {"command": command},
            "status": status, "result": answer}  # fmt: skip


def test_sessions_of_the_real_tool_are_told_as_they_were():
    paths = sorted(REAL.rglob("session-*.jsonl"))
    assert [interaction for path in paths for interaction in acts_by_prompt(GeminiCli(), path)] == [
        ("SCENARIO=doc1 document add", ["edit project/calc.py: blocked"]),
        (
            "SCENARIO=edits fix add",
            [
                "read project/calc.py",
                "edit project/calc.py: applied, whole known",
                "edit project/test_calc.py: applied, whole known",
            ],
        ),
    ]


def test_an_edit_tells_the_whole_file_where_the_tool_showed_it():
    (act,) = called(edit_call(resultDisplay=SHOWN))
    assert (act.edit.before, act.edit.after) == ("a\nz\n", "b\nc\nz\n")
    assert act.edit.replaced == (("a\n", "b\nc\n"),)
    (act,) = called(edit_call(resultDisplay=SHOWN | {"originalContent": None, "isNewFile": True}))
    assert act.edit.before == ""
    (act,) = called(edit_call(resultDisplay="done"))
    assert (act.edit.before, act.edit.after) == (None, None)


def test_a_change_before_accepting_is_the_persons():
    stat = {"model_added_lines": 2, "user_added_lines": 1}
    (act,) = called(edit_call(resultDisplay=SHOWN | {"diffStat": stat}))
    assert act.edit.human_changed


@pytest.mark.parametrize(
    ("status", "error", "outcome", "later_acts"),
    [
        ("success", "", Outcome.APPLIED, []),
        ("error", "string not found", Outcome.FAILED, []),
        ("error", "denied by policy", Outcome.BLOCKED, []),
        ("cancelled", "[Operation Cancelled] Reason: no", Outcome.REJECTED, ["refusal"]),
        ("cancelled", "User cancelled the operation", Outcome.INTERRUPTED, ["interruption"]),
        ("executing", "", Outcome.PENDING, []),
    ],
)
def test_what_became_of_an_edit(status, error, outcome, later_acts):
    result = [{"functionResponse": {"response": {"error": error}}}]
    happened = called(edit_call(status=status, result=result, resultDisplay=SHOWN))
    assert happened[0].edit.outcome is outcome
    assert brief(happened)[1:] == later_acts
    assert (happened[0].edit.after is not None) == (outcome is Outcome.APPLIED)


def test_words_of_a_refusal_inside_a_file_refuse_nothing():
    read = {"id": "c", "name": "read_file", "args": {"absolute_path": "/a"}, "status": "success"}
    answer = [{"functionResponse": {"response": {"output": "User cancelled. denied by policy"}}}]
    assert brief(called(read | {"result": answer})) == ["read /a"]


def test_a_command_that_ends_badly_failed():
    bad = "Command: make\nDirectory: (root)\nOutput: no\nError: (none)\nExit Code: 2\nSignal: 0"
    assert brief(called(shell("make", bad))) == ["run make (failed)"]
    good = "Output: Exit Code: 2\nExit Code: 2\nError: (none)\nExit Code: 0\nSignal: 0"
    assert brief(called(shell("make", good))) == ["run make"]
    assert brief(called(shell("cat a", "x"))) == ["read cat a"]
    assert brief(called(shell("make", "Exit Code: (none)"))) == ["run make"]


def test_the_last_version_of_a_message_counts_in_its_first_place():
    happened = acts(
        user("u1", "Change it"),
        gemini("g1", content="", toolCalls=[edit_call(status="executing")]),
        gemini("g2", content="Done."),
        gemini("g1", content="", toolCalls=[edit_call(resultDisplay=SHOWN)]),
    )
    assert [act.kind for act in happened] == [ActKind.PROMPT, ActKind.EDIT, ActKind.ANSWER]
    assert happened[1].edit.outcome is Outcome.APPLIED


@pytest.mark.parametrize(
    ("after", "is_back"),
    [
        (({"$rewindTo": "u1"},), True),
        (({"$rewindTo": "g1"},), True),
        ((user("u2", "b"), gemini("g2"), {"$rewindTo": "u2"}), False),
        ((user("u2", "b"), {"$rewindTo": "u0"}), True),
        ((user("u2", "b"), {"$set": {"messages": []}}, 7, "x"), False),
    ],
)
def test_a_rewind_to_it_or_before_it_takes_it_back(after, is_back):
    own = (user("u1", "a"), gemini("g1", content=""))
    assert brief(acts(*own, after=after)) == (["rewind"] if is_back else [])


def test_acts_come_from_the_stretch_a_pointer_spans(tmp_path):
    path = write_log(
        tmp_path, metadata(), user("u1", "First"), gemini("g1", toolCalls=[edit_call()]),
        user("u2", "Second", 5), gemini("g2", 6, toolCalls=[shell("make", "x")]),
        {"$rewindTo": "u2"},
    )  # fmt: skip
    assert list(acts_by_prompt(GeminiCli(), path)) == [
        ("First", ["edit p/a.py: applied"]), ("Second", ["run make", "rewind"]),
    ]  # fmt: skip


def test_a_call_that_sent_a_sub_agent_names_it():
    (act,) = called({"id": "c", "name": "helper", "agentId": "helper-1", "status": "success"})
    assert (act.kind, act.words) == (ActKind.DELEGATE, "helper-1")


def test_a_rewind_behind_a_torn_record_is_seen():
    after = [b'{"id": "g7", "type": "gem' + b'{"$rewindTo": "u1"}']
    data = json.dumps(user("u1", "a")).encode()
    assert [act.kind for act in acts_of(data, after)] == [ActKind.PROMPT, ActKind.REWIND]
