"""Tells the words of a person from what Codex puts into their message."""

from ledger.importers.codex.rows import Payload, Row, blocks_text, mapping, value, words

WRAPPERS = (
    "environment_context",
    "INSTRUCTIONS",
    "user_instructions",
    "permissions instructions",
    "turn_aborted",
    "skill",
    "subagent_notification",
    "goal_context",
    "codex_internal_context",
    "recommended_plugins",
    "collaboration_mode",
    "user_shell_command",
    "user_action",
)
AGENTS = "# AGENTS.md instructions"
EDITOR = "# Context from my IDE setup:"
EDITOR_PROMPT = "## My request for Codex:"


def own_words(message: str) -> str:
    """Return the message without what was injected; "" when nothing else was in it."""
    rest = message.removeprefix("\ufeff").strip()
    while (shorter := _unwrapped(rest)) is not None:
        rest = shorter.strip()
    return rest


def _unwrapped(message: str) -> str | None:
    """Return what follows the wrapper the message begins with; None when there is none."""
    if message.startswith(AGENTS):
        return message.partition("</INSTRUCTIONS>")[2]
    if message.startswith(EDITOR) and EDITOR_PROMPT in message:
        return message.partition(EDITOR_PROMPT)[2]
    if not message.startswith("<"):
        return None
    for name in WRAPPERS:
        if message.startswith((f"<{name}>", f"<{name} ")):
            return message.partition(f"</{name}>")[2]
    return None


def is_message(payload: Payload) -> bool:
    """Whether the item of the conversation is a user message."""
    return payload.type == "message" and payload.role == "user"


def is_prompt(row: Row) -> bool:
    """Whether the row is one of the three forms in which a person's message is logged."""
    payload = row.payload
    if payload is None:
        return False
    if row.type == "response_item":
        return is_message(payload)
    return row.type == "event_msg" and (
        payload.type == "user_message"
        or (payload.type == "item_completed" and item_type(payload) == "UserMessage")
    )


def item_type(payload: Payload) -> str:
    """Return the type of the item an `item_completed` event is about."""
    found = mapping(value(payload.item)).get("type")
    return found if isinstance(found, str) else ""


def prompt_words(payload: Payload) -> str:
    """Return the person's own words in a row that `is_prompt`."""
    if payload.type == "user_message":
        return own_words(words(payload.message))
    item = mapping(value(payload.item))
    content = item.get("content") if item else value(payload.content)
    if not isinstance(content, list):
        return own_words(blocks_text(content))
    # Each block by itself: the context and the prompt may be blocks of one message.
    parts = (own_words(blocks_text([block])) for block in content)
    return "\n".join(part for part in parts if part)


def has_picture(payload: Payload) -> bool:
    """Whether the message holds a picture, which is a prompt even without words."""
    if payload.type == "user_message":
        return bool(value(payload.images) or value(payload.local_images))
    item = mapping(value(payload.item))
    content = item.get("content") if item else value(payload.content)
    blocks = content if isinstance(content, list) else []
    return any("image" in str(mapping(block).get("type")) for block in blocks)
