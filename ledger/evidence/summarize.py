"""Summarizes the acts of an interaction as what the ledger keeps of them: no text, only facts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ledger.core.evidence import Act, ActKind, ChangeFingerprint, FileChange, Observation
from ledger.core.vocabulary import Outcome
from ledger.evidence.fingerprint import fingerprint
from ledger.evidence.kinds import OwnRule, kind_of
from ledger.evidence.simhash import simhash

RULES: Final = 2  # raise it when the same acts would give another observation
_READ_ACTS: Final = frozenset({ActKind.READ, ActKind.SEARCH})

PathResolver = Callable[[str], str]


def summarize(
    interaction: int,
    end: int,
    acts: Sequence[Act],
    key: bytes,
    *,
    own: Sequence[OwnRule] = (),
    version: int = RULES,
    placed: PathResolver = str,
) -> Observation:
    """Return what the acts show; `placed` makes a path absolute that the log gives as it was."""
    prompt = next((act.words for act in acts if act.kind is ActKind.PROMPT), "")
    commands = [act for act in acts if act.kind is ActKind.RUN]
    hand_edited = {act.words for act in acts if act.kind is ActKind.HAND_EDIT}
    hand_edited |= {act.edit.path for act in acts if act.edit and act.edit.human_changed}
    changed = {act.edit.path for act in acts if act.edit and act.edit.outcome is Outcome.APPLIED}
    put_back = {act.words for act in acts if act.kind is ActKind.RESTORE}
    return Observation(
        interaction=interaction,
        version=version,
        end=end,
        kind=kind_of(acts, own),
        print=simhash(prompt, key),
        words=len(prompt.split()),
        runs=len(commands),
        failed_runs=sum(act.failed for act in commands),
        reads=sum(act.kind in _READ_ACTS for act in acts),
        hand_edits=len(hand_edited),
        refused=any(act.kind is ActKind.REFUSAL and act.words for act in acts),
        rewound=any(act.kind is ActKind.REWIND for act in acts),
        restored=bool(changed) and changed <= put_back,
        traces=tuple(_traces(acts, key, placed)),
    )


def _traces(acts: Iterable[Act], key: bytes, placed: PathResolver) -> Iterable[ChangeFingerprint]:
    """Yield the net trace of each file that was changed."""
    by_path: dict[str, list[FileChange]] = defaultdict(list)
    for act in acts:
        if act.edit and act.edit.path and act.edit.outcome is Outcome.APPLIED:
            by_path[placed(act.edit.path)].append(act.edit)
    for path, changes in sorted(by_path.items()):
        before, after = net(changes)
        replaced = [pair for change in changes for pair in change.replaced]
        trace = fingerprint(before, after, replaced, key, path)
        if trace.features:
            yield trace


def net(changes: Sequence[FileChange]) -> tuple[str | None, str | None]:
    """Return a file before the first change and after the last, where the changes tell.

    A change that tells only what it replaced is made to the text as it was left by the one before.
    """
    before, after = changes[0].before, None
    for change in changes:
        if change.after is not None:
            after = change.after
        elif after is not None:
            after = _made(after, change.replaced)
    return before, after


def _made(text: str, replaced: Iterable[tuple[str, str]]) -> str | None:
    for old, new in replaced:
        if not old or old not in text:
            return None
        text = text.replace(old, new, 1)
    return text
