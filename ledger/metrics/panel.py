"""All figures of a selection that stand in the registry, one after the other."""

from ledger.core.figures import Doubt, Figure
from ledger.metrics.look import Look
from ledger.metrics.registry import METRICS, Metric


def panel(look: Look) -> tuple[Figure, ...]:
    """Return every figure of the selection that has an answer, in the order of the registry."""
    return tuple(figure(metric, look) for metric in METRICS if metric.answer is not None)


def figure(metric: Metric, look: Look) -> Figure:
    """Return one figure; without an answer of its own, one that says nothing."""
    if metric.answer is None:
        return Figure(key=metric.key, unit=metric.unit)
    found = metric.answer(look)
    if found.low is None and found.high is None:
        found = found._replace(doubt=Doubt.NONE)
    return Figure(key=metric.key, unit=metric.unit, **found._asdict())
