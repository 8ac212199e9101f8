"""Makes edits of the calls that change files: `replace`, `write_file` and the older `edit_file`."""

import re
from typing import NamedTuple

from msgspec import Raw

from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.fields import count, milliseconds, text
from ledger.importers.gemini_cli.records import (
    Call,
    DiffStat,
    Display,
    part_of,
    pieces_of,
    plain,
)

EDIT_TOOLS = frozenset({"replace", "write_file", "edit_file"})

# The words of an answer that was no failure of the edit itself (scheduler.ts, policy.ts).
ABORTED = ("user cancelled the operation", "cancelled by user", "aborted")
FORBIDDEN = (
    "denied by policy",
    "requires user confirmation, which is not supported",
    "not found. did you mean",  # without a person to ask, the edit tools are switched off
    "blocked by",
)
UNASKED = FORBIDDEN[1:3]  # nobody was there to say yes
HOOKED = re.compile(r"\bhooks?\b")
# What the tool notes of asking (ToolConfirmationOutcome, ApprovalMode), where it notes it at all.
ASKED = frozenset({"proceed_once", "modify_with_editor", "cancel"})
BEFOREHAND = frozenset({"yolo", "autoedit", "auto_edit"})
UNFINISHED = frozenset({"", "validating", "scheduled", "executing", "awaiting_approval"})


class Change(NamedTuple):
    """One proposed change to a file."""

    time_ms: int
    path: str
    added: int
    removed: int
    outcome: Outcome
    human_changed: bool
    decided_by: Decider = Decider.UNKNOWN

    def joined(self, other: "Change") -> "Change":
        """Return what both versions of one call tell together."""
        return Change(
            time_ms=min(self.time_ms, other.time_ms),
            path=max(self.path, other.path),
            added=max(self.added, other.added),
            removed=max(self.removed, other.removed),
            outcome=max(self.outcome, other.outcome),
            human_changed=self.human_changed or other.human_changed,
            decided_by=max(self.decided_by, other.decided_by),
        )


def calls_of(raw: Raw) -> list[Call]:
    """Return the calls of a message."""
    return [part_of(piece, Call) for piece in pieces_of(raw)] if len(raw) else []


def change_of(call: Call, time_ms: int) -> Change | None:
    """Return the change a call proposed; None for calls that change no file."""
    if text(call.name) not in EDIT_TOOLS:
        return None
    display = part_of(call.result_display, Display)
    stat = part_of(display.diff_stat, DiffStat)
    outcome = outcome_of(call)
    added, removed = _lines(call, display, stat, outcome)
    human_changed = count(stat.user_added_lines) + count(stat.user_removed_lines) > 0
    return Change(
        time_ms=milliseconds(call.timestamp) or time_ms,
        path=text(display.file_path) or argument(call, "file_path"),
        added=added,
        removed=removed,
        outcome=outcome,
        human_changed=human_changed,
        decided_by=Decider.PERSON if human_changed else decider_of(call, outcome),
    )


def argument(call: Call, name: str) -> str:
    """Return an argument of a call as text; "" when there is none."""
    arguments = plain(call.args)
    return text(arguments.get(name)) if isinstance(arguments, dict) else ""


def answer_of(call: Call) -> str:
    """Return what the tool answered to the model, as text."""
    answers = []
    for piece in pieces_of(call.result) if len(call.result) else []:
        part = plain(piece)
        function_response = part.get("functionResponse") if isinstance(part, dict) else None
        response = (
            function_response.get("response") if isinstance(function_response, dict) else None
        )
        if isinstance(response, dict):
            answers.append(text(response.get("error")) or text(response.get("output")))
    return "\n".join(answer for answer in answers if answer)


def outcome_of(call: Call) -> Outcome:
    """Say what became of a call, whatever it was to do."""
    status = text(call.status)
    if status == "success":
        return Outcome.APPLIED
    if status in UNFINISHED:
        return Outcome.PENDING
    answer = answer_of(call).lower()
    if status == "cancelled":
        stopped = any(phrase in answer for phrase in ABORTED)
        return Outcome.INTERRUPTED if stopped else Outcome.REJECTED
    return Outcome.BLOCKED if any(phrase in answer for phrase in FORBIDDEN) else Outcome.FAILED


def decider_of(call: Call, outcome: Outcome) -> Decider:
    """Say who decided what became of a call; most logs do not say who let it pass."""
    if outcome is Outcome.FAILED:
        return Decider.FAILURE
    if outcome is Outcome.REJECTED:
        return Decider.PERSON
    if outcome is Outcome.BLOCKED:
        answer = answer_of(call).lower()
        if any(phrase in answer for phrase in UNASKED):
            return Decider.NOBODY
        return Decider.HOOK if HOOKED.search(answer) else Decider.RULE
    if outcome is not Outcome.APPLIED:
        return Decider.UNKNOWN
    asked, mode = text(call.outcome).lower(), text(call.approval_mode).lower()
    if asked in ASKED:
        return Decider.PERSON
    # “always” is a rule: the tool notes it also where the person had said so earlier.
    return Decider.RULE if asked or mode in BEFOREHAND else Decider.UNKNOWN


def _lines(call: Call, display: Display, stat: DiffStat, outcome: Outcome) -> tuple[int, int]:
    """Return lines added and removed by the model, from the best place that tells.

    The arguments count only when the call is done: they are longer than the change, and a first
    guess that is too high would never be corrected.
    """
    if len(display.diff_stat):
        return count(stat.model_added_lines), count(stat.model_removed_lines)
    diff = text(display.file_diff)
    if diff:
        hunks = diff[diff.find("\n@@") + 1 :].split("\n")  # the file names above them begin alike
        return sum(line[:1] == "+" for line in hunks), sum(line[:1] == "-" for line in hunks)
    if outcome is not Outcome.APPLIED:
        return 0, 0
    new = argument(call, "content") or argument(call, "new_string")
    return len(new.splitlines()), len(argument(call, "old_string").splitlines())
