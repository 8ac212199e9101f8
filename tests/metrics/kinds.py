"""Frames of interactions of given kinds of work, one project, one model."""

from ledger.core.columns import Columns
from ledger.metrics.frame import Frame

HOUR = 3600
MTE = 20_000_000


def kinds_frame(*rows, te=MTE, start_s=1_780_000_200, read=0):
    """Return a frame; a row is (seconds after the start, kind, tag) with an optional intent."""
    columns = Columns(projects=("/p",), models=("m",))
    for n, (after, kind, tag, *more) in enumerate(sorted(rows)):
        time_s = start_s + after
        values = {
            "id": n + 1, "time_s": time_s, "session": 1, "project": 0, "tool": 0, "origin": 0,
            "tag": int(tag), "intent": int(more[0]) if more else 0, "kind": int(kind),
            "suggested": 0, "confidence": 0, "owner": n, "model": 0, "quarter": time_s // 900,
            "requests": 1, "unknown": 0, "input": 1000, "cache_read": read, "cache_write": 0,
            "output": 0, "reasoning": 0, "te_low": te, "te": te, "te_high": te,
        }  # fmt: skip
        for name, value in values.items():
            getattr(columns, name).append(value)
    return Frame.of(columns)
