"""How many interactions of the ledger have each value of a key, counted once per frame."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ledger.core.words import TOOLS, Intent
from ledger.flows.filter_words.vocabulary import Key
from ledger.metrics.arrays import Ints
from ledger.metrics.frame import Frame
from ledger.metrics.grouping import grouping


class ValueCounts(dict[str, Mapping[Any, int]]):
    """The counts made of one frame."""


def counts(frame: Frame, key: Key) -> Mapping[Any, int]:
    """Return interactions by value; an interaction with two models counts for both."""
    cached = frame.kept(ValueCounts)
    # Tags move while a frame's caches stay: they are counted each time.
    if key.name == "tag":
        return _counted(frame.tag, range(4))
    if key.name not in cached:
        cached[key.name] = _counts(frame, key.name)
    return cached[key.name]


def _counts(frame: Frame, name: str) -> Mapping[Any, int]:
    match name:
        case "tool":
            return _counted(frame.tool, [str(tool) for tool in TOOLS])
        case "project":
            return _counted(frame.project, frame.projects)
        case "model":
            return _counted(grouping(frame, "model").group, frame.models)
        case "kind":
            return _counted(frame.kind, range(int(frame.kind.max(initial=0)) + 1))
        case "intent":
            return _counted(frame.intent, list(Intent))
    return {label: len(ids) for label, ids in frame.labels.items()}


def _counted(numbers: Ints, values: Any) -> Mapping[Any, int]:
    sizes = np.bincount(numbers, minlength=len(values)).tolist()
    return dict(zip(values, sizes, strict=False))
