import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.importers.codex.rows import Row, read_row
from ledger.importers.codex.words import WRAPPERS, has_picture, is_prompt, own_words, prompt_words
from tests.importers.codex.rollouts import Row as Fields
from tests.importers.codex.rollouts import data_of, event, item, message, prompt

CONTEXT = "<environment_context>\n  <cwd>/home/ada</cwd>\n</environment_context>"
RULES = "# AGENTS.md instructions for /home/ada\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>"


def row_of(fields: Fields) -> Row:
    row = read_row(data_of([fields]))
    assert isinstance(row, Row)
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
    assert own_words(message_) == own


@given(st.sampled_from(WRAPPERS), st.text(alphabet="abc <>/\n", max_size=20))
def test_every_wrapper_goes_with_all_it_holds(name: str, inside: str):
    inside = inside.replace("</", "")
    assert own_words(f"<{name}>{inside}</{name}>\nmine") == "mine"


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
def test_the_three_forms_of_a_prompt_give_the_same_words(fields: Fields, expected: str):
    row = row_of(fields)
    assert is_prompt(row)
    assert row.payload is not None
    assert prompt_words(row.payload) == expected


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
def test_what_others_say_is_no_prompt(fields: Fields):
    assert not is_prompt(row_of(fields))


def test_a_picture_is_a_prompt_without_words():
    for fields in (
        event("user_message", 1, message="", images=["data:"], local_images=[]),
        event("user_message", 1, message="", local_images=["/tmp/a.png"]),
        item("message", 1, role="user", content=[{"type": "input_image", "image_url": "data:"}]),
    ):
        found = row_of(fields).payload
        assert found is not None
        assert has_picture(found)
    plain = row_of(prompt(1, "")).payload
    assert plain is not None
    assert not has_picture(plain)
