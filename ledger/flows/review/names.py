"""Which names leave: projects become letters, models that are not public become “other”."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np

from ledger.core import projects
from ledger.core.known_models import public_name
from ledger.core.report import Include
from ledger.core.vocabulary import TOOL_TITLES, Tool
from ledger.flows.insights.charts import weights
from ledger.metrics.frame import Frame, Selection

NO_PROJECT = "No project"


@dataclass(frozen=True, slots=True)
class Names:
    """What everything is called in the file; the map from letters to projects stays here."""

    projects: Mapping[str, str]  # project key -> name in the file, in the order of size
    models: Mapping[str, str]

    def tool(self, key: str) -> str:
        """Return a tool's full name."""
        return TOOL_TITLES[Tool(key)]


def names(frame: Frame, selection: Selection, include: Collection[Include]) -> Names:
    """Name what a selection holds; letters go by size, the largest project first."""
    sizes = np.bincount(frame.project, weights(frame, selection), len(frame.projects))
    is_used = np.bincount(frame.project[selection.rows], minlength=len(frame.projects)) > 0
    order = [int(at) for at in np.argsort(-sizes, kind="stable") if is_used[at]]
    keys = [frame.projects[at] for at in order]
    if Include.PROJECT_NAMES in include:
        shown = projects.names(keys, frame.project_names)
    else:
        named_keys = [key for key in keys if key]
        shown = {key: f"Project {letters(at)}" for at, key in enumerate(named_keys)}
    shown |= {"": NO_PROJECT}
    is_open = Include.MODEL_NAMES in include
    models = {model: model if is_open else public_name(model) for model in frame.models}
    return Names({key: shown[key] for key in keys}, models)


def letters(number: int) -> str:
    """Return A to Z, then AA, AB and so on, for 0, 1 and so on."""
    word = ""
    number += 1
    while number:
        number, at = divmod(number - 1, len(ascii_uppercase))
        word = ascii_uppercase[at] + word
    return word
