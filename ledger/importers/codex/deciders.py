"""Says who decided what became of a change that Codex proposed.

A rollout holds no approvals. It says when the person is asked (`approval_policy`), who is asked
then (`approvals_reviewer`) and what may be written without asking (`sandbox_policy`); a change
inside of that is applied by rule, as `assess_patch_safety` of Codex's source does it.
"""

import ntpath
import posixpath

from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.codex.records import Payload, mapping, text_of, value
from ledger.importers.codex.state import ReaderState
from ledger.importers.fields import text

_ASKS_FIRST = frozenset({"untrusted", "unless-trusted"})
_ASKS_OUTSIDE = frozenset({"on-request", "granular"})
_PERSONS = frozenset({"", "user"})  # reviewers that are the person
_OPEN = frozenset({"danger-full-access", "external-sandbox"})
_POLICIES = _ASKS_FIRST | _ASKS_OUTSIDE | {"never", "on-failure"}
_SANDBOXES = _OPEN | {"read-only", "workspace-write"}
_OTHER = "other"  # a word of the log that is none of ours is not kept in the ledger
_TEMPORARY = ("/tmp/", "/var/tmp/")  # noqa: S108 - compared, never opened: always writable
_BY_RULE = frozenset({"budget_limited"})  # reasons of an abort that nobody asked for


def take_rules(state: ReaderState, payload: Payload) -> None:
    """Keep what a turn's context says about approvals."""
    sandbox = value(payload.sandbox_policy)
    kind = text(sandbox) or text(mapping(sandbox).get("type"))
    state.approval = _known(text_of(payload.approval_policy), _POLICIES) or state.approval
    state.reviewer = _known(text_of(payload.approvals_reviewer), _PERSONS) or state.reviewer
    state.sandbox = _known(kind, _SANDBOXES) or state.sandbox


def _known(word: str, words: frozenset[str]) -> str:
    return word if not word or word in words else _OTHER


def decider_of(state: ReaderState, outcome: Outcome, path: str, reason: str = "") -> Decider:
    """Return who decided on a change to the file at `path`; `reason` is that of an abort."""
    if outcome is Outcome.FAILED:
        return Decider.FAILURE
    if outcome is Outcome.REJECTED:
        return Decider.PERSON if state.reviewer in _PERSONS else Decider.RULE
    if outcome is Outcome.INTERRUPTED:
        return Decider.RULE if reason in _BY_RULE else Decider.PERSON
    if outcome is Outcome.BLOCKED:
        return Decider.RULE
    return _allowed(state, path) if outcome is Outcome.APPLIED else Decider.UNKNOWN


def _allowed(state: ReaderState, path: str) -> Decider:
    asked = Decider.PERSON if state.reviewer in _PERSONS else Decider.RULE
    if state.approval == "never":
        return Decider.NOBODY if state.is_script else Decider.RULE
    if state.approval in _ASKS_FIRST:
        return asked
    if state.approval == "on-failure":
        return Decider.RULE
    if state.approval not in _ASKS_OUTSIDE or not state.sandbox:
        return Decider.UNKNOWN
    if state.sandbox in _OPEN:
        return Decider.RULE
    inside = state.sandbox == "workspace-write" and _is_inside(path, state.directory)
    return Decider.RULE if inside else asked


def _is_inside(path: str, directory: str) -> bool:
    """Whether the sandbox of a workspace lets the file be written, as far as its path tells."""
    if path.startswith(_TEMPORARY):
        return True
    if not directory:
        return False
    if "\\" in directory:
        folder, whole = (ntpath.normcase(ntpath.normpath(place)) for place in (directory, path))
    else:
        folder, whole = posixpath.normpath(directory), posixpath.normpath(path)
    folder = folder.rstrip("\\/")
    return whole.startswith((folder + "/", folder + "\\"))
