"""The closed words of the ledger: tools, tags, intents, kinds of work, origins, outcomes."""

from enum import IntEnum, StrEnum
from typing import Self


class Tool(StrEnum):
    """A program that talks to a model; the value is its key everywhere."""

    CLAUDE_CODE = "claude-code", "Claude Code"
    CODEX = "codex", "Codex CLI"
    GEMINI_CLI = "gemini-cli", "Gemini CLI"
    OTHER = "other", "Other"  # entered by hand

    def __new__(cls, key: str, full_name: str = "") -> Self:
        """Make a member of its key and its name as people write it."""
        tool = str.__new__(cls, key)
        tool._value_ = key
        tool.full_name = full_name
        return tool

    full_name: str  # as people write it


TOOL_TITLES = {tool: tool.full_name for tool in Tool}
TOOLS = tuple(Tool)  # the position is the number in columns, for as long as the program runs


class Tag(IntEnum):
    """The person's word on what became of the output; 0 stands for untagged in columns."""

    KEPT = 1
    EDITED = 2
    THROWN_AWAY = 3

    @property
    def title(self) -> str:
        """The tag as people read it."""
        return ("", "kept", "edited", "thrown away")[self]

    @property
    def key(self) -> str:
        """The tag as scripts write it."""
        return self.title.replace(" ", "-")


UNTAGGED = 0


class Intent(IntEnum):
    """What the person wanted: learning is not waste, so experiments are reported apart."""

    DELIVERY = 0
    EXPERIMENT = 1

    @property
    def title(self) -> str:
        """The intent as people read it."""
        return ("delivery", "experiment")[self]


class Kind(IntEnum):
    """The kind of work an interaction was, by rule from the tool's events or by the person."""

    UNSORTED = 0  # nothing was observed yet, or the log is gone
    QUESTION = 1  # words only: nothing was changed or run
    DRAFT = 2  # new files, or mostly new lines
    FIX = 3  # run, change, run again: until it is green
    REVIEW = 4  # much was read, nothing written
    REFACTOR = 5  # as many lines went as came, over several places
    DATA = 6  # notebooks, tables, queries
    WRITING = 7  # documents in words
    OPERATIONS = 8  # commands without a change to a file
    CHANGE = 9  # any other change to files

    @property
    def title(self) -> str:
        """The kind of work as people read it."""
        return KIND_TITLES[self]

    @property
    def key(self) -> str:
        """The kind of work as scripts and filters write it."""
        return self.name.lower()


KIND_TITLES = (
    "unsorted",
    "question",
    "draft",
    "fix until green",
    "review",
    "refactor",
    "data",
    "writing",
    "operations",
    "change",
)


class Origin(IntEnum):
    """How an interaction began."""

    TYPED = 0
    SCRIPT = 1  # a prompt handed over by a script or a headless run
    COMMAND = 2  # a slash command that made the model work
    QUEUED = 3  # typed while the model was still busy
    UNPROMPTED = 4  # requests without a prompt of the person: automation, or a lost line
    LOGGED = 5  # entered by hand


class Outcome(IntEnum):
    """What the tool's own record says became of one edit it proposed."""

    PENDING = 0  # no result was logged
    APPLIED = 1
    REJECTED = 2  # the person said no
    BLOCKED = 3  # a rule or sandbox said no
    FAILED = 4  # the edit did not fit the file
    INTERRUPTED = 5


class Decider(IntEnum):
    """Who decided what became of one edit that a tool proposed."""

    UNKNOWN = 0
    FAILURE = 1  # nobody had to: the tool failed
    NOBODY = 2  # nobody could be asked, as in a headless run
    RULE = 3  # a rule or a mode that was set beforehand
    HOOK = 4  # a program of the person's
    PERSON = 5
