"""Says what became of a call, and who decided it, from the row of its result.

`permissionDecision` (since about 2.1.330) says what decided; `toolDenialKind` (since about 2.1.205)
why a call was denied, and names the person also where nobody was there; the words of the result
tell in every version.
"""

from typing import NamedTuple

from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.claude_code.records import INTERRUPTED, Block, Row, begins, text_of


class Verdict(NamedTuple):
    """What became of a call, and who decided it."""

    outcome: Outcome
    by: Decider


_DENIALS = {
    "user-rejected": Outcome.REJECTED,
    "permission-rule": Outcome.BLOCKED,
    "automode-blocked": Outcome.BLOCKED,
    "automode-unavailable": Outcome.BLOCKED,
    "interrupted": Outcome.INTERRUPTED,
    "cancelled": Outcome.INTERRUPTED,
}
_ERRORS = (  # how the whole text of a failed result begins, in every version
    ("The user doesn't want to proceed with this tool use.", Outcome.REJECTED, Decider.PERSON),
    # Another call of the same turn was refused; about this one the person said nothing.
    (
        "The user doesn't want to take this action right now.",
        Outcome.INTERRUPTED,
        Decider.UNKNOWN,
    ),
    (INTERRUPTED, Outcome.INTERRUPTED, Decider.UNKNOWN),
    # Written where nobody can be asked.
    ("Claude requested permissions", Outcome.BLOCKED, Decider.NOBODY),
    ("Permission to use", Outcome.BLOCKED, Decider.RULE),
    ("PreToolUse:", Outcome.BLOCKED, Decider.HOOK),
)
_NOT_SAID = Decider.UNKNOWN
_SOURCES = (("user", Decider.PERSON), ("hook", Decider.HOOK), ("config", Decider.RULE))


def verdict_of(row: Row, result: Block, *, failed: bool, changed: bool) -> Verdict:
    """Return what became of a call, and who decided it.

    `failed` says that the tool's own record tells a failure, `changed` that the person changed what
    was proposed before they accepted it.
    """
    by_words = _by_words(result)
    outcome = _DENIALS.get(row.tool_denial_kind or "")
    if outcome is Outcome.REJECTED:
        return _denied(row, by_words)
    if outcome is Outcome.BLOCKED:
        decider = by_words.by if by_words.outcome is Outcome.BLOCKED else Decider.RULE
        return Verdict(outcome, _source(row) or decider)
    if outcome is not None:
        return Verdict(outcome, Decider.UNKNOWN)
    if not (failed or result.is_error or begins(row.tool_use_result, b'"Error')):
        return Verdict(Outcome.APPLIED, Decider.PERSON if changed else _source(row) or _NOT_SAID)
    if _is_refused(row) or by_words.outcome is Outcome.REJECTED:
        return _denied(row, by_words)
    return by_words


def _denied(row: Row, by_words: Verdict) -> Verdict:
    """Say who denied: the person only where something says that it was the person."""
    source = _source(row)
    if source is Decider.PERSON or row.tool_denial_before_run:
        return Verdict(Outcome.REJECTED, Decider.PERSON)
    if source is None and by_words.outcome is not Outcome.BLOCKED:
        return Verdict(Outcome.REJECTED, Decider.PERSON)
    if by_words.by is Decider.NOBODY:
        return by_words
    return Verdict(Outcome.BLOCKED, source or by_words.by)


def _source(row: Row) -> Decider | None:
    """Return what decided, by the tool's own record; None where it has none that is known."""
    source = (row.permission_decision.source if row.permission_decision else None) or ""
    return next((decider for start, decider in _SOURCES if source.startswith(start)), None)


def _is_refused(row: Row) -> bool:
    return row.permission_decision is not None and row.permission_decision.decision == "reject"


def _by_words(result: Block) -> Verdict:
    message = text_of(result.content).removeprefix("Error: ")
    for start, outcome, decider in _ERRORS:
        if message.startswith(start):
            return Verdict(outcome, decider)
    return Verdict(Outcome.FAILED, Decider.FAILURE)
