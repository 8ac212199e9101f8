import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import content_id
from ledger.core.vocabulary import Origin
from ledger.importers.codex import records
from ledger.importers.codex.importer import Codex
from ledger.importers.codex.prompts import WRAPPERS, has_picture, is_prompt, own_text, prompt_text
from tests.importers.codex.rollouts import (
    KEY,
    TURN,
    Counting,
    Row,
    data_of,
    event,
    head,
    item,
    message,
    prompt,
    read,
    row,
    turn,
)

BEGIN = [head(), event("task_started", 0, turn_id="t"), turn(0, "t")]
END = event("task_complete", 50, turn_id="t")


def completed(second: float, text: str, turn_id: str = "t") -> Row:
    content = [{"type": "text", "text": text}]
    return event(
        "item_completed", second, turn_id=turn_id, item={"type": "UserMessage", "content": content}
    )


def origins(*rows: Row) -> list[Origin]:
    return [part.origin for part in read(*BEGIN, *rows).prompts]


def test_a_prompt_logged_as_message_and_event_is_one():
    for rows in (
        [message(1, "go"), prompt(1, "go")],
        [prompt(1, "go"), message(1, "go")],
        [message(1, "go"), completed(1, "go")],
        [message(1, "go"), prompt(1, "go"), completed(1, "go")],
        [prompt(1, "go"), completed(1, "go"), message(1, "go")],
        [
            message(1, "# AGENTS.md instructions\n<INSTRUCTIONS>\n</INSTRUCTIONS>\ngo"),
            prompt(1, "go"),
        ],
        [message(1, "go, with a picture's name"), prompt(1, "go")],
    ):
        assert origins(*rows, Counting()(2, 100), END) == [Origin.TYPED]


def test_the_event_is_what_the_pointer_leads_to():
    rows = [*BEGIN, message(1, "go"), prompt(1, "go")]
    (part,) = read(*rows).prompts
    assert part.offset == len(data_of(rows[:-1]))


def test_the_turn_names_the_interaction():
    (part,) = read(head(), turn(0, TURN), prompt(1, "go")).prompts
    assert part.id == content_id("codex", TURN)


def test_without_a_turn_place_and_time_name_it():
    (part,) = read(head(), prompt(1, "go")).prompts
    assert part.id == content_id("codex", KEY, "0", str(part.time_ms))


def test_a_prompt_during_a_turn_was_queued():
    rows = [prompt(1, "go"), Counting()(2, 100), prompt(3, "faster"), prompt(4, "faster")]
    parts = read(head(), turn(0, TURN), *rows).prompts
    assert [part.origin for part in parts] == [Origin.TYPED, Origin.QUEUED, Origin.QUEUED]
    assert [part.id for part in parts[1:]] == [content_id("codex", TURN, n) for n in ("1", "2")]


def test_a_prompt_after_the_end_of_a_turn_is_not_of_it():
    assert origins(prompt(1, "go"), END, prompt(60, "and now")) == [Origin.TYPED, Origin.TYPED]


def test_a_prompt_sent_again_after_an_abort_goes_on():
    rows = [prompt(1, "go"), event("turn_aborted", 2, turn_id="t"), turn(3, "u")]
    batch = read(*BEGIN, *rows, prompt(4, "go"), Counting()(5, 100))
    assert len(batch.prompts) == 1
    assert batch.requests[0].interaction == batch.prompts[0].id


def test_another_prompt_after_an_abort_is_another():
    rows = [prompt(1, "go"), event("turn_aborted", 2, turn_id="t"), turn(3, "u")]
    assert len(origins(*rows, prompt(4, "stop"))) == 2


def test_the_same_words_without_an_abort_are_said_twice():
    assert len(origins(prompt(1, "go on"), END, turn(60, "u"), prompt(61, "go on"))) == 2


def test_a_message_without_an_event_is_a_prompt_once_the_model_works():
    assert origins(message(1, "go")) == []
    assert origins(message(1, "go"), message(2, "Done.", "assistant")) == [Origin.TYPED]
    assert origins(message(1, "go"), message(2, "and"), END) == [Origin.TYPED, Origin.QUEUED]


def test_what_was_only_injected_is_no_prompt():
    assert origins(message(1, "<environment_context>\n</environment_context>"), END) == []


def test_a_command_is_an_interaction_only_when_the_model_works():
    review = event("entered_review_mode", 1, user_facing_hint="HEAD")
    assert origins(review) == []
    assert origins(review, Counting()(2, 100)) == [Origin.COMMAND]


def test_the_prompts_of_a_script_say_so():
    batch = read(head(0, source="exec"), turn(0, "t"), prompt(1, "go"))
    assert batch.prompts[0].origin is Origin.SCRIPT


def test_the_prompts_of_an_agent_are_no_interactions():
    batch = read(head(0, source={"subagent": "compact"}), turn(0, "t"), prompt(1, "go"))
    assert batch.prompts == []


def test_requests_before_any_prompt_get_a_stand_in():
    batch = read(*BEGIN, Counting()(1, 100), prompt(2, "go"))
    assert [part.origin for part in batch.prompts] == [Origin.UNPROMPTED, Origin.TYPED]
    assert batch.requests[0].interaction == content_id("codex", KEY, "start")


def test_the_prompts_of_a_fork_rank_behind_those_of_its_parent():
    batch = read(head(0, forked_from_id="parent"), turn(0, "t"), prompt(1, "go"))
    assert batch.prompts[0].rank == 1
    assert read(*BEGIN, prompt(1, "go")).prompts[0].rank == 0


CONTEXT = "<environment_context>\n  <cwd>/home/ada</cwd>\n</environment_context>"
RULES = "# AGENTS.md instructions for /home/ada\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>"


def record_of(fields: Row) -> records.Row:
    row = records.read_row(data_of([fields]))
    assert isinstance(row, records.Row)
    assert row.payload is not None
    return row


@pytest.mark.parametrize(
    ("message_", "own"),
    [
        ("fix it", "fix it"),
        ("\ufeff fix it\n", "fix it"),
        (CONTEXT, ""),
        (RULES, ""),
        (f"{RULES}\n\n{CONTEXT}\n\nfix it", "fix it"),
        ("<environment_context>\n  <cwd>/home/ada(cut off)", ""),
        ('<codex_internal_context source="goal">x</codex_internal_context> go on', "go on"),
        ("<permissions instructions>\nx\n</permissions instructions>", ""),
        (
            "# Context from my IDE setup:\n\n## Open tabs:\n\n## My request for Codex:\nfix it",
            "fix it",
        ),
        ("why does <skill> appear here?", "why does <skill> appear here?"),
        ("<skills> is a word of mine", "<skills> is a word of mine"),
        ("", ""),
    ],
)
def test_what_was_injected_is_taken_off_and_the_rest_is_kept(message_: str, own: str):
    assert own_text(message_) == own


@given(st.sampled_from(WRAPPERS), st.text(alphabet="abc <>/\n", max_size=20))
def test_every_wrapper_goes_with_all_it_holds(name: str, inside: str):
    inside = inside.replace("</", "")
    assert own_text(f"<{name}>{inside}</{name}>\nmine") == "mine"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (prompt(1, "go"), "go"),
        (message(1, "go"), "go"),
        (
            event("item_completed", 1, item={"type": "UserMessage", "content": [{"text": "go"}]}),
            "go",
        ),
        (item("message", 1, role="user", content="go"), "go"),
        (item("message", 1, role="user", content=[{"text": CONTEXT}, {"text": "go"}]), "go"),
    ],
)
def test_the_three_forms_of_a_prompt_give_the_same_words(fields: Row, expected: str):
    row = record_of(fields)
    assert is_prompt(row)
    assert row.payload is not None
    assert prompt_text(row.payload) == expected


@pytest.mark.parametrize(
    "fields",
    [
        message(1, "Done.", "assistant"),
        message(1, "Rules.", "developer"),
        event("agent_message", 1, message="Done."),
        event("item_completed", 1, item={"type": "AgentMessage", "content": []}),
        event("item_completed", 1, item=7),
    ],
)
def test_what_others_say_is_no_prompt(fields: Row):
    assert not is_prompt(record_of(fields))


def test_a_picture_is_a_prompt_without_words():
    picture = {"type": "input_image", "image_url": "data:"}
    for fields in (
        event("user_message", 1, message="", images=["data:"], local_images=[]),
        event("user_message", 1, message="", local_images=["/tmp/a.png"]),
        item("message", 1, role="user", content=[picture]),
        item("message", 1, role="user", content=[{"type": "input_text", "text": ""}, picture]),
    ):
        payload = record_of(fields).payload
        assert payload is not None
        assert has_picture(payload)
    plain = record_of(prompt(1, "")).payload
    assert plain is not None
    assert not has_picture(plain)


def authored(second: float, kinds: list[str], *texts: str) -> Row:
    content = [{"type": "input_text", "text": text} for text in texts]
    about = {"turn_id": "t", "content_item_kinds": kinds}
    fields = {"content": content, "internal_chat_message_metadata_passthrough": about}
    return item("message", second, role="user", **fields)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["user.text", "user.text"], "one\ntwo"),
        (["environments.environment_context", "user.text"], "two"),
        (["user.text", "generic.turn_aborted"], "one"),
        (["hooks.additional_context", "skills.instructions"], ""),
        (["unknown", "unknown"], "one\ntwo"),
        (["user.text"], "one\ntwo"),  # not of these blocks
        ([], "one\ntwo"),
    ],
)
def test_where_a_message_says_who_wrote_each_part_only_the_persons_is_a_prompt(
    kinds: list[str], words: str
):
    line = data_of([authored(1, kinds, "one", "two")]).strip()
    assert Codex().prompt(line) == words


def test_a_turn_that_another_agent_began_holds_no_prompt_of_the_person():
    mail = row("inter_agent_communication_metadata", 1, trigger_turn=True)
    agents = event("task_started", 0, turn_id="a", turn_attribution={"parent_turn_id": "p"})
    mine = event("task_started", 9, turn_id="m", turn_attribution={"turn_trigger": "user"})
    assert read(head(), turn(0, "t"), mail, prompt(1, "do it")).prompts == []
    assert read(head(), agents, turn(0, "a"), prompt(1, "do it")).prompts == []
    assert len(read(head(), agents, turn(0, "a"), mine, turn(9, "m"), prompt(9, "go")).prompts) == 1
    assert len(read(head(), turn(0, "t"), mail, turn(9, "m"), prompt(9, "go")).prompts) == 1
