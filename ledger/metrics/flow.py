"""Where the tokens went: from tools to models to what became of the output."""

from datetime import tzinfo

import numpy as np

from ledger.core.curves import Flow, Link
from ledger.core.words import TOOLS, Tag
from ledger.metrics.arrays import Floats, Ints, weighed
from ledger.metrics.blocks import EDITED_WORTH, TAGS
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.sized import TWENTIETHS_A_MILLION

LARGEST = 8  # names of a layer; all beyond are drawn together
OTHERS = "others"
OUTCOMES = (*(tag.title for tag in Tag), "untagged")
OUTCOME_OF_TAG = (3, 0, 1, 2)


def flow(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Flow:
    """Return the token-equivalents of a selection by tool, model and outcome.

    Names are tool keys and model names; beyond the eight largest they fold into “others”.
    """
    parts = selection.parts
    owner, te = frame.owners[parts], frame.te[parts]
    models = max(len(frame.models), 1)
    cell = (frame.tool[owner] * np.intp(models) + frame.model[parts]) * TAGS + frame.tag[owner]
    mte = weighed(cell, te, len(TOOLS) * models * TAGS).reshape(len(TOOLS), models, TAGS)
    mte /= TWENTIETHS_A_MILLION
    tool_names, tool_at = _largest([str(tool) for tool in TOOLS], mte.sum(axis=(1, 2)))
    model_names, model_at = _largest(list(frame.models), mte.sum(axis=(0, 2)))
    to_model = _folded(mte.sum(axis=2), tool_at, model_at, len(tool_names), len(model_names))
    outcome_at = np.asarray(OUTCOME_OF_TAG)
    to_outcome = _folded(mte.sum(axis=0), model_at, outcome_at, len(model_names), len(OUTCOMES))
    return Flow(
        tools=tuple(tool_names),
        models=tuple(model_names),
        outcomes=OUTCOMES,
        links=(
            *_links(tool_names, model_names, to_model),
            *_links(model_names, list(OUTCOMES), to_outcome),
        ),
    )


def _largest(names: list[str], mte: Floats) -> tuple[list[str], Ints]:
    """Return the names that are drawn, from large to small, and the place of each original."""
    order = sorted(np.flatnonzero(mte[: len(names)]).tolist(), key=lambda at: (-mte[at], names[at]))
    shown = [names[at] for at in order[:LARGEST]]
    place = np.full(len(mte), len(shown), dtype=np.intp)
    place[order[:LARGEST]] = np.arange(len(shown))
    return [*shown, OTHERS] if len(order) > LARGEST else shown, place


def _folded(mte: Floats, rows: Ints, columns: Ints, height: int, width: int) -> Floats:
    # What has no tokens may point one place beyond: it adds nothing and is cut off.
    sums = np.zeros((height + 1, width + 1))
    np.add.at(sums, (rows[:, np.newaxis], columns), mte)
    return sums[:height, :width]


def _links(sources: list[str], targets: list[str], mte: Floats) -> list[Link]:
    return [
        Link(sources[row], targets[column], float(mte[row, column]))
        for row, column in np.argwhere(mte > 0).tolist()
    ]
