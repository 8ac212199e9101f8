"""What happened inside an interaction, as its log tells it: read live, never stored as text."""

from enum import StrEnum
from typing import NamedTuple

from ledger.core.words import Outcome


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
    REWIND = "rewind"  # the person took the conversation or the files back to an earlier state
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
