"""Looks at an interaction's log and says what the ledger keeps of it: facts, never text."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ledger.core.evidence import Act, ActKind, Observation
from ledger.core.ids import content_id
from ledger.core.rows import InteractionRow, Pointer
from ledger.core.vocabulary import Kind, Tool
from ledger.evidence.kinds import OwnRule
from ledger.evidence.summarize import RULES, summarize
from ledger.importers.reading import bytes_between, is_unchanged, lines_between
from ledger.importers.registry import IMPORTERS

AFTER_BYTES: Final = 1 << 20  # of the log after an interaction: what became of it is told soon
LONGEST_HEAD: Final = 1 << 20  # bytes of the line that a log begins with
LARGEST_RULES: Final = 1_000  # our own numbers stay below it
LONGEST_BYTES: Final = 64 << 20  # bytes of one interaction; only a loop that ran away writes more

_WORK_KINDS: Final = frozenset(
    {ActKind.EDIT, ActKind.READ, ActKind.SEARCH, ActKind.RUN, ActKind.WEB, ActKind.PLAN}
)


def own_rules(setting: str) -> tuple[OwnRule, ...]:
    """Return the person's own rules from the setting: `*.tf: operations, docs/*: writing`.

    What cannot be understood is left out; the setting's form was checked when it was chosen.
    """
    kinds = {kind.key: kind for kind in Kind}
    rules = []
    for part in setting.split(","):
        pattern, _, name = (word.strip() for word in part.rpartition(":"))
        if pattern and name in kinds:
            rules.append(OwnRule(pattern, kinds[name]))
    return tuple(rules)


def version_of(own: Sequence[OwnRule]) -> int:
    """Return the number of the rules in force; other own rules give another number."""
    if not own:
        return RULES
    return RULES + LARGEST_RULES * (1 + content_id(repr(own)) % 1_000_000)


def observe(
    row: InteractionRow, key: bytes, own: Sequence[OwnRule] = (), version: int = RULES
) -> Observation | None:
    """Return what the log of an interaction shows; None when no log holds it any more."""
    for pointer in row.pointers:
        acts = acts_at(pointer)
        if acts is not None:
            return summarize(
                row.id,
                reach(row),
                acts,
                key,
                own=own,
                version=version,
                placed=lambda path: absolute_path(path, row.directory),
            )
    return None


def missing_log_observation(row: InteractionRow, version: int = RULES) -> Observation:
    """Return what stands for a log that is gone: that it was looked for."""
    return Observation(interaction=row.id, version=version, end=reach(row))


def reach(row: InteractionRow) -> int:
    """Return how far the interaction's logs reach, as the store compares it."""
    return max((pointer.end for pointer in row.pointers), default=0)


def absolute_path(path: str, directory: str) -> str:
    """Make a path absolute that a log gives as the tool was given it."""
    if not directory or path.startswith(("/", "~")) or "\\" in path or path[1:2] == ":":
        return path
    return posixpath.normpath(posixpath.join(directory, path))


def acts_at(pointer: Pointer) -> list[Act] | None:
    """Read the acts of an interaction, with those of its sub-agents; None when the log is gone."""
    try:
        first = bytes_between(pointer.path, pointer.offset, pointer.offset + pointer.length)
        if not is_unchanged(first, pointer.check):
            return None
        end = min(max(pointer.end, pointer.offset), pointer.offset + LONGEST_BYTES)
        lines = lines_between(pointer.path, pointer.offset, end)
        after = lines_between(pointer.path, end, end + AFTER_BYTES)
    except OSError:
        return None
    importer = IMPORTERS[Tool(pointer.tool)]
    after += _heads(importer.sequels(Path(pointer.path)))
    return list(_with_subagents(pointer, importer.acts(lines or [first], after)))


def _heads(paths: Iterable[Path]) -> list[bytes]:
    """Return the first line of each log that can be read."""
    heads: list[bytes] = []
    for path in paths:
        with suppress(OSError):
            heads += lines_between(str(path), 0, LONGEST_HEAD)[:1]
    return heads


def _with_subagents(pointer: Pointer, acts: Iterable[Act]) -> Iterator[Act]:
    """Yield the acts, and after each delegation what the sub-agent did, if its log is there."""
    importer = IMPORTERS[Tool(pointer.tool)]
    for act in acts:
        yield act
        if act.kind is not ActKind.DELEGATE or not act.words:
            continue
        for path in importer.subagent_logs(Path(pointer.path), act.words):
            with suppress(OSError):
                lines = lines_between(str(path), 0, LONGEST_BYTES)
                yield from (
                    sub_act for sub_act in importer.acts(lines) if sub_act.kind in _WORK_KINDS
                )
