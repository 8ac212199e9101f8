"""What importers make of log lines: parts that the store joins into interactions.

Parts are order-free: the same set of parts gives the same ledger whatever the order, split or
repetition they arrive in. Times are milliseconds since 1970 UTC, offsets and lengths are bytes in
the (decompressed) log. Ids come from `core.ids` and from the source's own ids.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.core.tariff import Region, Tier
from ledger.core.usage import Basis
from ledger.core.vocabulary import Decider, Origin, Outcome


class SessionPart(NamedTuple):
    """One conversation as the tool delimits it; `parent` is the session it was forked from."""

    id: int
    key: str  # the tool's own id of the session
    time_ms: int  # the earliest time known for it
    directory: str  # where the tool was working; "" when unknown
    branch: str = ""
    version: str = ""  # of the tool
    parent: int | None = None
    repository: str = ""  # the address the tool gives for it; "" when unknown
    pull_request: str = ""  # the address of one that the session opened


class PromptPart(NamedTuple):
    """The beginning of an interaction: a prompt of the person, or its stand-in."""

    id: int
    session: int
    time_ms: int
    origin: Origin
    directory: str
    branch: str
    rank: int  # 0 where it was written first; 1 in a fork or side chain: the lowest rank wins
    ordinal: int  # how many requests of its session stand before it
    offset: int  # of the line that holds the prompt
    length: int
    check: int  # `ids.bytes_id` of that line


class RequestPart(NamedTuple):
    """One model response with what it used.

    `interaction` is None for the requests of a sub-agent: the store gives them to the last
    interaction of `session` that began at or before `anchor_ms`.
    Two parts with one id are one request: the greatest (output, total) wins all counters, the
    lowest (rank, time_ms, session) wins the place.

    A request that is known by its announcement alone bears its own id as `turn`. Once it has an
    answer, which is a request with an id of its own, it is told again as one that used exactly
    nothing: then it counts nowhere.
    """

    id: int
    session: int
    interaction: int | None
    anchor_ms: int
    time_ms: int
    model: str
    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    output: int
    reasoning: int | None
    basis: Basis = Basis.EXACT
    low: float = 1.0
    high: float = 1.0
    rank: int = 0
    ordinal: int = 0  # position among the requests of its session
    vector: int = 0  # fingerprint of the raw counters where a fork repeats them; 0 = not used
    turn: int = 0  # fingerprint of the source's own turn or response id; 0 = unknown
    within: int = 0  # of its turn, where `turn` is that of the response
    tier: Tier = Tier.UNSAID
    region: Region = Region.ANYWHERE
    searches: int = 0  # of the web, billed by use


class EditPart(NamedTuple):
    """One change to a file that the tool proposed; call and result may arrive as two parts.

    Counters and `path` of the call and the `outcome` of the result join: the greatest value of
    every field wins, so a pending call never hides a known outcome.
    """

    id: int
    session: int
    interaction: int | None
    anchor_ms: int
    time_ms: int
    path: str
    added: int
    removed: int
    outcome: Outcome
    human_changed: bool  # the person changed it before accepting
    offset: int  # of the line that holds the change; -1 when only the result was seen
    length: int
    decided_by: Decider = Decider.UNKNOWN


class TotalPart(NamedTuple):
    """What the tool itself says a session has used so far, with one model or with all ("").

    Two parts with one id are one total: the later one holds, then the greater.
    """

    id: int
    session: int
    time_ms: int
    model: str
    requests: int  # -1 where the tool does not say
    input: int
    cache_read: int
    cache_write: int
    output: int
    micro_dollars: int  # -1 where the tool does not say
    offset: int  # of the line that holds it
    length: int


class SpanPart(NamedTuple):
    """How far an interaction reaches in this file: its text lies in [offset, end)."""

    interaction: int
    end: int


class Rejected(NamedTuple):
    """A log line that could not be read: where it is and why, never what it says."""

    offset: int
    length: int
    check: int
    reason: str


@dataclass(slots=True)
class Batch:
    """The parts of one stretch of one file."""

    sessions: list[SessionPart] = field(default_factory=list)
    prompts: list[PromptPart] = field(default_factory=list)
    requests: list[RequestPart] = field(default_factory=list)
    edits: list[EditPart] = field(default_factory=list)
    totals: list[TotalPart] = field(default_factory=list)
    spans: list[SpanPart] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    lines: int = 0


class Cursor(NamedTuple):
    """How far a file was read, and how to notice that it is no longer the same file."""

    path: str
    device: int = 0
    inode: int = 0
    size: int = 0
    mtime_ns: int = 0
    offset: int = 0  # just after the last line taken
    head_crc: int = 0  # of the first 256 bytes
    tail_crc: int = 0  # of the last 256 bytes before `offset`
    parser: int = 0  # the importer's version
    state: str = ""  # what the importer must remember to go on from `offset`


class Reading(NamedTuple):
    """What one look at one file gave: its parts and the cursor to store with them."""

    tool: str
    cursor: Cursor
    batch: Batch
    problem: str = ""  # a sentence when the file could not be read; then the batch is empty
    start: int = 0  # where this stretch began; 0 = the whole file was read again
