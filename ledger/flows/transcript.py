"""An interaction's text, read live from the tool's log, searched, and shown with secrets masked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger.core.rows import InteractionRow, Pointer
from ledger.core.secrets import Secret, secrets_in
from ledger.core.text_safety import clean
from ledger.core.vocabulary import Origin, Tool
from ledger.flows.filters.tokens import phrases
from ledger.importers.base import Step, StepKind
from ledger.importers.reading import bytes_between, is_unchanged, lines_between
from ledger.importers.registry import IMPORTERS
from ledger.store.store import Store

GONE = "The tool has deleted or moved this log; the ledger keeps its figures and your tag."
CHANGED = "The tool has rewritten this log; the text at this place is no longer this prompt."
NO_TEXT = "The tool worked here without a prompt of yours; there is no text to show."
BY_HAND = "Entered by hand; a note can say what it was."
LIST_CHARACTERS = 2_000  # of a prompt in a list: more than a line shows
PRIVATE_KEY_RULE = "private key"
KEY_END_MARK = "-----END"
BATCH_SIZE = 300  # interactions whose logs are searched at a time


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


def read_prompt(row: InteractionRow) -> Prompt:
    """Read the person's words; tries every log that holds the interaction."""
    missing = (row.note or BY_HAND) if row.origin is Origin.LOGGED else NO_TEXT
    for pointer in row.pointers:
        line, missing = _first_line(pointer)
        if line is not None:
            return Prompt(IMPORTERS[Tool(pointer.tool)].prompt(line))
    return Prompt("", missing)


def read_prompts(rows: Sequence[InteractionRow]) -> dict[int, Prompt]:
    """Read the prompts of several interactions, by id."""
    return {row.id: read_prompt(row) for row in rows}


def read_transcript(row: InteractionRow) -> Transcript:
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


class Mask(NamedTuple):
    """Where a mask stands in the masked text, and which secret of the text it hides."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class GuardedText:
    """A text and the secrets in it, from the first; `Secret.start` and `end` do not overlap."""

    text: str
    secrets: tuple[Secret, ...] = ()

    def masked(self, shown: Collection[int] = ()) -> tuple[str, tuple[Mask, ...]]:
        """Return the text with every secret masked whose number is not in `shown`."""
        parts, masks, at, length = [], [], 0, 0
        for number, secret in enumerate(self.secrets):
            before = self.text[at : secret.start]
            is_shown = number in shown
            replacement = (
                self.text[secret.start : secret.end] if is_shown else f"[secret: {secret.rule}]"
            )
            start = length + len(before)
            if not is_shown:
                masks.append(Mask(start, start + len(replacement), number))
            parts += [before, replacement]
            at, length = secret.end, start + len(replacement)
        return "".join((*parts, self.text[at:])), tuple(masks)


class GuardedStep(NamedTuple):
    """One step of a transcript; what its title held is masked for good."""

    kind: StepKind
    title: str
    body: GuardedText


@dataclass(frozen=True, slots=True)
class MaskedTranscript:
    """What the person asked and what happened then, or the sentences why that is not there."""

    prompt: GuardedText
    steps: tuple[GuardedStep, ...] = ()
    prompt_missing: str = ""
    steps_missing: str = ""


def find_secrets(text: str) -> GuardedText:
    """Clean a text and find its secrets; where two rules find one place, it is masked once."""
    text = clean(text)
    merged: list[Secret] = []
    for secret in sorted(
        (_whole_private_key(text, raw) for raw in secrets_in(text)), key=lambda s: s.start
    ):
        if merged and secret.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, secret.end))
        else:
            merged.append(secret)
    return GuardedText(text, tuple(merged))


def mask(text: str) -> str:
    """Return a text with every secret masked."""
    return find_secrets(text).masked()[0]


def masked_transcript(row: InteractionRow) -> MaskedTranscript:
    """Read an interaction's text from its log, guarded."""
    prompt, transcript = read_prompt(row), read_transcript(row)
    return MaskedTranscript(
        find_secrets(prompt.text),
        tuple(_step(step) for step in transcript.steps),
        prompt.missing,
        transcript.missing,
    )


def masked_prompts(rows: Sequence[InteractionRow]) -> dict[int, Prompt]:
    """Read the beginnings of several prompts for a list, masked, by id."""
    prompts = read_prompts(rows)
    return {
        identity: Prompt(mask(prompt.text[:LIST_CHARACTERS]), prompt.missing)
        for identity, prompt in prompts.items()
    }


def _step(step: Step) -> GuardedStep:
    return GuardedStep(step.kind, mask(step.title), find_secrets(step.text.rstrip("\n")))


def _whole_private_key(text: str, secret: Secret) -> Secret:
    """Take in all of a private key: its first line alone gives nothing away."""
    if secret.rule != PRIVATE_KEY_RULE:
        return secret
    last = text.find(KEY_END_MARK, secret.end)
    if last < 0:
        return secret._replace(end=len(text))
    line_end = text.find("\n", last)
    return secret._replace(end=line_end if line_end >= 0 else len(text))


def matching(rows: Sequence[InteractionRow], text: str) -> frozenset[int]:
    """Return the ids of the rows that hold every word and phrase, upper or lower case alike."""
    required = phrases(text.casefold())
    prompts = read_prompts(rows)
    matches = set()
    for row in rows:
        row_text = " ".join((prompts[row.id].text, row.note, *row.labels)).casefold()
        if all(phrase in row_text for phrase in required):
            matches.add(row.id)
    return frozenset(matches)


def search(store: Store, ids: Sequence[int], text: str) -> frozenset[int]:
    """Return which of these interactions hold every word and phrase, a few read at a time."""
    return frozenset(
        identity for batch in _batches(ids) for identity in matching(store.rows(batch), text)
    )


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + BATCH_SIZE] for at in range(0, len(ids), BATCH_SIZE))
