"""What must be remembered of a rollout to go on reading it where it was left."""

import re
from pathlib import Path

import msgspec

from ledger.core.ids import SessionIds, is_universal
from ledger.core.tariff import Tier
from ledger.core.vocabulary import Origin
from ledger.importers.codex.usage import Counters, Meter
from ledger.importers.fields import encoded_state, resumed

OPEN_CALLS = 32  # more wait for a result only in a damaged log

_ONE = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# A thread that went back is written on in a file with an id of its own behind the thread's.
_UUID = re.compile(rf"({_ONE})(?:_{_ONE})?$", re.IGNORECASE)


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
    family: str = ""  # the key of the oldest session that this one is known to go back to
    is_agent: bool = False
    is_script: bool = False
    started_ms: int = 0
    time_ms: int = 0
    replay_until: int = 0  # while the lines of an ancestor may still be replayed
    directory: str = ""
    branch: str = ""
    version: str = ""
    repository: str = ""
    inherits: bool = False  # what came before stands in another file, by reference
    base_ordinal: int = 0  # where this one goes on from there
    base: Counters | None = None  # what the thread had counted there
    model: str | None = None
    tier: Tier = Tier.UNSAID
    approval: str = ""  # when the person is asked
    reviewer: str = ""  # who is asked then
    sandbox: str = ""
    turn: str = ""
    is_between: bool = False  # that turn has ended: the next prompt is not of it
    is_imported: bool = False  # the turn is a copy of another tool's
    is_agents_turn: bool = False  # another agent began it

    is_open: bool = False  # a turn has begun, and its end will be told
    is_unanswered: bool = False  # the model worked, and no row said yet what that used
    was_told: bool = False  # an event says so, which comes before the row
    has_request: bool = False  # in this turn
    missed: int = 0  # requests without a row in this turn
    missing: int = 0  # the last of them: its row may still come
    is_silent: bool = False  # no row comes in this rollout, as far as one can see
    has_records: bool = False  # the counts of records are better than those of events
    has_begun: bool = False  # something happened in this file
    names: list[int] = msgspec.field(default_factory=list)  # of responses, where they are common

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

    @property
    def ids(self) -> SessionIds:
        """Makes the ids of what this session holds."""
        return SessionIds("codex", self.key)

    def of_turn(self, turn: str, *names: str) -> int:
        """Return the id of what bears these names in a turn, the same in every copy of it.

        A turn's name is often a random one. One like `turn-1` is that of a turn in every session;
        then the words that began it tell it from those of the forks of one session.
        """
        if is_universal(turn):
            return self.ids.of(turn, *names)
        family = SessionIds("codex", self.family or self.key)
        return family.inside(turn, str(self.prompt_print), *names)

    @property
    def goes_on(self) -> bool:
        """Whether the thread's count goes on from another one's."""
        return self.is_agent or self.parent is not None or self.inherits


def decode_state(state: str) -> ReaderState:
    """Return what a cursor's state holds; a fresh one at the start of a file, or when damaged."""
    return resumed(state, ReaderState())


def encode_state(state: ReaderState) -> str:
    """Return the state as the text a cursor keeps."""
    return encoded_state(state)


def key_of_name(path: Path) -> str:
    """Return the session's key as the file name tells it."""
    stem = path.name.removesuffix(".zst").removesuffix(".jsonl")
    uuid = _UUID.search(stem)
    return uuid[1].lower() if uuid else stem


def session_id(key: str) -> int:
    """Return the id of the session with this key."""
    return SessionIds("codex", key).own
