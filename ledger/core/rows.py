"""What the store answers with: one frozen row per thing a page shows."""

from dataclasses import dataclass
from typing import NamedTuple

from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Kind, Origin, Outcome, Tag


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where an interaction's text lies: bytes [offset, end) of a log, the prompt's line first."""

    path: str
    tool: str
    offset: int
    length: int  # of the prompt's line
    end: int
    check: int  # `ids.bytes_id` of the prompt's line


@dataclass(frozen=True, slots=True)
class EditRow:
    """One change to a file, as the tool recorded it."""

    id: int
    time_ms: int
    path: str
    added: int
    removed: int
    outcome: Outcome
    human_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionRow:
    """One interaction with everything a table or a card shows except its text."""

    id: int
    time_ms: int
    tool: str
    session: int
    session_key: str
    project: str  # key: what the directory counts as
    branch: str
    origin: Origin
    tag: Tag | None
    tagged_ms: int | None
    intent: Intent
    kind: Kind = Kind.UNSORTED
    labels: tuple[str, ...]
    note: str
    models: tuple[str, ...]  # the one with the most token-equivalents first
    requests: int
    unknown: int  # requests whose usage is not known
    usage: Usage  # summed; its basis is the weakest of the requests'
    te: int  # twentieths
    added: int  # lines of applied edits
    removed: int
    edits: tuple[EditRow, ...]
    pointers: tuple[Pointer, ...]
    directory: str = ""  # where the tool was working
    worktree: str = ""  # of its repository; "" in the main checkout


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One directory of the logs, and the project that it counts as."""

    id: int
    key: str  # the directory
    home: str  # key of the project
    worktree: str
    name: str  # that the person gave it, "" for the folder's own
    chosen: int  # id of the project that the person said it counts as; 0 = by the rule
    is_named: bool  # a log names it; else it is a repository's folder only


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A log line that could not be read."""

    path: str
    offset: int
    length: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One log file as the ledger knows it."""

    path: str
    tool: str
    size: int
    offset: int
    lines: int
    rejected: int
    problem: str
    seen_ms: int
    first_ms: int | None
    last_ms: int | None


class Amounts(NamedTuple):
    """Requests and tokens of a session, or of one of its models."""

    requests: int = 0  # -1 where a tool does not say
    unknown: int = 0  # requests that told no counts: they are in no counter below
    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0


class Stretch(NamedTuple):
    """Where the log of an interaction lies: bytes [offset, end) of a file."""

    interaction: int
    path: str
    offset: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolTotal:
    """What a tool says that a session used, beside what was counted of the same session."""

    session: int
    tool: str
    session_key: str
    directory: str
    time_ms: int
    model: str  # "" where the tool does not say which
    said: Amounts
    counted: Amounts
    micro_dollars: int  # by the tool's own prices; -1 where it does not say
    path: str  # of the log that holds the total, and where in it
    offset: int
    length: int
    counted_in: tuple[Stretch, ...]  # the logs that `counted` was read from
    continues: bool  # the session began where another one was left
    continued: bool  # another session goes on from it
    more_places: tuple[tuple[str, int, int], ...] = ()  # of a total told in parts: the other parts


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the append-only history."""

    machine: str
    seq: int
    time_ms: int
    role: str  # do, undo or redo
    target: int | None  # the entry that an undo or redo is about
    title: str
