"""What one stretch of a Claude Code file tells the next, and which session a file belongs to."""

from pathlib import Path

import msgspec
from msgspec import Struct

from ledger.core.parts import EditPart, PromptPart
from ledger.importers.fields import text


class ReaderState(Struct):
    """What one stretch leaves to the next; it travels as JSON in the cursor."""

    key: str = ""
    directory_known: bool = False
    anchor_ms: int = 0
    last_ms: int = 0
    interaction: int = 0
    command: PromptPart | None = None  # a slash command that has not made the model work yet
    calls: dict[str, EditPart] = {}  # edits without a result so far


def decode_state(state: str) -> ReaderState:
    """Return what a cursor's state holds; a fresh one at the start of a file, or when damaged."""
    try:
        return msgspec.json.decode(state, type=ReaderState)
    except msgspec.DecodeError:
        return ReaderState()


def encode_state(state: ReaderState) -> str:
    """Return the state as the text a cursor keeps."""
    return msgspec.json.encode(state).decode()


def is_subagent(path: Path) -> bool:
    """Whether the file is a sub-agent's."""
    return "subagents" in path.parts or path.name.startswith("agent-")


def session_key(path: Path) -> str:
    """Return the session a file belongs to; "" when only its rows know."""
    if "subagents" in path.parts:
        last = len(path.parts) - 1 - path.parts[::-1].index("subagents")
        return text(path.parts[last - 1])
    if path.name.startswith("agent-"):
        return ""
    # Some builds wrote `<session>/chat.jsonl`: a plain word is no session's name.
    named = any(letter.isdigit() for letter in path.stem)
    return text(path.stem if named else f"{path.parent.name}/{path.stem}")
