"""Tells a person's prompt from everything else that Gemini CLI writes down as a “user” message.

Source: geminiChat.ts, sessionUtils.ts and client.ts of google-gemini/gemini-cli.
"""

import re
from typing import Any, NamedTuple

from msgspec import Raw

from ledger.core.vocabulary import Origin
from ledger.importers.fields import text
from ledger.importers.gemini_cli.records import Record, plain

# Beginnings of the message that tells the model where it works.
CONTEXT = (
    "<session_context>",
    "This is the Gemini CLI. We are setting up the context for our chat.",
)
# Beginnings of text that the tool itself puts into the conversation.
INJECTED = (
    *CONTEXT,
    "<hook_context>",
    "<state_snapshot>",  # what a compressed conversation was boiled down to
    "Here is the user's editor context as a JSON object.",
    "Here is a summary of changes in the user's editor context",
    "I ran the following shell command:\n```sh",  # typed behind a “!”: nobody asked the model
    "System: Please continue.",
    "System: Potential loop detected.",
)
REFERENCED = "--- Content from referenced files ---"  # after it come files named with @
NOTICES = frozenset({"info", "warning", "error"})  # types of messages that the tool tells
COMMAND = re.compile(r"/[a-z][\w:-]*(\s|$)")


class PromptContent(NamedTuple):
    """A prompt: how it began, and what the person wrote (“” when they only gave a picture)."""

    origin: Origin
    text: str


def prompt_content(record: Record) -> PromptContent | None:
    """Return the prompt that a message holds; None when no person wrote it."""
    if record.type != "user":
        return None
    parts = content_parts(record.content)
    if any("functionResponse" in part for part in parts):
        return None
    prompt = _own_text(content_parts(record.display_content)) or _own_text(parts)
    if prompt:
        origin = Origin.COMMAND if COMMAND.match(prompt) else Origin.TYPED
        return PromptContent(origin, prompt)
    has_media = any("inlineData" in part or "fileData" in part for part in parts)
    return PromptContent(Origin.TYPED, "") if has_media else None


def message_text(content: Raw) -> str:
    """Return the text of a message as the tool wrote it; thoughts among its parts are left out."""
    parts = content_parts(content)
    return "".join(text(part.get("text")) for part in parts if not part.get("thought"))


def prompt_texts(record: Record) -> list[str]:
    """Return the prompt as it was shown and as it was sent; a copy of it has only the latter."""
    pairs = (_own_text(content_parts(raw)) for raw in (record.display_content, record.content))
    return list(dict.fromkeys(words for words in pairs if words)) or [""]


def context_texts(record: Record) -> list[str]:
    """Return what the tool told the model of the place it works in; [] in any other message."""
    if record.type != "user":
        return []
    pieces = (text(part.get("text")) for part in content_parts(record.content))
    return [piece for piece in pieces if piece.lstrip().startswith(CONTEXT)]


def content_parts(raw: Raw) -> list[dict[str, Any]]:
    """Return the content as parts: it may be one text, one part, or a list of both."""
    content = plain(raw)
    items = content if isinstance(content, list) else [content]
    parts = [{"text": item} if isinstance(item, str) else item for item in items]
    return [part for part in parts if isinstance(part, dict)]


def _own_text(parts: list[dict[str, Any]]) -> str:
    """Return what the person wrote, without what the tool added to it."""
    pieces = []
    for part in parts:
        piece = text(part.get("text"))
        if piece.strip().startswith(REFERENCED):
            break
        if not piece.lstrip().startswith(INJECTED):
            pieces.append(piece)
    return "".join(pieces).strip()
