"""Tells a message that Gemini CLI wrote again, under a new id, from one that is new.

After a refused call, and when it makes a conversation shorter, the tool writes its history again:
the messages get new ids and lose their model and counters, and the first prompt stands in one row
with the context message (chatRecordingService.ts, `recordSyntheticMessage`). Copies are known by
what they say and by their order, for a person may well type the same words twice.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from ledger.core.ids import content_id
from ledger.importers.fields import text
from ledger.importers.gemini_cli.edits import calls_of
from ledger.importers.gemini_cli.prompts import (
    content_parts,
    context_texts,
    message_text,
    prompt_content,
    prompt_texts,
)
from ledger.importers.gemini_cli.records import Record

PROMPT = "prompt"
ONE_STROKE_MS = 2_000  # the tool writes a history again in one go; nobody types meanwhile


class Said(NamedTuple):
    """What a message said, as fingerprints: whose it is, its words, and the calls it made."""

    kind: str
    words: tuple[int, ...]
    calls: tuple[str, ...] = ()

    def is_like(self, other: "Said") -> bool:
        """Whether both are one message; its calls tell more than its words."""
        if self.kind != other.kind:
            return False
        if self.calls and other.calls:
            return bool(set(self.calls) & set(other.calls))
        return bool(set(self.words) & set(other.words))

    def joined(self, other: "Said") -> "Said":
        """Return what two versions of one message said."""
        return Said(
            self.kind,
            tuple(dict.fromkeys((*self.words, *other.words))),
            tuple(dict.fromkeys((*self.calls, *other.calls))),
        )


def said_of(record: Record) -> Said | None:
    """Return what a prompt, an answer or the results of calls say; None for every other message."""
    if prompt_content(record) is not None:
        return Said(PROMPT, tuple(content_id(words) for words in prompt_texts(record)))
    parts = content_parts(record.content)
    if record.type == "user":
        results = tuple(filter(None, (_named(part, "functionResponse") for part in parts)))
        return Said("results", (), results) if results else None
    if record.type != "gemini":
        return None
    words = message_text(record.content).strip()
    calls = [text(call.id) for call in calls_of(record.tool_calls)]
    calls += [_named(part, "functionCall") for part in parts]
    return Said("answer", (content_id(words),) if words else (), tuple(filter(None, calls)))


def begins_again(record: Record) -> bool:
    """Whether a prompt stands in one row with the context: the first row of a history."""
    return bool(context_texts(record)) and prompt_content(record) is not None


class Copies(Struct):
    """Which messages are copies, as far as a log was played; travels with the reader's state."""

    said: dict[str, Said] = {}  # by id, in the order in which they were first written
    originals: dict[str, str] = {}  # of copies
    at: int = 0  # how far a history that is being written again has come
    until: int = 0  # how many messages there were when it began
    until_ms: int = 0

    def original(self, name: str) -> str:
        """Return the id under which a message was first written."""
        return self.originals.get(name, name)

    def note(self, name: str, said: Said | None) -> None:
        """Remember what a message said, or what a later version of it says besides."""
        if said is not None:
            known = self.said.get(name)
            self.said[name] = known.joined(said) if known else said

    def written(self, name: str, record: Record, time_ms: int) -> bool:
        """Take a row of a new message; whether it is a copy in a history written row by row."""
        said = said_of(record)
        if said is None or not self.said:
            return False
        if begins_again(record):
            self.at, self.until, self.until_ms = 0, len(self.said), time_ms + ONE_STROKE_MS
        if time_ms > self.until_ms:
            self.end()
        names = list(self.said)
        for position in range(self.at, self.until):
            if said.is_like(self.said[names[position]]):
                self.originals[name] = names[position]
                self.at = position + 1
                return True
        if said.kind == PROMPT or record.model:
            self.end()  # what follows is new; but the tool may put words into the model's mouth
        return False

    @property
    def is_running(self) -> bool:
        """Whether a history is being written again."""
        return self.until > 0

    def end(self) -> None:
        """Forget the history that was being written: what follows is the conversation again."""
        self.at = self.until = 0

    def listed(self, messages: Sequence[tuple[str, Record]]) -> None:
        """Take the messages that replace a conversation, and find those that only have a new id.

        The end of a conversation is what survives when it is made shorter: the search goes
        backwards.
        """
        names = list(self.said)
        places = {name: place for place, name in enumerate(names)}
        before = len(names)
        for name, record in reversed(messages):
            place = places.get(self.original(name))
            if place is not None:
                before = min(before, place)
                continue
            said = said_of(record)
            if said is None:
                continue
            for position in range(before - 1, -1, -1):
                if said.is_like(self.said[names[position]]):
                    self.originals[name], before = names[position], position
                    break
        self.end()


def _named(part: dict[str, Any], key: str) -> str:
    value = part.get(key)
    return text(value.get("id")) if isinstance(value, dict) else ""
