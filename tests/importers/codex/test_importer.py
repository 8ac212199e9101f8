import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import Batch
from ledger.importers.base import Home, Layout, Place
from ledger.importers.codex.importer import Codex
from ledger.importers.reading import read_file
from tests.importers.codex.rollouts import (
    KEY,
    Counting,
    Ledger,
    data_of,
    event,
    golden,
    head,
    ledger_of,
    lines_of,
    message,
    prompt,
    sums,
    turn,
)

HERE = Path(__file__).parent
CASES = sorted(path.name for path in (HERE / "golden").iterdir())
ROLLOUTS = sorted((HERE / "golden").rglob("*.jsonl")) + sorted((HERE / "real").rglob("*.jsonl"))


def read_in(data: bytes, *cuts: int) -> Ledger:
    """Read a rollout in several stretches."""
    lines, batch, state = lines_of(data), Batch(), ""
    borders = [0, *sorted(cut % (len(lines) + 1) for cut in cuts), len(lines)]
    for begin, end in pairwise(borders):
        state = Codex().read(Path(f"/logs/{KEY}.jsonl"), lines[begin:end], state, batch)
    return Ledger([batch])


@pytest.mark.parametrize("case", CASES)
def test_a_folder_of_rollouts_says_what_was_agreed(case: str):
    expected = HERE / "golden" / case / "expected.json"
    actual = golden(HERE / "golden" / case)
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(json.dumps(actual, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert actual == json.loads(expected.read_text("utf-8"))


def test_logs_of_the_real_tool_add_up():
    ledger = ledger_of(HERE / "real")
    assert sums(ledger.counted) == {
        "responses": 10,
        "input": 23_760,
        "cache_read": 10_240,
        "cache_write": 0,
        "output": 840,
        "reasoning": 160,
    }


def test_logs_of_the_real_tool_hold_the_persons_prompts_and_edits():
    actual = golden(HERE / "real")
    prompts = [str(line).split("'", 1)[1] for line in actual["prompts"]]
    assert prompts == [
        "SCENARIO=edits please fix add'",
        "SCENARIO=doc1 document add'",
        "SCENARIO=retry go'",
        "SCENARIO=doc2 through the terminal'",
        "SCENARIO=cmd through the terminal'",
        "SCENARIO=slow talk'",
    ]
    edits = [str(line).rpartition("/")[2] for line in actual["edits"]]
    assert edits == [
        "calc.py +2 -1 APPLIED by NOBODY",
        "test_calc.py +5 -0 APPLIED by NOBODY",
        "calc.py +1 -0 BLOCKED by RULE",
        "calc.py +1 -1 APPLIED by PERSON",
    ]


@given(st.sampled_from(ROLLOUTS), st.lists(st.integers(0, 500), max_size=4))
def test_a_rollout_read_in_stretches_is_the_same(path: Path, cuts: list[int]):
    data = path.read_bytes()
    assert vars(read_in(data, *cuts)) == vars(read_in(data))


@given(
    st.sampled_from(ROLLOUTS),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6)), max_size=8),
)
def test_damage_anywhere_loses_lines_but_never_fails(path: Path, hits: list[tuple[int, bytes]]):
    data = bytearray(path.read_bytes())
    for place, junk in hits:
        start = place % len(data)
        data[start : start + len(junk)] = junk
    ledger = read_in(bytes(data))
    assert all(part.input >= 0 <= part.output for part in ledger.requests.values())


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "type", "id", "changes", "content"]), inner)
    ),
    max_leaves=6,
)
FIELDS = ("type", "id", "info", "usage", "item", "changes", "call_id", "arguments", "content")
TYPES = ("token_count", "message", "function_call", "item_completed", "patch_apply_end", "")
KINDS = ("event_msg", "response_item", "session_meta", "token_usage_record", "turn_context")


@given(
    st.lists(
        st.builds(
            lambda kind, of, fields: {"type": kind, "payload": {"type": of, **fields}},
            st.sampled_from(KINDS),
            st.sampled_from(TYPES),
            st.dictionaries(st.sampled_from([*FIELDS, "role", "output", "turn_id"]), ODD),
        ),
        max_size=6,
    )
)
def test_no_field_of_an_odd_type_makes_a_line_fail(rows: list[dict[str, object]]):
    data = data_of(json.dumps(row).encode() for row in rows)
    ledger = read_in(data)
    assert ledger.rejected == []
    for _, line in lines_of(data):
        assert isinstance(Codex().prompt(line), str)
    assert all(step.title is not None for step in Codex().steps(data.split(b"\n")))


@given(st.lists(st.binary(min_size=1, max_size=80), max_size=5))
def test_bytes_of_any_kind_are_rejected_with_a_reason(lines: list[bytes]):
    clean = [line.replace(b"\n", b"").replace(b"{", b"") + b"x" for line in lines]
    ledger = read_in(b"".join(line + b"\n" for line in clean))
    assert len(ledger.rejected) == len(clean)


def test_a_packed_rollout_is_read_like_a_plain_one(tmp_path: Path):
    count = Counting()
    data = data_of([head(), turn(1, "t"), prompt(1, "go"), count(2, 1000), count(3, 1000, 900)])
    plain, packed = tmp_path / "plain" / f"{KEY}.jsonl", tmp_path / "packed" / f"{KEY}.jsonl.zst"
    for path in (plain, packed):
        path.parent.mkdir()
    plain.write_bytes(data)
    packed.write_bytes(zstandard.compress(data))
    assert read_file(Codex(), str(packed), None).batch == read_file(Codex(), str(plain), None).batch


def test_a_live_and_an_archived_copy_are_one_session():
    data = data_of([head(), turn(1, "t"), prompt(1, "go"), Counting()(2, 1000)])
    once, batches = read_in(data), []
    for folder in ("sessions/2026/03/01", "archived_sessions"):
        batches.append(Batch())
        Codex().read(Path("/home", folder, "rollout.jsonl"), lines_of(data), "", batches[-1])
    assert sums(Ledger(batches).counted) == sums(once.counted)
    assert len(Ledger(batches).sessions) == 1


def test_a_turn_open_at_the_end_of_a_stretch_goes_on_in_the_next():
    count = Counting()
    rows = [head(), turn(1, "t"), prompt(1, "go"), count(2, 1000), count(3, 2000)]
    ledger = read_in(data_of(rows), 4)
    assert {part.interaction for part in ledger.counted} == set(ledger.prompts)
    assert list(ledger.ends.values()) == [len(data_of(rows))]


def test_a_span_ends_with_the_turn_and_begins_with_the_prompt():
    rows = [head(), turn(1, "a"), prompt(1, "one"), message(2, "Done.", "assistant")]
    rows += [event("task_complete", 3, turn_id="a")]
    end = len(data_of(rows))
    rows += [event("task_started", 4, turn_id="b"), turn(4, "b"), message(5, "two")]
    ledger = read_in(data_of([*rows, prompt(5, "two")]))
    first, second = sorted(ledger.prompts.values(), key=lambda part: part.time_ms)
    assert ledger.ends[first.id] == end
    assert second.offset == len(data_of(rows))


def test_places_are_the_default_home_when_nothing_is_set():
    home = Home(Path("/home/ada"), {})
    assert Codex().places(home) == (
        Place(Path("/home/ada/.codex/sessions"), "default"),
        Place(Path("/home/ada/.codex/archived_sessions"), "default"),
    )


def test_overrides_come_first_and_replace_the_default_home():
    home = Home(Path("/home/ada"), {"CODEX_HOME": "~/one, /two", "CODEX_SESSIONS_DIR": "/three"})
    assert [(str(place.path), place.why) for place in Codex().places(home)] == [
        ("/three", "CODEX_SESSIONS_DIR"),
        ("/home/ada/one/sessions", "CODEX_HOME"),
        ("/home/ada/one/archived_sessions", "CODEX_HOME"),
        ("/two/sessions", "CODEX_HOME"),
        ("/two/archived_sessions", "CODEX_HOME"),
    ]


def test_the_same_folder_is_a_place_once():
    home = Home(
        Path("/home/ada"), {"CODEX_HOME": "/two,/two", "CODEX_SESSIONS_DIR": "/two/sessions"}
    )
    assert [(str(place.path), place.why) for place in Codex().places(home)] == [
        ("/two/sessions", "CODEX_SESSIONS_DIR"),
        ("/two/archived_sessions", "CODEX_HOME"),
    ]


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("rollout-x.jsonl", Layout.TAIL),
        ("session-alpha.jsonl", Layout.TAIL),
        ("rollout-x.jsonl.zst", Layout.TAIL),
        ("notes.json", None),
        ("state_5.sqlite", None),
    ],
)
def test_only_rollouts_are_logs(name: str, layout: Layout | None):
    assert Codex().layout(Path("/home/ada/.codex/sessions", name)) is layout


def test_a_prompts_line_gives_the_persons_words():
    given_ = prompt(1, "<environment_context>\nx\n</environment_context>\nmake it so")
    assert Codex().prompt(data_of([given_])) == "make it so"
    assert Codex().prompt(data_of([event("entered_review_mode", 1, user_facing_hint="HEAD")])) == (
        "/review HEAD"
    )
    assert Codex().prompt(data_of([message(1, "Done.", "assistant")])) == ""
    assert Codex().prompt(b"torn") == ""
