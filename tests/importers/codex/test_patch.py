import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.vocabulary import Outcome
from ledger.importers.codex.patch import (
    changes_of_call,
    changes_of_patch,
    changes_of_result,
    outcome_of_event,
    outcome_of_output,
    outcome_of_status,
    placed,
)
from ledger.importers.codex.records import Payload

PATCH = "*** Begin Patch\n*** Update File: a.py\n@@\n one\n-two\n+2\n+three\n*** End Patch"

READ_ONLY = (
    "patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings"
)


def raw(fields: object) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(fields).encode())


def call(name: str, **arguments: object) -> Payload:
    return Payload(type="function_call", name=name, arguments=raw(json.dumps(arguments)))


def paths(payload: Payload, directory: str = "/home/ada") -> list[str]:
    return [change.path for change in changes_of_call(payload, directory)]


def test_lines_are_counted_for_each_file_of_a_patch():
    patch = (
        "*** Begin Patch\n*** Add File: new.py\n+1\n+\n+3\n*** Delete File: old.py\n"
        "*** Update File: a.py\n*** Move to: b.py\n@@ class A\n x\n\n-y\n--- z\n+++ w\n"
        "*** End of File\n*** End Patch\n"
    )
    changes = [(change.path, change.added, change.removed) for change in changes_of_patch(patch)]
    assert changes == [("new.py", 3, 0), ("old.py", 0, 0), ("a.py", 1, 2)]


def test_a_patch_cut_off_counts_as_far_as_it_goes():
    assert changes_of_patch("*** Begin Patch\r\n*** Add File: a\r\n+1\r\n")[0][:3] == ("a", 1, 0)
    assert changes_of_patch("nothing of a patch") == []


@given(st.lists(st.sampled_from([" ", "+a", "-b", "@@", "*** Add File: x", "*** End Patch", "q"])))
def test_no_patch_counts_a_line_twice(lines: list[str]):
    changes = changes_of_patch("\n".join(lines))
    assert sum(change.added for change in changes) <= sum(line[0] == "+" for line in lines)
    assert sum(change.removed for change in changes) <= sum(line[0] == "-" for line in lines)


@pytest.mark.parametrize(
    "payload",
    [
        Payload(type="custom_tool_call", name="apply_patch", input=raw(PATCH)),
        call("apply_patch", input=PATCH),
        call("apply_patch", patch=PATCH),
        call("shell", command=["apply_patch", PATCH]),
        call("shell", command=["bash", "-lc", f"apply_patch <<'EOF'\n{PATCH}\nEOF"]),
        call("exec_command", cmd=f"applypatch <<P\n{PATCH}\nP\n"),
        call("shell_command", command=f'apply_patch "{PATCH}"'),
        Payload(action=raw({"type": "exec", "command": ["apply_patch", PATCH]})),
        Payload(arguments=raw({"input": PATCH}), name="apply_patch"),
    ],
)
def test_every_shape_of_an_edit_is_found(payload: Payload):
    assert [change[:3] for change in changes_of_call(payload, "/home/ada")] == [
        ("/home/ada/a.py", 2, 1)
    ]


@pytest.mark.parametrize(
    "payload",
    [
        Payload(),
        call("shell", command=["cat", PATCH]),
        call("shell", command=f"cat > x <<E\n{PATCH}\nE"),
        call("shell", command=[]),
        call("shell", command=7),
        Payload(name="apply_patch", arguments=raw('{"input": "*** Begin')),
        Payload(name="apply_patch", arguments=raw([1])),
    ],
)
def test_what_is_no_edit_is_none(payload: Payload):
    assert paths(payload) == []


def test_several_patches_of_one_script_are_found():
    script = f"apply_patch <<A\n{PATCH}\nA\napply_patch <<B\n{PATCH.replace('a.py', 'b.py')}\nB"
    assert paths(call("exec_command", cmd=script)) == ["/home/ada/a.py", "/home/ada/b.py"]


def test_a_path_is_placed_where_the_command_works():
    assert paths(call("shell", command=["apply_patch", PATCH], workdir="/srv")) == ["/srv/a.py"]
    script = f"cd 'my dir' && apply_patch <<E\n{PATCH}\nE"
    assert paths(call("exec_command", cmd=script)) == ["/home/ada/my dir/a.py"]


@pytest.mark.parametrize(
    ("path", "base", "expected"),
    [
        ("a/../b.py", "/home/ada", "/home/ada/b.py"),
        ("/etc/x", "/home/ada", "/etc/x"),
        ("src\\a.py", "C:\\ada", "C:\\ada\\src\\a.py"),
        ("D:/x.py", "/home/ada", "D:\\x.py"),
        ("a.py", "", "a.py"),
    ],
)
def test_paths_are_made_absolute_in_their_own_manner(path: str, base: str, expected: str):
    assert placed(path, base) == expected


def test_the_changes_of_a_result_are_counted_by_their_kind():
    changes = changes_of_result(
        {
            "a": {"type": "add", "content": "1\n2\n"},
            "b": {"type": "delete", "content": "1\n2\n3"},
            "/c": {"type": "update", "unified_diff": "--- c\n+++ c\n@@ -1 +1 @@\n-x\n+++ y\n"},
            "d": {"type": "add", "content": ""},
            "e": 7,
        },
        "/home",
    )
    assert [change[:3] for change in changes] == [
        ("/home/a", 2, 0),
        ("/home/b", 0, 3),
        ("/c", 1, 1),
        ("/home/d", 0, 0),
        ("/home/e", 0, 0),
    ]
    assert changes[0].diff == "@@ -0,0 +1,2 @@\n+1\n+2"


@pytest.mark.parametrize(
    ("output", "outcome"),
    [
        ("patch rejected by user", Outcome.REJECTED),
        ("exec command rejected by user\n", Outcome.REJECTED),
        ({"content": "patch rejected by user", "success": False}, Outcome.REJECTED),
        ("the log says: patch rejected by user", Outcome.PENDING),
        ("patch rejected by user\nis in this file", Outcome.PENDING),
        (READ_ONLY, Outcome.BLOCKED),
        ("patch rejected: words of\na file", Outcome.PENDING),
        ("aborted by user after 12.3s", Outcome.INTERRUPTED),
        ("Wall time: 1.0 seconds\naborted by user", Outcome.INTERRUPTED),
        ("he was aborted by user", Outcome.PENDING),
        ("Success. Updated the following files:\nM a", Outcome.APPLIED),
        ("Exit code: 0\nWall time: 0 seconds\nOutput:\nanything", Outcome.APPLIED),
        ("Exit code: 1\nWall time: 0 seconds\nOutput:\nanything", Outcome.FAILED),
        ("Output:\nExit code: 1\n", Outcome.PENDING),
        ('{"output":"x","metadata":{"exit_code":0}}', Outcome.APPLIED),
        ('{"output":"x","metadata":{"exit_code":2}}', Outcome.FAILED),
        ('{"output":"aborted by user","metadata":{"exit_code":1}}', Outcome.INTERRUPTED),
        ('{"other": 1}', Outcome.PENDING),
        ("{broken", Outcome.PENDING),
        ({"content": "x", "success": True}, Outcome.APPLIED),
        ({"content": "x", "success": False}, Outcome.FAILED),
        ([{"type": "input_text", "text": "patch rejected by user"}], Outcome.REJECTED),
        ("apply_patch verification failed: no such lines", Outcome.FAILED),
        ("", Outcome.PENDING),
        (None, Outcome.PENDING),
    ],
)
def test_an_output_is_compared_whole(output: object, outcome: Outcome):
    assert outcome_of_output(Payload(output=raw(output))) is outcome


@pytest.mark.parametrize(
    ("status", "success", "stderr", "outcome"),
    [
        ("completed", None, "", Outcome.APPLIED),
        ("declined", False, "", Outcome.REJECTED),
        ("failed", False, "no such lines", Outcome.FAILED),
        ("", True, "", Outcome.APPLIED),
        ("", False, "", Outcome.FAILED),
        ("", False, "patch rejected by user", Outcome.REJECTED),
        ("in_progress", None, "", Outcome.PENDING),
    ],
)
def test_a_structured_result_is_taken_at_its_word(
    status: str, success: object, stderr: str, outcome: Outcome
):
    assert outcome_of_status(status, success, stderr) is outcome
    event = Payload(status=raw(status), success=raw(success), stderr=raw(stderr))
    assert outcome_of_event(event) is outcome
