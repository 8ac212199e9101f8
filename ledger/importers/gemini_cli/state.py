"""What one stretch of a Gemini CLI log tells the next, and what its place tells before it."""

import re
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ledger.importers.fields import encoded_state, milliseconds, resumed
from ledger.importers.gemini_cli.rewriting import Copies

CHATS = "chats"
SUBAGENT = "subagent"
START = ""  # stands for a prompt where requests came without one
_NAMED_TIME = re.compile(r"session-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)")


class Place(NamedTuple):
    """Where a message stands: after which prompt, and after how many answers."""

    prompt: str
    ordinal: int


class ReaderState(Struct):
    """What one stretch leaves to the next; it travels as JSON."""

    session: str = ""
    start_ms: int = 0
    last_ms: int = 0
    kind: str = ""
    project_hash: str = ""
    directories: list[str] = []
    workspace: list[str] = []  # as the context message names it
    touched: list[str] = []  # paths the tool notes at the end
    current: str = START
    has_start: bool = False  # requests came before any prompt
    answers: int = 0
    places: dict[str, Place] = {}
    view: list[str] = []
    copies: Copies = msgspec.field(default_factory=Copies)
    unanswered: str = ""  # the message that the model has not answered yet
    asked_ms: int = 0


def decode_state(state: str, path: Path) -> ReaderState:
    """Return what a state holds; at the start of a file, or when damaged, what its path tells."""
    kind = SUBAGENT if path.parent.name != CHATS else ""
    named = _NAMED_TIME.match(path.name)
    time_ms = milliseconds(f"{named[1]}:{named[2]}:00Z") if named else None
    return resumed(state, ReaderState(kind=kind, last_ms=time_ms or 0))


def encode_state(state: ReaderState) -> str:
    """Return the state as text."""
    return encoded_state(state)
