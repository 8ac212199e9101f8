"""Stops the clock of this process and its luck, so that the same pictures come out on any day.

Whoever imports `datetime` by name gets the one that stands: stop before `ledger` is imported.
"""

import datetime as dt
import os
import secrets
import time
import uuid

NOW = dt.datetime(2026, 11, 22, 15, 0, tzinfo=dt.UTC)
NOW_MS = int(NOW.timestamp() * 1000)


class Still(dt.datetime):
    """A time that is always NOW when it is asked for."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> "Still":
        """Return NOW in a zone, or as this process's clock on the wall shows it."""
        return cls.fromtimestamp(NOW.timestamp(), tz)


def stop() -> None:
    """Let every clock but the monotonic one stand still, in UTC, and draw the same lots."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    time.time = NOW.timestamp
    time.time_ns = lambda: NOW_MS * 1_000_000
    dt.datetime = Still
    secrets.token_bytes = lambda count=32: bytes(count)
    uuid.uuid4 = lambda: uuid.UUID(int=1)
