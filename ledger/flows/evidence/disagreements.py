"""Where the person, git and the tool's own record say different things of one output.

Nothing is corrected: a tag that later evidence contradicts is listed, and stays.
"""

from typing import NamedTuple

import numpy as np

from ledger.core.filters import Filter
from ledger.core.formatting import count
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Tag
from ledger.evidence.rules import Facts, reasons
from ledger.evidence.witnesses import Witnesses, witnesses
from ledger.flows.tagging.suggestions import facts
from ledger.metrics.frame import Frame
from ledger.store.store import Store

MOST_LISTED = 500  # the newest that evidence contradicts; more than that nobody reads
TOOL_WORDS = {Tag.KEPT: "accepted", Tag.EDITED: "changed by hand", Tag.THROWN_AWAY: "refused"}


class Disagreement(NamedTuple):
    """One output and its three witnesses."""

    row: InteractionRow
    witnesses: Witnesses
    why: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return who says what, in one sentence."""
        person, git, tool = self.witnesses
        parts = [f"You: {person.title if person else 'untagged'}"]
        if git is not None:
            parts.append(f"git: {git.title}")
        if tool is not None:
            parts.append(f"the tool: {TOOL_WORDS[tool]}")
        return ". ".join(parts) + "."


def disagreements(store: Store, frame: Frame, filter_: Filter) -> list[Disagreement]:
    """Return the disagreements under a filter: the widest first, then those that cost most."""
    ids = _candidates(frame, filter_)
    facts_by_id = facts(store, frame, frozenset(ids))
    compared = [
        _disagreement(row, facts_by_id[row.id]) for row in store.rows(ids) if row.id in facts_by_id
    ]
    differing = [disagreement for disagreement in compared if disagreement.witnesses.differ]
    return sorted(
        differing,
        key=lambda disagreement: (
            -disagreement.witnesses.gap,
            -disagreement.row.te,
            -disagreement.row.time_ms,
        ),
    )


def agreed(frame: Frame, filter_: Filter) -> tuple[str, str]:
    """Say in a title and a sentence why there is no disagreement under a filter."""
    evidenced = int((frame.select(filter_).interactions & (frame.suggested > 0)).sum())
    if evidenced:
        interactions = count(evidenced, "interaction")
        return (
            "Everybody agrees",
            f"There is evidence on {interactions}, and nothing speaks against a tag.",
        )
    return "Nothing to compare yet", (
        "Evidence is looked for while the program is open; what git shows counts from the seventh "
        "day on."
    )


def _candidates(frame: Frame, filter_: Filter) -> list[int]:
    """Return the newest interactions where the evidence speaks against the tag or the tool."""
    contradicts = (frame.tag > 0) & (frame.tag != frame.suggested)
    vanished = (frame.tag == 0) & (frame.suggested == Tag.THROWN_AWAY)
    contradicted = (
        frame.select(filter_).interactions & (frame.suggested > 0) & (contradicts | vanished)
    )
    ids: list[int] = frame.id[np.flatnonzero(contradicted)[::-1][:MOST_LISTED]].tolist()
    return ids


def _disagreement(row: InteractionRow, row_facts: Facts) -> Disagreement:
    return Disagreement(row, witnesses(row_facts, row.tag), tuple(reasons(row_facts)))
