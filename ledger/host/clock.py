"""The time of this computer: core and flows have none of their own, and are given it."""

import time


def now_ms() -> int:
    """Return the time in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000
