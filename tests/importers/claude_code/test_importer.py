import json
import os
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import Batch, Cursor
from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.base import Home, Layout, Place, StepKind
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.reading import lines_between, read_file
from tests.importers.claude_code.claude_logs import (
    DONE,
    SESSION,
    Ledger,
    answer,
    call,
    data_of,
    golden,
    ledger_of,
    prompt,
    result,
    sums,
)

HERE = Path(__file__).parent
GOLDEN = sorted(path for path in (HERE / "golden").iterdir())
REAL = HERE / "real"
RECORDED = sorted((HERE / "recorded").iterdir())
HOME = Path("/home/ada")


def places(**variables: str) -> list[tuple[str, str]]:
    listed = ClaudeCode().places(Home(HOME, variables))
    return [(str(place.path), place.why) for place in listed]


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda path: path.name)
def test_golden_logs_tell_what_was_agreed(folder: Path) -> None:
    """UPDATE_GOLDEN=1 writes what is told now; look at the difference before keeping it."""
    expected = folder / "expected.json"
    actual = golden(folder)
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(json.dumps(actual, indent=1, ensure_ascii=False) + "\n")
    assert actual == json.loads(expected.read_text())


def test_real_logs_give_exactly_what_was_used() -> None:
    assert sums(ledger_of(REAL)) == {
        "responses": 25,  # one of them was stopped, and is unknown
        "input": 283,
        "cache_read": 58_300,
        "cache_write_5m": 22_750,
        "cache_write_1h": 0,
        "output": 1_546,
    }


def test_real_logs_give_exactly_the_prompts_of_the_person() -> None:
    assert [line.split("SCENARIO=")[1] for line in golden(REAL)["prompts"]] == [
        "edits please fix add",
        "denied add type hints",
        "failededit go on",
        "retry say hello",
        "agent ask a helper",
        "tui_accept document add",
        "tui_reject improve the docstring",
        "tui_reject improve it in another way",
        "tui_after what changed",
        "tui_slow talk",
    ]


def test_real_logs_tell_what_became_of_every_edit() -> None:
    outcomes = Counter(edit.outcome for edit in ledger_of(REAL).edits.values())
    assert outcomes == {
        Outcome.APPLIED: 4,
        Outcome.REJECTED: 2,
        Outcome.BLOCKED: 1,
        Outcome.FAILED: 1,
    }


@pytest.mark.parametrize("folder", RECORDED, ids=lambda path: path.name)
def test_newer_recordings_give_exactly_what_was_written_beside_them(folder: Path) -> None:
    expected, ledger = json.loads((folder / "expected.json").read_text()), ledger_of(folder)
    told = sums(ledger)
    told["cache_write"] = told.pop("cache_write_5m") + told.pop("cache_write_1h")
    told["requests"] = told.pop("responses")
    assert told == {name: expected["totals"][name] for name in told}
    assert len(ledger.prompts) == expected["interactions"]
    outcomes = Counter(edit.outcome for edit in ledger.edits.values())
    wanted = {Outcome[name.upper()]: count for name, count in expected["edits"].items() if count
              and name in ("applied", "rejected", "failed")}  # fmt: skip
    blocked = expected.get("blocked")
    assert outcomes == wanted | ({Outcome.BLOCKED: blocked} if blocked else {})


def test_every_edit_of_a_recording_says_who_decided_it() -> None:
    edits = ledger_of(HERE / "recorded" / "2.1.332").edits.values()
    assert Counter((edit.outcome, edit.decided_by) for edit in edits) == {
        (Outcome.APPLIED, Decider.PERSON): 3,
        (Outcome.APPLIED, Decider.RULE): 5,
        (Outcome.REJECTED, Decider.PERSON): 2,
        (Outcome.BLOCKED, Decider.NOBODY): 1,
        (Outcome.BLOCKED, Decider.HOOK): 1,
        (Outcome.FAILED, Decider.FAILURE): 2,
    }


def test_the_totals_of_a_recording_hold_what_its_rows_hold() -> None:
    """The tool's total of a session covers at least its rows; a compaction is in no row."""
    for path in sorted((HERE / "recorded").rglob("*.jsonl")):
        batch = read_file(ClaudeCode(), str(path), None).batch
        if batch.totals and "subagents" not in path.parts:
            last = max(batch.totals, key=lambda total: (total.time_ms, total.output))
            assert last.output >= sum(part.output for part in batch.requests if not part.rank)
            assert last.micro_dollars > 0


def test_every_pointer_of_the_real_logs_leads_to_a_transcript_with_its_prompt() -> None:
    importer = ClaudeCode()
    prompt_count = 0
    for path in REAL.rglob("*.jsonl"):
        batch = read_file(importer, str(path), None).batch
        ends = {span.interaction: span.end for span in batch.spans}
        for part in batch.prompts:
            steps = list(importer.steps(lines_between(str(path), part.offset, ends[part.id])))
            assert steps[0].kind is StepKind.PROMPT
            assert steps[0].text.startswith("SCENARIO=")
            assert [step.kind for step in steps].count(StepKind.PROMPT) == 1
            prompt_count += 1
    assert prompt_count == 10


def split_at(path: Path, cuts: list[int]) -> Ledger:
    """Read a file as it grows, stopping at every cut, as a watched log is read."""
    importer, ledger = ClaudeCode(), Ledger()
    data, state, start = path.read_bytes(), "", 0
    for cut in [*sorted(cuts), len(data)]:
        end = data.rfind(b"\n", 0, cut) + 1
        if end <= start:
            continue
        batch, lines, offset = Batch(), [], start
        for line in data[start:end].split(b"\n")[:-1]:
            if line.strip():
                lines.append((offset, line))
            offset += len(line) + 1
        state = importer.read(path, lines, state, batch)
        ledger.add(batch)
        start = end
    return ledger


SPLIT = [path for path in sorted(HERE.rglob("*.jsonl")) if b"\xef\xbb\xbf" not in path.read_bytes()]


@given(st.sampled_from(SPLIT), st.lists(st.floats(0, 1), max_size=12))
def test_a_file_read_in_any_stretches_tells_the_same(path: Path, shares: list[float]) -> None:
    size = path.stat().st_size
    whole = split_at(path, [])
    parts = split_at(path, [int(size * share) for share in shares])
    assert parts.requests == whole.requests
    assert parts.prompts == whole.prompts
    assert parts.edits == whole.edits
    assert parts.ends == whole.ends
    assert parts.sessions == whole.sessions
    assert parts.rejected == whole.rejected


@given(st.randoms(use_true_random=False))
def test_files_in_any_order_and_repetition_tell_the_same(chance: random.Random) -> None:
    folder = HERE / "golden" / "helpers"
    batches = [
        read_file(ClaudeCode(), str(path), None).batch for path in sorted(folder.rglob("*.jsonl"))
    ]
    shuffled = [*batches, *batches]
    chance.shuffle(shuffled)
    first, second = Ledger(), Ledger()
    for batch in batches:
        first.add(batch)
    for batch in shuffled:
        second.add(batch)
    assert second.requests == first.requests
    assert second.edits == first.edits


any_text = st.text(st.characters(exclude_categories=()))  # half surrogate pairs too
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
TEMPLATES = [
    answer(1, "msg_1", call("t"), {"type": "text", "text": "a"}),
    prompt(1),
    result(2, "t", toolUseResult=DONE),
]


@st.composite
def damaged_rows(draw: st.DrawFn) -> bytes:
    """A row with some of its fields, at any depth, replaced by anything."""
    row = json.loads(json.dumps(draw(st.sampled_from(TEMPLATES))))
    row |= {"type": draw(st.sampled_from(["assistant", "user", "progress", "attachment"]))}
    row |= {"data": {"message": row["message"]}, "attachment": {"type": "queued_command"}}
    for _ in range(draw(st.integers(0, 4))):
        place = row
        while True:
            name = draw(st.sampled_from(sorted(place)))
            inner = place[name]
            if isinstance(inner, list) and inner and isinstance(inner[-1], dict):
                inner = inner[-1]
            if not (isinstance(inner, dict) and inner and draw(st.booleans())):
                break
            place = inner
        place[name] = draw(json_values)
    line = json.dumps(row).encode()
    where = draw(st.none() | st.integers(0, len(line)))
    return line if where is None else line[:where] + draw(st.binary(max_size=2)) + line[where + 1 :]


@given(st.lists(st.binary(max_size=60) | damaged_rows(), max_size=6), st.text(max_size=20))
def test_no_line_and_no_state_ever_raises(lines: list[bytes], state: str) -> None:
    importer, batch = ClaudeCode(), Batch()
    numbered = [(place * 1000, line) for place, line in enumerate(lines)]
    for name in (f"{SESSION}.jsonl", "agent-x.jsonl"):
        importer.read(Path("/logs", name), numbered, state, batch)
    for line in lines:
        importer.prompt(line).encode()
    for step in importer.steps(lines):
        f"{step.title}{step.text}".encode()
    for session in batch.sessions:
        f"{session.key}{session.directory}{session.branch}{session.version}".encode()


def test_the_state_stays_small_when_no_call_ever_returns() -> None:
    rows = [
        answer(
            second,
            f"m{second}",
            {"type": "tool_use", "id": f"t{second}", "name": "Edit", "input": {}},
        )
        for second in range(500)
    ]
    lines = [(place, line) for place, line in enumerate(data_of(rows).split(b"\n")) if line]
    state = ClaudeCode().read(Path("/logs/a1.jsonl"), lines, "", Batch())
    assert len(state) < 20_000


def test_the_default_folders_are_looked_at() -> None:
    assert places() == [
        ("/home/ada/.claude/projects", "default"),
        ("/home/ada/.config/claude/projects", "default"),
    ]


def test_xdg_config_home_moves_the_second_folder() -> None:
    assert places(XDG_CONFIG_HOME="/cfg")[1] == ("/cfg/claude/projects", "XDG_CONFIG_HOME")


def test_a_relative_xdg_config_home_is_ignored_as_the_standard_says() -> None:
    assert places(XDG_CONFIG_HOME="cfg")[1][0] == "/home/ada/.config/claude/projects"


def test_claude_config_dir_replaces_the_defaults_and_takes_a_list() -> None:
    assert places(CLAUDE_CONFIG_DIR="~/one, /two/projects ,,~") == [
        ("/home/ada/one/projects", "CLAUDE_CONFIG_DIR"),
        ("/two/projects", "CLAUDE_CONFIG_DIR"),
        ("/home/ada/projects", "CLAUDE_CONFIG_DIR"),
    ]


def test_an_empty_claude_config_dir_is_as_if_unset() -> None:
    assert places(CLAUDE_CONFIG_DIR=" ") == places()


def test_claude_projects_dir_comes_first_and_no_folder_twice() -> None:
    assert places(CLAUDE_PROJECTS_DIR="/home/ada/.claude/projects") == [
        ("/home/ada/.claude/projects", "CLAUDE_PROJECTS_DIR"),
        ("/home/ada/.config/claude/projects", "default"),
    ]


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("a.jsonl", Layout.TAIL),
        ("s/subagents/agent-1.jsonl", Layout.TAIL),
        ("s/subagents/workflows/wf_1/journal.jsonl", None),
        ("s/custom-title.json", None),
        ("s/tool-results/1.txt", None),
    ],
)
def test_only_transcripts_are_read(name: str, layout: Layout | None) -> None:
    assert ClaudeCode().layout(Path("/p", name)) is layout


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        (None, 30),
        (b"{}", 30),
        (b'{"cleanupPeriodDays": 99999, "env": {"A": "b"}}', 99_999),
        (b'{"cleanupPeriodDays": 7.0}', 7),
        (b'{"cleanupPeriodDays": "7"}', 30),
        (b'{"cleanupPeriodDays": 0}', 0),
        (b'{"cleanupPeriodDays": 0.5}', 0),
        (b'{"cleanupPeriodDays": -1}', 30),
        (b'{"cleanupPeriodDays": null}', 30),
        (b"\xff broken", 30),
    ],
)
def test_the_days_until_logs_are_deleted_come_from_the_settings(
    tmp_path: Path, settings: bytes | None, days: int
) -> None:
    if settings is not None:
        (tmp_path / "settings.json").write_bytes(settings)
    assert ClaudeCode().keeps_days(Place(tmp_path / "projects", "default")) == days


def test_a_line_appended_later_goes_on_in_the_open_interaction(tmp_path: Path) -> None:
    path = tmp_path / f"{SESSION}.jsonl"
    path.write_bytes(data_of([prompt(0)]))
    importer = ClaudeCode()
    first = read_file(importer, str(path), None)
    with path.open("ab") as log:
        log.write(data_of([answer(1)]))
    second = read_file(importer, str(path), first.cursor)
    assert second.batch.lines == 1
    assert second.batch.prompts == []
    assert second.batch.requests[0].interaction == first.batch.prompts[0].id
    assert second.batch.spans == [(first.batch.prompts[0].id, path.stat().st_size - 1)]


def test_a_damaged_state_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / f"{SESSION}.jsonl"
    path.write_bytes(data_of([prompt(0)]))
    cursor: Cursor = read_file(ClaudeCode(), str(path), None).cursor._replace(state="{broken")
    with path.open("ab") as log:
        log.write(data_of([answer(1)]))
    assert len(read_file(ClaudeCode(), str(path), cursor).batch.requests) == 1
