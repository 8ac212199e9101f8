"""Snapshots of files tell what was put back, whatever became of the conversation."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.evidence import ActKind
from ledger.importers.claude_code.acts import acts_of
from ledger.importers.claude_code.file_history import FileThen, files_in
from tests.importers.claude_code.claude_logs import (
    DONE,
    FOLDER,
    Row,
    answer,
    call,
    data_of,
    prompt,
    result,
    stamp,
)

PATH = f"{FOLDER}/a.py"
OWN = (
    prompt(0, uuid="p"),
    answer(1, "m", call("t"), uuid="a"),
    result(3, "t", toolUseResult=DONE, uuid="r"),
)


def snapshot(taken: float, copied: float, *, gone: bool = False, name: str = "a.py", **more) -> Row:
    copy = {
        "backupFileName": None if gone else "f00d@v2",
        "version": 2,
        "backupTime": stamp(copied),
    }
    files = {name: copy | {"realParentDir": FOLDER}}
    held = {"messageId": "x", "trackedFileBackups": files, "timestamp": stamp(taken)}
    return {"type": "file-history-snapshot", "messageId": "x", "snapshot": held,
            "isSnapshotUpdate": False} | more  # fmt: skip


def later(*rows: Row, own: tuple[Row, ...] = OWN) -> list[ActKind]:
    lines = (data_of(part).split(b"\n")[:-1] for part in (own, rows))
    kinds = [act.kind for act in acts_of(*lines)]
    return [kind for kind in kinds if kind in (ActKind.REWIND, ActKind.RESTORE, ActKind.HAND_EDIT)]


GOES_ON = prompt(9, parentUuid="r", uuid="n")
LEAVES = prompt(9, parentUuid="before", uuid="n")
STAYED = snapshot(9, 9)
BACK = snapshot(9, 2)
GONE = snapshot(9, 9, gone=True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((GOES_ON, STAYED), []),
        ((STAYED, LEAVES), [ActKind.REWIND]),
        ((LEAVES, STAYED), [ActKind.REWIND]),
        ((GOES_ON, GONE), [ActKind.RESTORE]),
        ((GOES_ON, BACK), [ActKind.RESTORE]),
        ((GONE, LEAVES), [ActKind.RESTORE, ActKind.REWIND]),
        ((LEAVES, BACK), [ActKind.REWIND, ActKind.RESTORE]),
        ((LEAVES, STAYED, prompt(20, parentUuid="n"), snapshot(20, 20, gone=True)),
         [ActKind.REWIND]),
    ],
)  # fmt: skip
def test_leaving_the_conversation_and_putting_files_back_are_told_apart(rows, told):
    assert later(*rows) == told


def test_what_the_model_itself_may_have_removed_was_not_put_back():
    removed = answer(4, "m2", call("u", "Bash", command="rm a.py"))
    assert later(GOES_ON, GONE, own=(*OWN, removed)) == []
    assert later(GOES_ON, BACK, own=(*OWN, removed)) == [ActKind.RESTORE]


def test_a_file_the_model_changed_again_says_nothing_of_the_first_change():
    again = answer(10, "m2", call("u")), result(11, "u", toolUseResult=DONE)
    assert later(GOES_ON, *again, snapshot(12, 2)) == []


def test_snapshots_written_while_the_model_works_say_nothing():
    assert later(GOES_ON, BACK | {"isSnapshotUpdate": True}) == []
    assert later(snapshot(2, 1, gone=True), GOES_ON) == []


def test_a_refused_edit_cannot_be_put_back():
    words = "The user doesn't want to proceed with this tool use."
    refused = (*OWN[:2], result(3, "t", words, True, uuid="r"))
    assert later(GOES_ON, BACK, own=refused) == []


@pytest.mark.parametrize(
    ("name", "folder", "path", "same"),
    [
        ("a.py", "/w", "/w/a.py", True),
        ("src/a.py", "/w/src", "/w/src/a.py", True),
        ("/w/a.py", "", "/w/a.py", True),
        ("src/a.py", "", "/w/src/a.py", True),
        ("a.py", "", "/w/data.py", False),
        ("a.py", "/other", "/w/a.py", False),
        ("src\\a.py", "C:\\w\\src", "C:\\w\\src\\a.py", True),
    ],
)
def test_a_tracked_file_is_known_by_its_path(name, folder, path, same):
    assert FileThen(name, folder, is_gone=False, copied_ms=1).is_at(path) is same


@given(st.binary(max_size=80) | st.recursive(st.none() | st.integers() | st.text(),
       lambda inner: st.dictionaries(st.sampled_from(["snapshot", "trackedFileBackups", "a.py",
       "backupFileName", "backupTime", "timestamp"]), inner), max_leaves=9).map(
           lambda value: json.dumps(value).encode()))  # fmt: skip
def test_no_damaged_snapshot_raises(line: bytes):
    list(files_in(line, 0))
