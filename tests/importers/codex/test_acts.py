from pathlib import Path

import pytest

from ledger.core.evidence import Act, ActKind
from ledger.core.vocabulary import Outcome
from ledger.importers.codex.acts import acts_of
from ledger.importers.codex.importer import Codex
from tests.importers.brief_acts import acts_by_prompt, brief
from tests.importers.codex.rollouts import (
    KEY,
    Row,
    data_of,
    event,
    head,
    item,
    message,
    prompt,
    row,
    turn,
)

REAL = Path(__file__).parent / "real"
UPDATE = (
    "*** Begin Patch\n*** Update File: a.py\n@@ def f():\n one\n-two\n+2\n\n three\n*** End Patch"
)
BOTH = (
    "*** Begin Patch\n*** Add File: n.py\n+x\n+y\n*** Delete File: o.py\n"
    "*** Update File: p.py\n*** Move to: q.py\n-p\n+q\n*** End Patch"
)


def acts(*rows: Row | bytes, after: tuple[Row | bytes, ...] = ()) -> list[Act]:
    return list(acts_of(data_of(rows).split(b"\n"), data_of(after).split(b"\n")))


def patch(content: str = UPDATE, call: str = "c") -> Row:
    return item("custom_tool_call", 1, name="apply_patch", input=content, call_id=call)


def back(output: object, call: str = "c", kind: str = "custom_tool_call_output") -> Row:
    return item(kind, 2, output=output, call_id=call)


def run(command: str, call: str = "c") -> Row:
    return item("function_call", 1, name="shell", arguments={"command": command}, call_id=call)


DONE = "Success. Updated the following files:\nM a.py\n"


def test_sessions_of_the_real_tool_are_told_as_they_were():
    interactions = [
        interaction
        for path in sorted(REAL.rglob("*.jsonl"))
        for interaction in acts_by_prompt(Codex(), path)
    ]
    assert interactions == [
        (
            "SCENARIO=edits please fix add",
            [
                "read cat calc.py",
                "edit /srv/real_clients_codex/project/calc.py: applied",
                "edit /srv/real_clients_codex/project/test_calc.py: applied, whole known",
                'run python3 -c "from calc import add; print(add(2,3))"',
            ],
        ),
        ("SCENARIO=doc1 document add", ["edit calc.py: blocked"]),
        ("SCENARIO=retry go", []),
        (
            "SCENARIO=doc2 through the terminal",
            ["edit /srv/real_clients_codex/project/calc.py: applied"],
        ),
        ("SCENARIO=cmd through the terminal", ["run git log --oneline > log.txt", "interruption"]),
        ("SCENARIO=slow talk", ["interruption"]),
    ]


def test_a_patch_tells_what_it_holds_of_each_file():
    happened = acts(patch(BOTH), back(DONE))
    assert [(act.edit.path, act.edit.before, act.edit.after) for act in happened] == [
        ("n.py", "", "x\ny\n"), ("o.py", None, ""), ("q.py", None, None),
    ]  # fmt: skip
    assert happened[2].edit.replaced == (("p\n", "q\n"),)
    (update,) = acts(patch(), back(DONE))
    assert update.edit.replaced == (("one\ntwo\n\nthree\n", "one\n2\n\nthree\n"),)


def test_what_was_applied_takes_the_place_of_what_was_proposed():
    changes = {
        "/home/n.py": {"type": "add", "content": "x\n"},
        "/home/o.py": {"type": "delete", "content": "old\n"},
        "/home/p.py": {"type": "update", "unified_diff": "@@ -1 +1 @@\n-p\n+q\n",
                       "move_path": "/home/q.py"},
    }  # fmt: skip
    happened = acts(patch(BOTH), event("patch_apply_end", 2, call_id="c", success=True,
                 changes=changes), back(DONE))  # fmt: skip
    assert [(act.edit.path, act.edit.before, act.edit.after) for act in happened] == [
        ("/home/n.py", "", "x\n"), ("/home/o.py", "old\n", ""), ("/home/q.py", None, None),
    ]  # fmt: skip
    assert {act.edit.outcome for act in happened} == {Outcome.APPLIED}


def test_a_result_without_its_call_is_told_too():
    changes = {"/home/a.py": {"type": "update", "unified_diff": "@@ -1 +1 @@\n-p\n+q\n"}}
    done = event("patch_apply_end", 2, call_id="c", status="completed", changes=changes)
    assert brief(acts(done)) == ["edit /home/a.py: applied"]


@pytest.mark.parametrize(
    ("output", "outcome", "later_acts"),
    [
        (DONE, Outcome.APPLIED, []),
        ("patch rejected by user", Outcome.REJECTED, ["refusal"]),
        ("patch rejected: by rule", Outcome.BLOCKED, []),
        ("aborted by user after 1.2s", Outcome.INTERRUPTED, []),
        ("Failed to find context", Outcome.FAILED, []),
    ],
)
def test_what_became_of_a_patch(output, outcome, later_acts):
    happened = acts(patch(), back(output))
    assert happened[0].edit.outcome is outcome
    assert brief(happened)[1:] == later_acts
    assert happened[0].failed == (outcome is Outcome.FAILED)


def test_words_of_a_refusal_inside_a_file_refuse_nothing():
    output = "Exit code: 0\nWall time: 0.1 seconds\nOutput:\npatch rejected by user\n"
    assert brief(acts(run("cat a"), back(output))) == ["read cat a"]


def test_a_command_that_ends_badly_failed_and_one_refused_was_refused():
    bad = "Exit code: 2\nWall time: 0.1 seconds\nOutput:\nno\n"
    assert brief(acts(run("make"), back(bad))) == ["run make (failed)"]
    assert brief(acts(run("make"), back("exec command rejected by user"))) == [
        "run make", "refusal",
    ]  # fmt: skip


def test_an_abort_ends_what_is_open():
    happened = acts(patch(), run("make", "d"), event("turn_aborted", 3, reason="interrupted"))
    assert brief(happened) == ["edit a.py: interrupted", "run make", "interruption"]
    assert brief(acts(event("turn_aborted", 3, reason="replaced"))) == []


def test_what_is_logged_twice_is_told_once():
    happened = acts(prompt(1, "go"), message(1, "go"), event("agent_message", 3, message="Done."),
                 message(3, "Done.", "assistant"))  # fmt: skip
    assert [act.kind for act in happened] == [ActKind.PROMPT, ActKind.ANSWER]


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (item("function_call", 1, name="update_plan", arguments="{}", call_id="c"), "plan"),
        (item("function_call", 1, name="odd", arguments="{torn", call_id="c"), "other"),
        (item("local_shell_call", 1, action={"command": ["ls", "-l"]}, call_id="c"),
         "search ls -l"),
        (item("function_call", 1, name="exec_command", arguments='{"cmd":["bash","-lc","make"]}',
              call_id="c"), "run make"),
        (item("web_search_call", 1, action={"query": "x"}), "web"),
    ],
)  # fmt: skip
def test_each_call_is_one_kind_of_act(call, line):
    assert brief(acts(call)) == [line]


def test_paths_are_placed_where_the_turn_worked():
    assert brief(acts(turn(0), patch(), back(DONE))) == ["edit shop/a.py: applied"]


@pytest.mark.parametrize(
    ("after", "is_back"),
    [
        ((event("thread_rolled_back", 5, num_turns=1),), True),
        ((prompt(4, "b"), event("thread_rolled_back", 5, num_turns=1)), False),
        ((prompt(4, "b"), event("thread_rolled_back", 5, num_turns=2)), True),
        ((prompt(4, "b"), message(4, "b"), event("thread_rolled_back", 5, num_turns=1)), False),
        ((prompt(4, "b"), event("thread_rolled_back", 5, num_turns=1),
          event("thread_rolled_back", 6, num_turns=1)), True),
        ((event("thread_rolled_back", 5, num_turns="1"),), False),
        ((event("thread_rolled_back", 5), b"{", row("odd", 5)), False),
    ],
)  # fmt: skip
def test_a_rollback_takes_back_as_many_turns_as_it_says(after, is_back):
    assert brief(acts(prompt(1, "a"), after=after)) == (["rewind"] if is_back else [])


BASE = {"thread_id": KEY, "end_ordinal_exclusive": 22, "end_byte_offset": 900}


@pytest.mark.parametrize(
    ("ordinal", "base", "is_back"),
    [
        (22, BASE, True),
        (30, BASE, True),
        (21, BASE, False),
        (30, BASE | {"thread_id": "another thread"}, False),
        (30, BASE | {"end_ordinal_exclusive": "22"}, False),
        (30, {}, False),
        (None, BASE, False),
    ],
)
def test_what_stands_after_the_place_a_sequel_goes_on_from_was_left(ordinal, base, is_back):
    asked = prompt(1, "a") | ({} if ordinal is None else {"ordinal": ordinal})
    after = [head(9, KEY, history_base=base)]
    assert brief(acts(asked, after=after)) == (["rewind"] if is_back else [])


def test_a_record_behind_a_torn_one_is_an_act():
    torn = data_of([patch()])[:40] + data_of([item("web_search_call", 1)])
    assert brief(acts(torn.rstrip())) == ["web"]
