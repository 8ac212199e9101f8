import json
from pathlib import Path

import pytest

from ledger.core.evidence import Act, ActKind
from ledger.core.vocabulary import Outcome
from ledger.importers.claude_code.acts import acts_of
from ledger.importers.claude_code.importer import ClaudeCode
from tests.importers.brief_acts import acts_by_prompt, brief
from tests.importers.claude_code.claude_logs import (
    DONE,
    FOLDER,
    Row,
    answer,
    call,
    data_of,
    prompt,
    row,
)
from tests.importers.claude_code.claude_logs import result as back

REAL = Path(__file__).parent / "real" / ".claude" / "projects" / "-home-ada-project"
REFUSED = "The user doesn't want to proceed with this tool use. The tool use was rejected."
EXPLAINED = f"{REFUSED} To tell you how to proceed, the user said:\nkeep it short"


def acts(*rows: Row | bytes, after: tuple[Row | bytes, ...] = ()) -> list[Act]:
    return list(acts_of(data_of(rows).split(b"\n")[:-1], data_of(after).split(b"\n")[:-1]))


def noticed(second: float, path: str = f"{FOLDER}/a.py", **more: object) -> Row:
    return row("attachment", second, attachment={"type": "edited_text_file", "filename": path},
               **more)  # fmt: skip


APPLIED = (answer(1, "m", call("t")), back(2, "t", toolUseResult=DONE))


def test_a_session_of_the_real_tool_is_told_as_it_was():
    (path,) = REAL.glob("14902295-*.jsonl")
    interactions = list(acts_by_prompt(ClaudeCode(), path))
    assert interactions == [
        (
            "SCENARIO=tui_accept document add",
            [
                "read project/calc.py",
                "edit project/calc.py: applied, whole known",
                "hand edit project/calc.py",  # told with the third prompt after it
            ],
        ),
        (
            "SCENARIO=tui_reject improve the docstring",
            ["edit project/calc.py: rejected", "refusal", "interruption"],
        ),
        (
            "SCENARIO=tui_reject improve it in another way",
            ["edit project/calc.py: rejected", "refusal keep it short"],
        ),
        ("SCENARIO=tui_after what changed", []),
        ("SCENARIO=tui_slow talk", ["interruption", "other /compact", "other /exit"]),
    ]


def test_a_rewind_of_the_conversation_and_one_of_the_files_are_told_apart():
    (path,) = Path(__file__).parent.glob("recorded/2.1.332-rewind/.claude/projects/*/*.jsonl")
    assert list(acts_by_prompt(ClaudeCode(), path)) == [
        ("SCENARIO=w1 one", ["edit project/f1.py: applied, whole known"]),
        (
            "SCENARIO=w2 two",
            ["edit project/f2.py: applied, whole known", "restore project/f2.py"],
        ),
        ("SCENARIO=w3 three", ["edit project/f3.py: applied, whole known", "rewind"]),
        ("SCENARIO=w3 three", ["edit project/f3.py: failed (failed)"]),
        ("SCENARIO=w4 four", ["edit project/f4.py: applied, whole known"]),
        ("SCENARIO=bye go", []),
    ]


def test_headless_runs_of_the_real_tool_are_told_as_they_were():
    interactions = [
        interaction
        for path in sorted(REAL.glob("*.jsonl"))[1:]
        for interaction in acts_by_prompt(ClaudeCode(), path)
    ]
    assert interactions == [
        ("SCENARIO=agent ask a helper", ["delegate aa79331df2617962e"]),
        (
            "SCENARIO=denied add type hints",
            ["read project/calc.py", "edit project/calc.py: blocked"],
        ),
        (
            "SCENARIO=failededit go on",
            [
                "read project/calc.py",
                "edit project/calc.py: failed (failed)",
                "run python3 -c 'import sys; sys.exit(3)' (failed)",
            ],
        ),
        (
            "SCENARIO=edits please fix add",
            [
                "read project/calc.py",
                "edit project/calc.py: applied, whole known",
                "edit project/test_calc.py: applied, whole known",
                'run python3 -c "from calc import add; print(add(2,3))"',
            ],
        ),
        ("SCENARIO=retry say hello", []),
    ]


def test_a_sub_agents_own_log_is_told_too():
    (path,) = REAL.glob("*/subagents/agent-*.jsonl")
    assert path in ClaudeCode().subagent_logs(REAL / f"{path.parts[-3]}.jsonl", "aa79331df2617962e")
    kinds = [act.kind for act in ClaudeCode().acts(path.read_bytes().splitlines())]
    assert ActKind.ANSWER in kinds
    assert any(kind in kinds for kind in (ActKind.RUN, ActKind.SEARCH, ActKind.READ))


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a" * 65, "a\0"])
def test_a_name_that_is_no_agents_leads_nowhere(name):
    assert ClaudeCode().subagent_logs(REAL / "x.jsonl", name) == ()


def test_words_of_a_refusal_inside_a_file_refuse_nothing():
    happened = acts(
        prompt(0),
        answer(1, "m", call("r", "Read", file_path="/a")),
        back(2, "r", EXPLAINED),
        *APPLIED,
    )
    assert brief(happened) == ["read /a", "edit shop/a.py: applied"]


@pytest.mark.parametrize(
    ("content", "more", "outcome", "feedback"),
    [
        (REFUSED, {}, Outcome.REJECTED, ""),
        (EXPLAINED, {}, Outcome.REJECTED, "keep it short"),
        ("no", {"toolDenialKind": "user-rejected", "userFeedback": "why"}, Outcome.REJECTED, "why"),
        ("no", {"toolDenialKind": "permission-rule"}, Outcome.BLOCKED, None),
        ("no", {"toolDenialKind": "interrupted"}, Outcome.INTERRUPTED, None),
        ("String to replace not found in file.", {}, Outcome.FAILED, None),
    ],
)
def test_what_became_of_an_edit_and_what_was_said(content, more, outcome, feedback):
    happened = acts(prompt(0), answer(1, "m", call("t")), back(2, "t", content, True, **more))
    assert happened[1].edit.outcome is outcome
    assert happened[1].failed == (outcome is Outcome.FAILED)
    refusals = [act.words for act in happened if act.kind is ActKind.REFUSAL]
    assert refusals == ([] if feedback is None else [feedback])


def test_any_tool_can_be_refused():
    happened = acts(
        answer(1, "m", call("t", "Bash", command="make")), back(2, "t", EXPLAINED, True)
    )
    assert brief(happened) == ["run make", "refusal keep it short"]


def test_a_streamed_answer_and_a_call_written_twice_are_told_once():
    part, whole = ({"type": "text", "text": piece} for piece in ("I will", "I will look."))
    happened = acts(
        answer(1, "m", part), answer(1, "m", whole), answer(1, "m", call("t")), answer(1, "m",
        call("t")),
    )  # fmt: skip
    assert [(act.kind, act.words) for act in happened] == [
        (ActKind.ANSWER, "I will look."), (ActKind.EDIT, f"{FOLDER}/a.py"),
    ]  # fmt: skip
    assert happened[1].edit.outcome is Outcome.PENDING


def test_a_change_before_accepting_is_the_persons():
    happened = acts(
        answer(1, "m", call("t")), back(2, "t", toolUseResult=DONE | {"userModified": 1})
    )
    assert not happened[0].edit.human_changed  # an odd value says nothing
    happened = acts(
        answer(1, "m", call("t")), back(2, "t", toolUseResult=DONE | {"userModified": True})
    )
    assert happened[0].edit.human_changed


def test_a_hand_edit_within_counts_only_after_an_edit_of_that_file():
    assert brief(acts(prompt(0), noticed(1), *APPLIED)) == ["edit shop/a.py: applied"]
    assert brief(acts(prompt(0), *APPLIED, noticed(3), noticed(3, "/other"))) == [
        "edit shop/a.py: applied", "hand edit shop/a.py",
    ]  # fmt: skip


def test_a_hand_edit_told_later_counts_once_and_not_after_the_model_changed_the_file_again():
    own = (prompt(0), *APPLIED)
    first = (prompt(5), noticed(6), noticed(7))
    assert brief(acts(*own, after=first))[1:] == ["hand edit shop/a.py"]
    again = (answer(8, "n", call("u")), back(9, "u", toolUseResult=DONE), noticed(10))
    assert brief(acts(*own, after=again))[1:] == []
    refused = (answer(8, "n", call("u")), back(9, "u", REFUSED, True), noticed(10))
    assert brief(acts(*own, after=refused))[1:] == ["hand edit shop/a.py"]
    late = (*(prompt(n) for n in (5, 6, 7, 8)), noticed(9))
    assert brief(acts(*own, after=late))[1:] == []


def linked(*rows: Row, first: str = "root") -> list[Row]:
    parents = [first, *(str(row["uuid"]) for row in rows)]
    return [row | {"parentUuid": parent} for row, parent in zip(rows, parents, strict=False)]


def test_a_prompt_that_goes_on_from_before_takes_the_interaction_back():
    own = linked(prompt(0), *APPLIED)
    on = linked(prompt(5), answer(6, "n"), prompt(7), first=str(own[-1]["uuid"]))
    assert brief(acts(*own, after=tuple(on)))[1:] == []
    back_again = prompt(8, parentUuid="root")
    assert brief(acts(*own, after=(back_again,)))[1:] == ["rewind"]
    assert brief(acts(*own, after=(*on, back_again)))[1:] == ["rewind"]
    compacted = prompt(8, parentUuid=None)
    assert brief(acts(*own, after=(compacted,)))[1:] == []


def test_a_gap_in_the_log_makes_no_rewind():
    own = linked(prompt(0), *APPLIED)
    far = prompt(8, parentUuid="elsewhere")
    assert brief(acts(*own, after=(b'{"type":', far)))[1:] == []
    assert brief(acts(*own, b"{", after=(far,)))[1:] == []


def test_side_chains_of_others_and_notes_of_the_tool_are_no_acts():
    side = answer(1, "m", call("t", "Bash", command="make"), isSidechain=True)
    meta = prompt(2, "Caveat", isMeta=True)
    assert brief(acts(prompt(0), side, meta)) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Read", "read"), ("Grep", "search"), ("WebFetch", "web"), ("TodoWrite", "plan"),
     ("AskUserQuestion", "ask"), ("mcp__x__y", "other"), ("Agent", "delegate")],
)  # fmt: skip
def test_each_tool_is_one_kind_of_act(name, kind):
    (act,) = acts(answer(1, "m", call("t", name, pattern="x")))
    assert (act.kind, act.name) == (kind, name)


def test_damaged_lines_cost_nothing_but_themselves():
    odd = json.dumps({"type": "user", "message": {"content": [7, {"type": "tool_result"}]}})
    assert brief(acts(prompt(0), b"{", odd.encode(), *APPLIED)) == ["edit shop/a.py: applied"]
