"""Text from logs with its secrets masked; the person may look at one of them once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger.core.cleaning import cleaned
from ledger.core.rows import InteractionRow
from ledger.core.secrets import Secret, secrets_in
from ledger.flows import reading
from ledger.importers.base import Step, StepKind

LIST_CHARACTERS = 2_000  # of a prompt in a list: more than a line shows
PRIVATE_KEY = "private key"
KEY_ENDS = "-----END"


class Mask(NamedTuple):
    """Where a mask stands in the masked text, and which secret of the text it hides."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Guarded:
    """A text and the secrets in it, from the first; `Secret.start` and `end` do not overlap."""

    text: str
    secrets: tuple[Secret, ...] = ()

    def masked(self, shown: Collection[int] = ()) -> tuple[str, tuple[Mask, ...]]:
        """Return the text with every secret masked whose number is not in `shown`."""
        parts, masks, at, length = [], [], 0, 0
        for number, secret in enumerate(self.secrets):
            before = self.text[at : secret.start]
            is_shown = number in shown
            word = self.text[secret.start : secret.end] if is_shown else f"[secret: {secret.rule}]"
            start = length + len(before)
            if not is_shown:
                masks.append(Mask(start, start + len(word), number))
            parts += [before, word]
            at, length = secret.end, start + len(word)
        return "".join((*parts, self.text[at:])), tuple(masks)


class GuardedStep(NamedTuple):
    """One step of a transcript; what its title held is masked for good."""

    kind: StepKind
    title: str
    body: Guarded


@dataclass(frozen=True, slots=True)
class Told:
    """What the person asked and what happened then, or the sentences why that is not there."""

    prompt: Guarded
    steps: tuple[GuardedStep, ...] = ()
    prompt_missing: str = ""
    steps_missing: str = ""


def guarded(text: str) -> Guarded:
    """Clean a text and find its secrets; where two rules find one place, it is masked once."""
    text = cleaned(text)
    merged: list[Secret] = []
    for secret in sorted((_whole(text, one) for one in secrets_in(text)), key=lambda s: s.start):
        if merged and secret.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, secret.end))
        else:
            merged.append(secret)
    return Guarded(text, tuple(merged))


def masked(text: str) -> str:
    """Return a text with every secret masked."""
    return guarded(text).masked()[0]


def told(row: InteractionRow) -> Told:
    """Read an interaction's text from its log, guarded."""
    prompt, transcript = reading.prompt(row), reading.transcript(row)
    return Told(
        guarded(prompt.text),
        tuple(_step(step) for step in transcript.steps),
        prompt.missing,
        transcript.missing,
    )


def prompts(rows: Sequence[InteractionRow]) -> dict[int, reading.Prompt]:
    """Read the beginnings of several prompts for a list, masked, by id."""
    found = reading.prompts(rows)
    return {
        identity: reading.Prompt(masked(one.text[:LIST_CHARACTERS]), one.missing)
        for identity, one in found.items()
    }


def _step(step: Step) -> GuardedStep:
    return GuardedStep(step.kind, masked(step.title), guarded(step.text.rstrip("\n")))


def _whole(text: str, secret: Secret) -> Secret:
    """Take in all of a private key: its first line alone gives nothing away."""
    if secret.rule != PRIVATE_KEY:
        return secret
    last = text.find(KEY_ENDS, secret.end)
    if last < 0:
        return secret._replace(end=len(text))
    line_end = text.find("\n", last)
    return secret._replace(end=line_end if line_end >= 0 else len(text))
