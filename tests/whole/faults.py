"""Faults to plant on purpose: a gate that no fault can fail is no gate.

`python -m tests.whole.faults NAME command ...` runs the program with one of them.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say_before_saving() -> None:
    """Acknowledge an edit, and only then save it."""
    from ledger.cli import tag
    from ledger.core.edits import title_of

    def record(workspace, edit, ids, as_json):
        tag.say_json({"done": title_of(edit), "ids": []})
        workspace.history.do(edit)

    tag.record = record


def save_later() -> None:
    """Leave the transaction open until the ledger is closed."""
    from ledger.store.connection import Connection

    @contextmanager
    def writing(self: Connection) -> Iterator[sqlite3.Connection]:
        if not self.raw.in_transaction:
            self.raw.execute("BEGIN IMMEDIATE")
        yield self.raw

    @contextmanager
    def reading(self: Connection) -> Iterator[sqlite3.Connection]:
        yield self.raw

    def close(self: Connection) -> None:
        time.sleep(0.002)
        if self.raw.in_transaction:
            self.raw.execute("COMMIT")
        self.raw.close()

    Connection.writing, Connection.reading, Connection.close = writing, reading, close


def cursor_first() -> None:
    """Note how far a log was read in one transaction, and store its rows in the next."""
    from ledger.store import sources
    from ledger.store.store import Store

    add = Store.add

    def apart(self: Store, readings, *checkouts):
        with self._connection.writing() as raw:
            sources.note(raw, self._machine, readings)
        time.sleep(0.01)  # a machine under load would take as long
        return add(self, readings, *checkouts)

    Store.add = apart


def forget_ids() -> None:
    """Number prompts anew instead of knowing them again."""
    from ledger.store import imports

    merge = imports.merge_readings

    def numbered(readings, files):
        for reading in readings:
            fresh = [part._replace(id=_random()) for part in reading.batch.prompts]
            reading.batch.prompts[:] = fresh
        return merge(readings, files)

    imports.merge_readings = numbered


def _random() -> int:
    return int.from_bytes(os.urandom(8)) >> 1


def do_not_sync() -> None:
    """Let SQLite say “saved” while the bytes are still in memory only."""
    from ledger.store import connection

    connection.PRAGMAS = tuple(
        (name, 0, 0) if name == "synchronous" else (name, value, expected)
        for name, value, expected in connection.PRAGMAS
    )


FAULTS = {
    fault.__name__: fault
    for fault in (say_before_saving, save_later, cursor_first, forget_ids, do_not_sync)
}

if __name__ == "__main__":
    FAULTS[sys.argv.pop(1)]()
    from ledger.__main__ import main

    sys.exit(main())
