"""What every importer is: where its tool keeps logs, and how a stretch of lines becomes parts."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple, Protocol

from ledger.core.evidence import Act
from ledger.core.parts import Batch
from ledger.core.vocabulary import Tool

Line = tuple[int, bytes]  # offset in the (decompressed) file, bytes without the newline


class Home(NamedTuple):
    """Where to look: the person's home folder, what moves things, and folders they added.

    An added folder is a path, with the key of the tool before it where it must be said whose logs
    it holds: `codex: /backup/rollouts`.
    """

    path: Path
    variables: Mapping[str, str]
    added: tuple[str, ...] = ()


class Place(NamedTuple):
    """One folder a tool may log to, and what makes us look there."""

    path: Path
    why: str  # "default", "settings", or the variable that names it


class Layout(Enum):
    """How a file must be read."""

    TAIL = "lines, only ever appended: go on from the cursor"
    LINES = "lines whose earlier ones may be amended: read the whole file again when it grew"
    DOCUMENT = "one document: handed over as a single line"


class StepKind(Enum):
    """What one step of a transcript is."""

    PROMPT = "prompt"
    ANSWER = "answer"
    THINKING = "thinking"
    EDIT = "edit"  # `text` is a unified diff
    CALL = "call"
    RESULT = "result"
    NOTICE = "notice"


class Step(NamedTuple):
    """One thing that happened in an interaction, read live from its log; plain text only."""

    kind: StepKind
    title: str
    text: str


class Importer(Protocol):
    """One tool's logs. Never raises for a line: what cannot be read becomes a `Rejected`."""

    tool: Tool
    version: int  # raise it when the same bytes would give other parts

    def places(self, home: Home) -> tuple[Place, ...]:
        """Return every folder this tool may log to, existing or not, overrides first."""
        ...

    def places_in(self, folder: Path) -> tuple[Path, ...]:
        """Return the folders of this tool's logs in a folder that the person added.

        It may be another home folder, the tool's own folder, or what the tool logs to; () where
        nothing in it is known to be this tool's.
        """
        ...

    def keeps_days(self, place: Place) -> int | None:
        """Return after how many days the tool deletes its logs; None when it never does."""
        ...

    def layout(self, path: Path) -> Layout | None:
        """Say how to read this file of a place; None when it holds no log."""
        ...

    def read(self, path: Path, lines: Iterable[Line], state: str, batch: Batch) -> str:
        """Add the lines' parts to the batch and return what to remember for the next stretch.

        `state` is "" at the start of a file, else what the last call returned.
        """
        ...

    def prompt(self, line: bytes) -> str:
        """Return the person's words in the line a prompt part points at; "" if there are none."""
        ...

    def steps(self, lines: Iterable[bytes]) -> Iterator[Step]:
        """Tell an interaction as it happened, from the lines its pointer spans."""
        ...

    def subagent_logs(self, path: Path, name: str) -> tuple[Path, ...]:
        """Return the logs of a sub-agent that an act of a session's log names; most have none."""
        ...

    def sequels(self, path: Path) -> tuple[Path, ...]:
        """Return the logs that go on with this one's conversation from an earlier place in it."""
        ...

    def acts(self, lines: Iterable[bytes], after: Iterable[bytes] = ()) -> Iterator[Act]:
        """Tell an interaction as acts, with what its edits held where the log says so.

        Of the lines `after` it only what became of it is told: files the person changed that it
        had edited, and the conversation being taken back to before it. The first line of each of
        `sequels` is one of them.
        """
        ...
