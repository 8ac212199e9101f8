from ledger.core.parts import Batch, EditPart
from ledger.core.vocabulary import Outcome
from ledger.importers.codex.state import OPEN_CALLS
from tests.importers.codex.rollouts import Row, data_of, event, head, item, prompt, read, turn

PATCH = "*** Begin Patch\n*** Update File: a.py\n@@\n-two\n+2\n*** End Patch"
DIFF = {"/home/ada/shop/a.py": {"type": "update", "unified_diff": "@@ -1 +1 @@\n-two\n+2\n"}}
BEGIN = [head(), turn(0, "t"), prompt(1, "edit")]


def call(second: float, call_id: str = "c", patch: str = PATCH) -> Row:
    return item("custom_tool_call", second, name="apply_patch", input=patch, call_id=call_id)


def output(second: float, content: object, call_id: str = "c") -> Row:
    return item("custom_tool_call_output", second, call_id=call_id, output=content)


def edits(*rows: Row) -> list[EditPart]:
    return read(*BEGIN, *rows).edits


def outcomes(batch: list[EditPart]) -> list[Outcome]:
    return [part.outcome for part in batch]


def test_a_call_is_pending_until_its_result():
    rows = [*BEGIN, call(2)]
    (part,) = read(*rows).edits
    assert (part.outcome, part.path) == (Outcome.PENDING, "/home/ada/shop/a.py")
    assert data_of(rows)[part.offset :][: part.length] == data_of([call(2)]).rstrip()


def test_the_result_of_a_known_call_points_nowhere_so_that_the_calls_pointer_stays():
    proposed, settled = edits(call(2), output(3, "patch rejected by user"))
    assert settled.id == proposed.id
    assert (settled.offset, settled.length, settled.outcome) == (-1, 0, Outcome.REJECTED)


def test_a_result_whose_call_was_not_understood_points_to_itself():
    (part,) = edits(event("patch_apply_end", 2, call_id="c", success=True, changes=DIFF))
    assert part.offset > 0
    assert (part.added, part.removed, part.outcome) == (1, 1, Outcome.APPLIED)


def test_a_structured_result_settles_the_call_before_its_output():
    parts = edits(
        call(2),
        event("patch_apply_end", 3, call_id="c", success=True, changes=DIFF),
        output(4, '{"output":"tests failed","metadata":{"exit_code":1}}'),
    )
    assert outcomes(parts) == [Outcome.PENDING, Outcome.APPLIED]


def test_a_result_that_lists_no_changes_settles_what_was_proposed():
    parts = edits(call(2), event("patch_apply_end", 3, call_id="c", success=False, changes={}))
    assert outcomes(parts) == [Outcome.PENDING, Outcome.FAILED]


def test_an_abort_interrupts_what_is_still_open():
    parts = edits(call(2), output(3, "Exit code: 0\nOutput:\n"), call(4, "d"))
    parts = edits(
        call(2), output(3, "Exit code: 0\nOutput:\n"), call(4, "d"), event("turn_aborted", 5)
    )
    assert outcomes(parts)[-1] is Outcome.INTERRUPTED
    assert len({part.id for part in parts}) == 2


def test_an_output_of_an_unknown_call_is_no_edit():
    assert edits(output(2, "patch rejected by user")) == []


def test_an_agents_edits_hang_on_its_start():
    source = {"subagent": {"thread_spawn": {"parent_thread_id": "p"}}}
    batch: Batch = read(head(0, source=source), turn(1, "t"), call(9))
    (part,) = batch.edits
    assert (part.interaction, part.anchor_ms) == (None, batch.sessions[0].time_ms)


def test_calls_without_a_result_are_not_remembered_for_ever():
    rows = [call(n, f"c{n}") for n in range(OPEN_CALLS + 5)]
    aborted = edits(*rows, event("turn_aborted", 99))
    assert outcomes(aborted).count(Outcome.INTERRUPTED) == OPEN_CALLS
