from ledger.core.words import Outcome
from ledger.importers.claude_code.calls import REMEMBERED
from tests.importers.claude_code.claude_logs import (
    DONE,
    SESSION,
    answer,
    call,
    id_of,
    prompt,
    read,
    state_after,
)
from tests.importers.claude_code.claude_logs import result as back

AGENT = f"{SESSION}/subagents/agent-1.jsonl"


def test_a_call_and_its_result_in_one_stretch_are_one_part():
    (edit,) = read(prompt(0), answer(1, "m", call("t")), back(2, "t", toolUseResult=DONE)).edits
    assert (edit.id, edit.path) == (id_of("t"), "/home/ada/shop/a.py")
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.APPLIED)
    assert edit.offset > 0


def test_a_call_without_a_result_is_pending_and_counts_no_lines():
    (edit,) = read(prompt(0), answer(1, "m", call("t"))).edits
    assert (edit.outcome, edit.added, edit.removed) == (Outcome.PENDING, 0, 0)


def test_a_result_in_a_later_stretch_joins_its_call():
    rows = prompt(0), answer(1, "m", call("t"))
    pending = read(*rows).edits[0]
    (edit,) = read(back(2, "t", toolUseResult=DONE), state=state_after(*rows)).edits
    known = {"added": 2, "removed": 1, "outcome": Outcome.APPLIED}
    assert edit == pending._replace(**known)


def test_a_later_result_without_a_diff_counts_what_the_call_said():
    rows = prompt(0), answer(1, "m", call("t"))
    (edit,) = read(back(2, "t", "No.", True), state=state_after(*rows)).edits
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.FAILED)


def test_the_exact_diff_counts_and_not_the_larger_call():
    long = call("t", file_path="/a", old_string="", new_string="x\n" * 50)
    (edit,) = read(answer(1, "m", long), back(2, "t", toolUseResult=DONE)).edits
    assert (edit.added, edit.removed) == (2, 1)


def test_a_change_by_the_person_before_accepting_is_known():
    modified = DONE | {"userModified": True}
    (edit,) = read(answer(1, "m", call("t")), back(2, "t", toolUseResult=modified)).edits
    assert edit.human_changed


def test_a_result_whose_call_was_lost_still_counts():
    (edit,) = read(prompt(0), back(2, "t", toolUseResult=DONE)).edits
    assert (edit.id, edit.path, edit.offset) == (id_of("t"), "/home/ada/shop/a.py", -1)
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.APPLIED)


def test_a_helpers_edit_waits_for_its_interaction():
    (edit,) = read(
        prompt(5, isSidechain=True),
        answer(6, "m", call("t"), isSidechain=True),
        back(7, "t", isSidechain=True),
        name=AGENT,
    ).edits
    assert (edit.interaction, edit.session) == (None, id_of(SESSION))
    assert edit.time_ms - edit.anchor_ms == 1_000
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.APPLIED)


def test_other_tools_and_calls_without_an_id_are_no_edits():
    shell = call("s", "Bash", command="sed -i s/a/b/ a.py")
    nameless = call("x") | {"id": None}
    assert read(answer(1, "m", shell, nameless), back(2, "s")).edits == []


def test_only_the_newest_open_calls_are_remembered():
    rows = [answer(one, f"m{one}", call(f"t{one}")) for one in range(REMEMBERED + 5)]
    state = state_after(*rows)
    assert '"t4"' not in state
    assert '"t5"' in state
