"""What must be remembered of a rollout to go on reading it where it was left."""

import re
from pathlib import Path

import msgspec

from ledger.core.ids import content_id
from ledger.core.vocabulary import Origin
from ledger.importers.codex.usage import Meter

OPEN_CALLS = 32  # more wait for a result only in a damaged log

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


class Candidate(msgspec.Struct, array_like=True):
    """A row that may begin an interaction, unless a better record of the same prompt follows."""

    offset: int
    length: int
    check: int
    time_ms: int
    turn: str
    print: int  # fingerprint of its words, 0 when it has none
    origin: Origin


class ReaderState(msgspec.Struct, omit_defaults=True):
    """What one stretch leaves to the next; it travels as JSON in the cursor."""

    key: str = ""
    session: int = 0
    parent: int | None = None
    is_agent: bool = False
    is_script: bool = False
    started_ms: int = 0
    time_ms: int = 0
    replay_until: int = 0  # while the lines of an ancestor may still be replayed
    directory: str = ""
    branch: str = ""
    version: str = ""
    model: str | None = None
    turn: str = ""
    is_between: bool = False  # that turn has ended: the next prompt is not of it

    interaction: int | None = None
    is_idle: bool = False  # the turn has ended: what follows may belong to the next prompt
    is_quiet: bool = False  # the model did nothing since the last prompt
    was_aborted: bool = False  # a turn was aborted since the last prompt
    candidate: Candidate | None = None
    unpaired: int = 0  # the last prompt that was seen as an event only
    prompt_event: str = ""  # the kind of event it was
    prompt_print: int = 0
    prompt_turn: str = ""
    in_turn: int = 0  # prompts of that turn after its first
    prompts: int = 0

    requests: int = 0
    meter: Meter = msgspec.field(default_factory=Meter)
    calls: dict[str, list[str]] = msgspec.field(default_factory=dict)  # open calls' file paths


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(ReaderState)


def decode_state(state: str) -> ReaderState:
    """Return what a cursor's state holds; a fresh one at the start of a file."""
    return _decoder.decode(state) if state else ReaderState()


def encode_state(state: ReaderState) -> str:
    """Return the state as the text a cursor keeps."""
    return _encoder.encode(state).decode()


def key_of_name(path: Path) -> str:
    """Return the session's key as the file name tells it."""
    stem = path.name.removesuffix(".zst").removesuffix(".jsonl")
    uuid = _UUID.search(stem)
    return uuid[0].lower() if uuid else stem


def session_id(key: str) -> int:
    """Return the id of the session with this key."""
    return content_id("codex", key)
