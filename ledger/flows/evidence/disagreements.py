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

MOST = 500  # the newest that evidence contradicts; more than that nobody reads


class Disagreement(NamedTuple):
    """One output and its three witnesses."""

    row: InteractionRow
    said: Witnesses
    why: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return who says what, in one sentence."""
        person, git, tool = self.said
        parts = [f"You: {person.title if person else 'untagged'}"]
        if git is not None:
            parts.append(f"git: {git.title}")
        if tool is not None:
            parts.append(f"the tool: {TOOL_WORDS[tool]}")
        return ". ".join(parts) + "."


TOOL_WORDS = {Tag.KEPT: "accepted", Tag.EDITED: "changed by hand", Tag.THROWN_AWAY: "refused"}


def disagreements(store: Store, frame: Frame, chosen: Filter) -> list[Disagreement]:
    """Return the disagreements under a filter: the widest first, then those that cost most."""
    ids = _candidates(frame, chosen)
    known = facts(store, frame, frozenset(ids))
    found = [_looked_at(row, known[row.id]) for row in store.rows(ids) if row.id in known]
    differing = [one for one in found if one.said.differ]
    return sorted(differing, key=lambda one: (-one.said.gap, -one.row.te, -one.row.time_ms))


def agreed(frame: Frame, chosen: Filter) -> tuple[str, str]:
    """Say in a title and a sentence why there is no disagreement under a filter."""
    known = int((frame.select(chosen).interactions & (frame.suggested > 0)).sum())
    if known:
        some = count(known, "interaction")
        return "Everybody agrees", f"There is evidence on {some}, and nothing speaks against a tag."
    return "Nothing to compare yet", (
        "Evidence is looked for while the program is open; what git shows counts from the seventh "
        "day on."
    )


def _candidates(frame: Frame, chosen: Filter) -> list[int]:
    """Return the newest interactions where the evidence speaks against the tag or the tool."""
    contradicts = (frame.tag > 0) & (frame.tag != frame.suggested)
    vanished = (frame.tag == 0) & (frame.suggested == Tag.THROWN_AWAY)
    mine = frame.select(chosen).interactions & (frame.suggested > 0) & (contradicts | vanished)
    ids: list[int] = frame.id[np.flatnonzero(mine)[::-1][:MOST]].tolist()
    return ids


def _looked_at(row: InteractionRow, known: Facts) -> Disagreement:
    return Disagreement(row, witnesses(known, row.tag), tuple(reasons(known)))
