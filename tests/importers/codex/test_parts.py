import pytest

from ledger.core.ids import content_id
from tests.importers.codex.rollouts import (
    FOLDER,
    KEY,
    TURN,
    Counting,
    Row,
    data_of,
    event,
    head,
    prompt,
    read,
    turn,
)

OTHER = "0199a0c1-0000-7000-8000-000000000009"


def parent_of(*rows: Row) -> int | None:
    return read(*rows).sessions[-1].parent


def test_a_session_is_known_by_its_first_head():
    (session,) = read(head(), turn(0), prompt(1, "go")).sessions
    assert (session.id, session.key) == (content_id("codex", KEY), KEY)
    assert (session.directory, session.branch, session.version) == (FOLDER, "main", "0.98.0")


@pytest.mark.parametrize(
    "name", [f"rollout-2026-03-01T10-00-00-{KEY}.jsonl", f"{KEY.upper()}.jsonl.zst"]
)
def test_a_session_without_a_head_is_known_by_its_files_name(name: str):
    assert read(prompt(1, "go"), name=name).sessions[0].key == KEY
    assert read(prompt(1, "go"), name="session-alpha.jsonl").sessions[0].key == "session-alpha"


def test_a_head_without_an_id_is_known_by_its_files_name():
    assert read(head(0, None)).sessions[0].key == KEY


@pytest.mark.parametrize(
    "fields",
    [
        {"forked_from_id": OTHER},
        {"parent_thread_id": OTHER},
        {"source": {"subagent": {"thread_spawn": {"parent_thread_id": OTHER, "depth": 1}}}},
        {"source": {"subagent": "review"}, "session_id": OTHER},
    ],
)
def test_a_head_names_the_parent(fields: dict[str, object]):
    assert parent_of(head(0, KEY, **fields)) == content_id("codex", OTHER)


@pytest.mark.parametrize(
    "fields",
    [{}, {"forked_from_id": None}, {"forked_from_id": KEY}, {"source": 7}, {"session_id": OTHER}],
)
def test_a_session_of_its_own_has_no_parent(fields: dict[str, object]):
    assert parent_of(head(0, KEY, **fields)) is None


def test_the_head_of_another_session_shows_what_was_copied():
    assert parent_of(head(), head(0, OTHER)) == content_id("codex", OTHER)


def test_a_later_head_may_make_a_fork_of_a_known_session():
    rows = [head(), turn(0), prompt(1, "go"), head(9, KEY, forked_from_id=OTHER)]
    assert parent_of(*rows) == content_id("codex", OTHER)


def test_the_own_word_of_a_head_is_not_replaced_by_a_copied_one():
    copied = head(0, "0199a0c1-0000-7000-8000-00000000000a")
    assert parent_of(head(0, KEY, forked_from_id=OTHER), copied) == content_id("codex", OTHER)


def test_the_directory_follows_the_turns():
    rows = [head(), turn(0, "t"), prompt(1, "go"), turn(2, "u", cwd="/srv"), prompt(3, "here")]
    assert [part.directory for part in read(*rows).prompts] == [FOLDER, "/srv"]


def test_a_row_without_a_time_has_that_of_the_row_before():
    untimed = {"type": "event_msg", "payload": Counting()(0, 100)["payload"]}
    batch = read(head(), turn(7), untimed)
    assert batch.requests[0].time_ms == batch.sessions[0].time_ms + 7000


def test_unknown_rows_are_normal():
    odd: list[Row] = [
        {"type": "world_state", "payload": {"full": True}},
        {"type": "event_msg", "payload": {"type": "thread_settings_applied"}},
        {"type": "compacted", "payload": {"message": ""}},
        {"type": "response_item", "payload": {"type": "web_search_call"}},
    ]
    batch = read(head(), *odd)
    assert (batch.rejected, batch.prompts, batch.requests) == ([], [], [])


def test_rejected_lines_say_where_and_why_but_not_what():
    batch = read(b"torn {secret", head())
    assert [(line.offset, line.length, line.reason) for line in batch.rejected] == [
        (0, 12, "not valid JSON")
    ]


def test_a_new_task_names_the_turn_of_a_prompt():
    batch = read(head(), event("task_started", 0, turn_id=TURN), prompt(1, "go"))
    assert batch.prompts[0].id == content_id("codex", TURN)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://github.com/ada/shop.git", "https://github.com/ada/shop.git"),
        ("git@github.com:ada/shop.git", "git@github.com:ada/shop.git"),
        ("https://ada:secret@github.com/ada/shop", "https://github.com/ada/shop"),
        (None, ""),
    ],
)
def test_a_session_says_which_repository_it_worked_in_but_no_password(address: object, kept: str):
    (session,) = read(head(0, git={"branch": "main", "repository_url": address})).sessions
    assert session.repository == kept


def test_whole_records_of_a_damaged_line_are_read_from_where_they_stand():
    asked, torn = data_of([prompt(1, "go")]).strip(), b'{"timestamp":"2026'
    batch = read(head(), turn(0, TURN), torn + asked)
    (part,) = batch.prompts
    assert [(line.length, line.reason) for line in batch.rejected] == [(18, "not valid JSON")]
    assert part.length == len(asked)
