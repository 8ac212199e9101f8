"""Rows of figures, each beside its limit, printed as they come."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measurement: the median of its runs, the spread, and what it is held against."""

    label: str
    values: tuple[float, ...]
    unit: str
    limit: str = ""  # what the figure is compared with, in words and numbers

    def line(self) -> str:
        """Return the row as it is printed."""
        low, mid, high = min(self.values), statistics.median(self.values), max(self.values)
        spread = f"({low:,.2f} to {high:,.2f}, n={len(self.values)})"
        return f"{self.label:<58} {mid:>10,.2f} {self.unit:<5} {spread:<32} {self.limit}"


def timed(work: Callable[[], object], runs: int = 5, unit: float = 1e3) -> tuple[float, ...]:
    """Return how long each run of `work` took; `unit` 1e3 gives milliseconds."""
    values = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        values.append((time.perf_counter() - started) * unit)
    return tuple(values)


def show(figures: Sequence[Figure]) -> None:
    """Print figures at once, so that a long benchmark tells how far it is."""
    for figure in figures:
        print(figure.line(), flush=True)


def ratio(a: Sequence[float], b: Sequence[float]) -> str:
    """Return the median ratio of two measurements in words."""
    return f"{statistics.median(a) / statistics.median(b):.2f}x"
