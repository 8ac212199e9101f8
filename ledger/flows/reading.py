"""An interaction's text, read live from the tool's own log through its pointer."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.core.rows import InteractionRow, Pointer
from ledger.core.words import Origin, Tool
from ledger.importers.base import Step
from ledger.importers.reading import bytes_between, is_unchanged, lines_between
from ledger.importers.registry import IMPORTERS

GONE = "The tool has deleted or moved this log; the ledger keeps its figures and your tag."
CHANGED = "The tool has rewritten this log; the text at this place is no longer this prompt."
NO_TEXT = "The tool worked here without a prompt of yours; there is no text to show."
BY_HAND = "Entered by hand; a note can say what it was."


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's words, or the sentence that says why they are not there."""

    text: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interaction step by step, or the sentence that says why it cannot be shown."""

    steps: tuple[Step, ...]
    missing: str = ""


def prompt(row: InteractionRow) -> Prompt:
    """Read the person's words; tries every log that holds the interaction."""
    missing = (row.note or BY_HAND) if row.origin is Origin.LOGGED else NO_TEXT
    for pointer in row.pointers:
        line, missing = _first_line(pointer)
        if line is not None:
            return Prompt(IMPORTERS[Tool(pointer.tool)].prompt(line))
    return Prompt("", missing)


def prompts(rows: Sequence[InteractionRow]) -> dict[int, Prompt]:
    """Read the prompts of several interactions, by id."""
    return {row.id: prompt(row) for row in rows}


def transcript(row: InteractionRow) -> Transcript:
    """Read everything that happened in an interaction."""
    missing = (row.note or BY_HAND) if row.origin is Origin.LOGGED else NO_TEXT
    for pointer in row.pointers:
        line, missing = _first_line(pointer)
        if line is None:
            continue
        try:
            lines = lines_between(pointer.path, pointer.offset, max(pointer.end, pointer.offset))
        except OSError:
            missing = GONE
            continue
        return Transcript(tuple(IMPORTERS[Tool(pointer.tool)].steps(lines or [line])))
    return Transcript((), missing)


def _first_line(pointer: Pointer) -> tuple[bytes | None, str]:
    # A message of an old indented document spans several lines: its bytes are taken as one.
    try:
        line = bytes_between(pointer.path, pointer.offset, pointer.offset + pointer.length)
    except OSError:
        return None, GONE
    return (line, "") if is_unchanged(line, pointer.check) else (None, CHANGED)
