import json
from typing import Any

import pytest

from ledger.core.vocabulary import Origin
from ledger.importers.gemini_cli.prompts import message_text, prompt_content
from ledger.importers.gemini_cli.records import record_of
from tests.importers.gemini_cli.cases import gemini, user


def prompt_text(content: Any, **more: Any) -> str | None:
    record = record_of(json.dumps(user("u1", content, **more)).encode())
    assert record is not None
    prompt = prompt_content(record)
    return None if prompt is None else prompt.text


@pytest.mark.parametrize(
    "content", ["Fix it", {"text": "Fix it"}, ["Fix ", "it"], [{"text": "Fix "}, {"text": "it"}]]
)
def test_a_prompt_is_read_in_every_shape_it_is_written_in(content: Any) -> None:
    assert prompt_text(content) == "Fix it"


@pytest.mark.parametrize(
    "injected",
    [
        "<session_context>\nThis is the Gemini CLI.",
        "This is the Gemini CLI. We are setting up the context for our chat.\nToday's date is",
        "<state_snapshot>\n<goal>",
        "Here is the user's editor context as a JSON object. This is for your information only.",
        "System: Please continue.",
        "<hook_context>x</hook_context>",
    ],
)
def test_what_the_tool_puts_in_is_no_prompt(injected: str) -> None:
    assert prompt_text(injected) is None


def test_a_tools_answer_is_no_prompt() -> None:
    assert prompt_text([{"functionResponse": {"name": "replace"}}, {"text": "see above"}]) is None


def test_only_user_messages_can_be_prompts() -> None:
    record = record_of(json.dumps(gemini("g1")).encode())
    assert record is not None
    assert prompt_content(record) is None


def test_what_a_hook_added_is_cut_away() -> None:
    assert (
        prompt_text([{"text": "Fix it"}, {"text": "<hook_context>rules</hook_context>"}])
        == "Fix it"
    )


def test_the_text_of_files_named_with_an_at_sign_is_cut_away() -> None:
    parts = ["Read @a", "\n--- Content from referenced files ---", "text of a"]
    assert prompt_text(parts) == "Read @a"


def test_what_was_shown_is_preferred_to_what_was_sent() -> None:
    assert prompt_text("expanded", displayContent="typed") == "typed"


def test_a_picture_alone_is_a_prompt_without_words() -> None:
    assert prompt_text([{"inlineData": {"mimeType": "image/png", "data": ""}}]) == ""


@pytest.mark.parametrize("content", [None, [], "", "  ", 7, [None, 3]])
def test_an_empty_message_is_no_prompt(content: Any) -> None:
    assert prompt_text(content) is None


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("/review", Origin.COMMAND),
        ("/mem:add this", Origin.COMMAND),
        ("/home/ada/a.py is broken", Origin.TYPED),
        ("Why?", Origin.TYPED),
    ],
)
def test_a_slash_command_is_told_from_a_path(typed: str, origin: Origin) -> None:
    record = record_of(json.dumps(user("u1", typed)).encode())
    assert record is not None
    prompt = prompt_content(record)
    assert prompt is not None
    assert prompt.origin is origin


def test_a_lone_surrogate_in_a_prompt_is_replaced() -> None:
    record = record_of(b'{"id": "u1", "type": "user", "content": "broken \\ud83d here"}')
    assert record is not None
    assert message_text(record.content) == "broken \ufffd here"


def test_thoughts_among_the_parts_are_no_words() -> None:
    content = [{"text": "hidden", "thought": True}, {"text": "said"}]
    record = record_of(json.dumps(gemini("g1", content=content)).encode())
    assert record is not None
    assert message_text(record.content) == "said"
