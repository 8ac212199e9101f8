"""What the person narrowed the ledger to; every part given must hold."""

from dataclasses import dataclass

from ledger.core.vocabulary import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Empty sets and None mean “any”. `tags` holds `Tag` values and 0 for untagged.

    `since_s` is inclusive, `until_s` exclusive, both seconds since 1970 UTC. `projects` holds
    project keys. `text` is matched by the flow that searches, never by a metric.
    """

    since_s: int | None = None
    until_s: int | None = None
    tools: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    worktrees: frozenset[str] = frozenset()  # names, "" for the main checkout
    labels: frozenset[str] = frozenset()
    tags: frozenset[int] = frozenset()
    intents: frozenset[Intent] = frozenset()
    kinds: frozenset[int] = frozenset()  # `Kind` values, 0 for unsorted
    ids: frozenset[int] | None = None  # the result of a text search
    text: str = ""


ANY = Filter()
