"""Compares what tools say they used in total with what was counted, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ledger.core.formatting import count
from ledger.core.rows import Amounts, ToolTotal

COUNTERS = {
    "requests": "Requests",
    "input": "Fresh input",
    "cache_read": "Read from a cache",
    "cache_write": "Written to a cache",
    "output": "Output",
}
TOKENS = ("input", "cache_read", "cache_write", "output")
MORE = (
    "The tool says that it used more than its log holds. Upper ends of figures reach what it says."
)
LESS = (
    "The tool says less than was counted: its total was written before the last request, or began "
    "anew when the session was resumed. What was counted holds."
)
MIXED = (
    "The tool says more of some and less of other tokens: its total is not of the whole session, "
    "and something was not written down. Upper ends of figures reach what it says beyond the count."
)
WITHOUT_MODELS = "The tool does not say which models it used: this is all of them together."
CONTINUES = "The session goes on from an earlier one. What was used there is counted there."
CONTINUED = "Another session goes on from this one. What it used is counted there."


class Outcome(StrEnum):
    """How a tool's total stands to what was counted, token by token."""

    SAME = "the same"
    MORE = "the tool says more"
    LESS = "the tool says less"
    MIXED = "some more, some less"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """A tool's total, what was counted, and what to make of the difference."""

    total: ToolTotal
    difference: Amounts  # said less counted; 0 requests where the tool does not say how many
    outcome: Outcome
    words: tuple[str, ...]  # sentences


def reconciled(totals: Iterable[ToolTotal]) -> list[Reconciled]:
    """Compare each total with what was counted of the same session, in the same order."""
    return [_reconcile(total) for total in totals]


def _reconcile(total: ToolTotal) -> Reconciled:
    said, counted = total.said, total.counted
    difference = Amounts(
        0 if said.requests < 0 else said.requests - counted.requests,
        0,
        *(mine - other for mine, other in zip(said[2:], counted[2:], strict=True)),
    )
    outcome = _outcome(difference)
    return Reconciled(
        total=total, difference=difference, outcome=outcome, words=tuple(_words(total, outcome))
    )


def _outcome(difference: Amounts) -> Outcome:
    tokens = difference[2:]
    if not any(tokens):
        return Outcome.SAME
    if min(tokens) >= 0:
        return Outcome.MORE
    return Outcome.LESS if max(tokens) <= 0 else Outcome.MIXED


def _words(total: ToolTotal, outcome: Outcome) -> list[str]:
    sentences = {Outcome.MORE: MORE, Outcome.LESS: LESS, Outcome.MIXED: MIXED}
    words = [sentences[outcome]] if outcome in sentences else []
    if total.counted.unknown:
        words.append(f"{count(total.counted.unknown, 'request')} of it told no counts.")
    if not total.model:
        words.append(WITHOUT_MODELS)
    if total.continues:
        words.append(CONTINUES)
    if total.continued:
        words.append(CONTINUED)
    return words


def summary_words(rows: Iterable[Reconciled]) -> str:
    """Say how many totals there are and how many of them are not what was counted."""
    rows = list(rows)
    if not rows:
        return "No tool wrote a total of its own."
    other = sum(row.outcome is not Outcome.SAME for row in rows)
    whole = f"{count(len(rows), 'total')} that a tool wrote itself"
    if not other:
        return f"{whole}: what was counted is the same."
    more = sum(row.outcome in (Outcome.MORE, Outcome.MIXED) for row in rows)
    return f"{whole}: {other} not as counted, {more} of them with more than the log holds."
