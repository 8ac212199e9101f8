import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from ledger.core.vocabulary import Origin
from ledger.importers.claude_code.prompts import (
    ends_command,
    origin_of,
    prompt_text,
    queued_text,
    shows_picture,
    stripped,
)
from ledger.importers.claude_code.records import Block, Message, Row, read_row
from tests.importers.claude_code.claude_logs import prompt, result, row

REMINDER = "<system-reminder>It is Sunday.</system-reminder>"


def parsed(value: dict[str, object]) -> Row:
    parsed_row = read_row(json.dumps(value).encode())
    assert isinstance(parsed_row, Row)
    return parsed_row


def origin(content: object, **fields: object) -> Origin | None:
    return origin_of(parsed(prompt(1, content, **fields)))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Origin.TYPED),
        ({"origin": {"kind": "human"}, "promptSource": "typed"}, Origin.TYPED),
        ({"promptSource": "suggestion_accepted"}, Origin.TYPED),
        ({"promptSource": "queued"}, Origin.QUEUED),
        ({"promptSource": "sdk"}, Origin.SCRIPT),
        ({"entrypoint": "sdk-cli"}, Origin.SCRIPT),
        ({"entrypoint": "sdk-cli", "promptSource": "typed"}, Origin.TYPED),
        ({"promptSource": "system"}, None),
        ({"origin": {"kind": "task-notification"}}, None),
        ({"origin": {"kind": "coordinator"}, "promptSource": "typed"}, None),
        ({"isMeta": True}, None),
        ({"isCompactSummary": True, "promptSource": "typed"}, None),
        ({"isVisibleInTranscriptOnly": True}, None),
        ({"isSidechain": True}, None),
    ],
)
def test_the_row_says_who_a_prompt_is_from(fields: dict[str, object], expected: Origin | None):
    assert origin("do it", **fields) is expected


@pytest.mark.parametrize(
    "content",
    [
        "<local-command-stdout>ok</local-command-stdout>",
        "<local-command-stderr>no</local-command-stderr>",
        "<local-command-caveat>Caveat: ...</local-command-caveat>",
        "<bash-input>ls</bash-input>",
        "<bash-stdout></bash-stdout><bash-stderr></bash-stderr>",
        "<task-notification>\n<task-id>1</task-id></task-notification>",
        '<teammate-message teammate_id="a">hi</teammate-message>',
        REMINDER,
        "<ide_opened_file>a.py</ide_opened_file>",
        f"{REMINDER}<task-notification>x</task-notification>",
        "This session is being continued from a previous conversation that ran out of context.",
        "[Request interrupted by user]",
        "Stop hook feedback:\nno",
        "",
        " \n",
    ],
)
def test_what_the_tool_writes_is_no_prompt(content: str):
    assert origin(content) is None
    assert origin([{"type": "text", "text": content}]) is None


def test_a_person_may_type_the_words_of_the_tool():
    content = "[Request interrupted by user] is what it says"
    assert origin(content, promptSource="typed") is Origin.TYPED
    assert origin(f"why {content}?") is Origin.TYPED


def test_a_result_is_no_prompt_even_with_words_beside_it():
    content = [{"type": "tool_result", "tool_use_id": "t"}, {"type": "text", "text": "do it"}]
    assert origin(content) is None
    assert origin_of(parsed(result(1, "t"))) is None


def test_a_picture_alone_is_a_prompt():
    assert origin([{"type": "image", "source": {}}]) is Origin.TYPED
    assert prompt_text(parsed(prompt(1, [{"type": "document"}]))) == "[picture]"
    assert not shows_picture([Block(type="text")])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"{REMINDER}\n\nfix it", "fix it"),
        (f"<ide_selection>a\nb</ide_selection>{REMINDER} fix it", "fix it"),
        ("\ufefffix it", "fix it"),
        (f"fix {REMINDER}", f"fix {REMINDER}"),
        ("<system-reminder>not closed", "<system-reminder>not closed"),
        (REMINDER, ""),
    ],
)
def test_a_wrapper_in_front_is_taken_off_and_the_rest_kept(content: str, text: str):
    assert stripped(content) == text


@given(st.text())
def test_a_prompt_without_a_wrapper_is_kept_as_it_is(content: str):
    if not content.startswith("\ufeff"):
        assert stripped(f"x{content}x") == f"x{content}x"


def test_a_command_is_read_as_it_was_typed():
    content = (
        "<command-message>review</command-message>\n<command-name>/review</command-name>\n"
        "<command-args>the last\ncommit</command-args>"
    )
    parsed_row = parsed(prompt(1, content, origin={"kind": "human"}))
    assert origin_of(parsed_row) is Origin.COMMAND
    assert prompt_text(parsed_row) == "/review the last\ncommit"


def test_a_command_without_arguments_is_its_name():
    content = "<command-name>/exit</command-name><command-args></command-args>"
    assert prompt_text(parsed(prompt(1, content))) == "/exit"


def test_the_output_of_a_command_ends_it():
    assert ends_command(parsed(prompt(1, "<local-command-stdout>ok</local-command-stdout>")))
    assert not ends_command(parsed(prompt(1, "ok")))
    assert not ends_command(Row())


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"commandMode": "prompt", "origin": {"kind": "human"}, "prompt": "also"}, "also"),
        ({"prompt": "also"}, "also"),
        ({"prompt": [{"type": "text", "text": "see"}, {"type": "image"}]}, "see"),
        ({"prompt": [{"type": "image"}]}, "[picture]"),
        ({"prompt": f"{REMINDER}also"}, "also"),
        ({"commandMode": "task-notification", "prompt": "done"}, ""),
        ({"commandMode": "prompt", "prompt": "<task-notification>x"}, ""),
        ({"origin": {"kind": "peer"}, "prompt": "also"}, ""),
        ({"prompt": " "}, ""),
        ({"prompt": None}, ""),
        ({"type": "task_reminder", "content": '"queued_command"', "prompt": "also"}, ""),
    ],
)
def test_only_a_person_queues_a_prompt(fields: dict[str, object], content: str):
    parsed_row = parsed(row("attachment", 1, attachment={"type": "queued_command"} | fields))
    assert queued_text(parsed_row) == content
    assert prompt_text(parsed_row) == content


def test_a_row_of_the_model_has_no_prompt():
    assert prompt_text(Row(type="assistant", message=Message(content="words"))) == ""
    assert queued_text(Row(attachment=Raw(b"7"))) == ""
