"""What the store answers with: one frozen row per thing a page shows."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the append-only history."""

    machine: str
    seq: int
    time_ms: int
    role: str  # do, undo or redo
    target: int | None  # the entry that an undo or redo is about
    title: str
