"""Evidence: observed facts about what became of an output, and the acts they are read from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ledger.core.vocabulary import Kind, Outcome, Tag


class ChangeFingerprint(NamedTuple):
    """What one interaction added to and took from one file, as keyed hashes of features.

    `features` is packed by `ledger.evidence.fingerprint`; nobody else looks inside.
    """

    path: str  # absolute
    features: bytes
    grams: int  # new token 4-grams
    lines: int  # new informative lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one look at an interaction's log showed."""

    interaction: int
    version: int  # of the rules that looked
    end: int  # how far the log reached then: a longer one is looked at again
    kind: Kind = Kind.UNSORTED
    print: int = 0  # keyed similarity hash of the prompt, 0 = no words
    words: int = 0  # of the prompt
    runs: int = 0  # commands
    failed_runs: int = 0
    reads: int = 0
    hand_edits: int = 0  # files the person changed afterwards, as the tool noticed
    refused: bool = False  # the person refused something with words
    rewound: bool = False  # the conversation went on from before it
    restored: bool = False  # every file it changed was put back as it was before
    traces: tuple[ChangeFingerprint, ...] = ()


class Horizon(StrEnum):
    """When survival is measured: the seventh day is what a suggestion rests on."""

    NOW = "now"
    DAY = "1 day"
    WEEK = "7 days"
    MONTH = "30 days"


class Fate(StrEnum):
    """What git shows of an output at a horizon."""

    MEASURED = "measured"
    REVERTED = "reverted"  # the files went back to what they were
    PARKED = "parked"  # never committed, still in the work tree
    SUPERSEDED = "superseded"  # a later AI edit took its place
    TOO_SMALL = "too small"  # too few features to measure
    UNKNOWN = "unknown"  # no repository, missing history, or the path is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """How much of what an interaction added was there at a horizon; shares 0..1."""

    interaction: int
    horizon: Horizon
    fate: Fate
    looked_ms: int
    anywhere: float | None = None  # in the work tree, the branch or the default branch
    landed: float | None = None  # on the default branch only
    baseline: float | None = None  # the repository's own median of that week
    grams: int = 0
    lines: int = 0  # weight of lines that the person can understand: new informative lines
    lines_left: int = 0
    commit: str = ""  # the newest commit looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A tag that evidence speaks for; never stored as a tag."""

    interaction: int
    tag: Tag
    confidence: float  # 0..1: how often such a suggestion agrees with the person
    worth: float  # 0..1: what the output is expected to be worth
    why: tuple[str, ...]  # plain sentences with their numbers, the strongest first


class Question(NamedTuple):
    """What was drawn for one work block, once: whether to ask, and with what probability.

    `pi` is that probability and `expected` the worth that evidence gave the block at the draw,
    both 0..1; every block of a draw has its row, also those that nobody was asked about.
    """

    project: str  # key
    half_hour: int  # seconds since 1970 UTC // 1800
    drawn_ms: int
    seed: int  # of the generator of the draw
    pi: float
    expected: float
    volunteered: bool  # it was tagged before the draw
    asked: bool  # it was drawn
    answered_ms: int | None = None
    skipped: bool = False


class ActKind(StrEnum):
    """What one act was, the same for every tool."""

    PROMPT = "prompt"  # `words` are the person's
    ANSWER = "answer"  # `words` are the model's
    EDIT = "edit"  # a change to a file that the model proposed; `edit` holds it
    READ = "read"  # a file was read; `words` is its path
    SEARCH = "search"
    RUN = "run"  # a command; `words` is the command line
    WEB = "web"
    PLAN = "plan"
    DELEGATE = "delegate"  # a sub-agent was sent
    ASK = "ask"  # the model asked the person
    REFUSAL = "refusal"  # the person refused a call; `words` are what they said with it
    INTERRUPTION = "interruption"  # the person stopped the model
    HAND_EDIT = "hand edit"  # the person changed a file afterwards; `words` is its path
    REWIND = "rewind"  # the conversation went on from before it
    RESTORE = "restore"  # a file was put back as it was before; `words` is its path
    OTHER = "other"


class FileChange(NamedTuple):
    """One change to one file, with as much of its content as the log holds."""

    path: str
    before: str | None  # the whole file before, "" for a new one, None when the log does not say
    after: str | None  # the whole file after
    replaced: tuple[tuple[str, str], ...]  # (old, new) texts, also where the whole is known
    outcome: Outcome
    human_changed: bool  # the person changed it before accepting


class Act(NamedTuple):
    """One thing that happened."""

    kind: ActKind
    time_ms: int
    name: str  # the tool's own name for it; "" where it has none
    words: str
    failed: bool = False
    edit: FileChange | None = None
