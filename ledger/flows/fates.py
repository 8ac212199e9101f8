"""What became of an interaction's files together, from what was seen of each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from ledger.core.evidence import Fate
from ledger.evidence.change import Change
from ledger.evidence.survival import GONE, Measure, Total, replaced_share, together

ENOUGH: Final = 0.8  # of what was added: where less is there, somebody changed it
PRESENT: Final = 0.25
REPLACED: Final = 0.5  # of what is missing
PATIENCE_S: Final = 7 * 86_400  # so long may work wait for its first commit


class Seen(NamedTuple):
    """What was found of one file's change, None where that is unknown."""

    anywhere: Measure | None = None
    landed: Measure | None = None  # on the default branch
    committed: Measure | None = None  # on any branch looked at, then or now
    commit: str = ""


class File(NamedTuple):
    """One file's change as it was seen, with the size it had and what later edits did there."""

    seen: Seen
    size: int
    later: Sequence[Change]


def total_of(files: Sequence[File], unseen: int) -> tuple[Total, float | None] | None:
    """Return what is left anywhere, and the share on the default branch where all of it is known.

    None when more is unknown than known; `unseen` is the size of what nobody could look for.
    """
    known = [one for one in files if one.seen.anywhere]
    size = sum(one.size for one in known)
    missing = unseen + sum(one.size for one in files) - size
    if missing > size or (missing and not known):
        return None
    total = together([one.seen.anywhere for one in known if one.seen.anywhere])
    landed = [one.seen.landed for one in known if one.seen.landed]
    is_told = total.kept is not None and len(landed) == len(known)
    return total, together(landed).kept if is_told else None


def fate_of(files: Sequence[File], total: Total, age_s: int) -> Fate:
    """Return what that means, the output being so old."""
    if total.kept is None:
        return Fate.TOO_SMALL
    pairs = [(one.seen.anywhere, one.later) for one in files if one.seen.anywhere]
    took_away = any(one.change.removed_grams for one, _ in pairs)
    if total.reverted and took_away:
        return Fate.REVERTED  # as it was before, whoever did it
    if total.kept < ENOUGH and replaced_share(pairs) >= REPLACED:
        return Fate.SUPERSEDED
    if total.reverted:
        return Fate.REVERTED
    is_parked = age_s >= PATIENCE_S and total.kept >= PRESENT and _is_uncommitted(files)
    return Fate.PARKED if is_parked else Fate.MEASURED


def _is_uncommitted(files: Sequence[File]) -> bool:
    """Whether no commit ever held it; outside a repository nobody can say that."""
    committed = [one.seen.committed for one in files if one.seen.committed]
    return len(committed) == len(files) and (together(committed).kept or 0.0) < GONE
