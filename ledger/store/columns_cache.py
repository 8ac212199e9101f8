"""Keeps the columns in a file beside the ledger, and refreshes them with what came since.

The file holds nothing that the ledger does not: it may be deleted at any time. A line of checked
JSON says what follows and which state it shows, then come the arrays as they lie in memory. Tags,
intents, kinds and labels given since are brought in from the history, and evidence by its own
numbers; any other change makes the file useless. So do other tools than this version knows: rows
hold positions among them, and a version that does not know a tool keeps its rows as "other".
"""

import os
import sqlite3
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from json import dumps, loads
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, assert_never

from ledger.core.columns import COLUMNS, Columns
from ledger.core.edits import Edit, SetLabels, SetLogged, SetProjects, SetValues
from ledger.core.vocabulary import TOOLS
from ledger.store import columns, evidence_versions
from ledger.store.history import decode
from ledger.store.names import json_ids

FORMAT: Final = 6  # another one too when `core.model_names` spells a model otherwise
_LONGEST_HEADER: Final = 64 << 20

_TIMES: Final = (
    "SELECT id, time_ms / 1000 FROM interaction"
    " WHERE hidden = 0 AND id IN (SELECT value FROM json_each(?))"
)
_LABELS: Final = (
    "SELECT name, interaction FROM label WHERE interaction IN (SELECT value FROM json_each(?))"
)


def path_of(ledger: Path) -> Path:
    """Return where the columns of a ledger are kept."""
    return ledger.with_name(ledger.name + ".columns")


def load(ledger: Path, raw: sqlite3.Connection, machine: int) -> Columns | None:
    """Return the kept columns, brought up to date; None when they are of no use."""
    try:
        with path_of(ledger).open("rb") as file:
            header = _header(file)
            if header is None or header["state"] != _state(raw):
                return None
            arrays = _arrays(file, header)
            history, evidence_change = header["history"], header["look"]
            labels = {name: frozenset(ids) for name, ids in header["labels"].items()}
            names: dict[str, Any] = {
                name: tuple(header[name]) for name in ("projects", "worktrees", "models")
            }
            names["project_names"] = dict(header["project_names"])
            names["folders"] = frozenset(header["folders"])
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None
    if arrays is None or not is_known(raw, machine, history):
        return None
    if not evidence_versions.is_known(raw, evidence_change):
        return None
    stamp = raw.execute("SELECT stamp FROM ledger").fetchone()[0]
    cached = Columns(**arrays, **names, labels=labels, stamp=stamp)
    return refresh(raw, machine, cached, NewestShown(history[0], evidence_change[0]))


def is_current(ledger: Path, raw: sqlite3.Connection) -> bool:
    """Whether the kept columns show the ledger's interactions as they are now."""
    try:
        with path_of(ledger).open("rb") as file:
            header = _header(file)
    except (OSError, ValueError):
        return False
    return header is not None and header.get("state") == _state(raw)


def save(ledger: Path, raw: sqlite3.Connection, machine: int, columns: Columns) -> None:
    """Keep the columns; a full disk or a folder without permission only makes starting slower."""
    target = path_of(ledger)
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    with suppress(OSError):
        try:
            descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with open(descriptor, "wb") as file:
                _write(file, raw, machine, columns)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def _write(file: BinaryIO, raw: sqlite3.Connection, machine: int, columns: Columns) -> None:
    blocks = {name: getattr(columns, name) for name, *_ in COLUMNS}
    header = {
        "format": FORMAT,
        "order": sys.byteorder,
        "state": _state(raw),
        "history": newest(raw, machine),
        "look": evidence_versions.newest(raw),
        "tools": TOOLS,
        "arrays": [
            [name, block.typecode, len(block), zlib.crc32(block)] for name, block in blocks.items()
        ],
        "projects": columns.projects,
        "worktrees": columns.worktrees,
        "project_names": dict(columns.project_names),
        "folders": sorted(columns.folders),
        "models": columns.models,
        "labels": {name: sorted(ids) for name, ids in columns.labels.items()},
    }
    line = dumps(header).encode()
    file.writelines((b"%08x " % zlib.crc32(line), line, b"\n", *blocks.values()))


def _state(raw: sqlite3.Connection) -> list[int]:
    return list(raw.execute("SELECT machine, shape, nonce FROM ledger").fetchone())


def _header(file: BinaryIO) -> dict[str, Any] | None:
    check, _, line = file.readline(_LONGEST_HEADER).rstrip(b"\n").partition(b" ")
    if check != b"%08x" % zlib.crc32(line):
        return None
    header = loads(line)
    layout = (header.get("format"), header.get("order"), header.get("tools"))
    return header if layout == (FORMAT, sys.byteorder, list(TOOLS)) else None


def _arrays(file: BinaryIO, header: dict[str, Any]) -> dict[str, Any] | None:
    arrays = {}
    for (name, typecode, *_), (*layout, length, check) in zip(
        COLUMNS, header["arrays"], strict=True
    ):
        if layout != [name, typecode]:
            return None
        block = array(typecode)
        block.fromfile(file, length)
        if zlib.crc32(block) != check:
            return None
        arrays[name] = block
    return arrays


class NewestShown(NamedTuple):
    """The newest entry of the history and the newest change of evidence that columns show."""

    entry: int
    evidence_change: int


def newest(raw: sqlite3.Connection, machine: int) -> list[int]:
    """Return the number and the fingerprint of the newest entry of the history."""
    row = raw.execute(
        "SELECT seq, chain FROM history WHERE machine = ? ORDER BY seq DESC LIMIT 1", (machine,)
    ).fetchone()
    return list(row or (0, 0))


def is_known(raw: sqlite3.Connection, machine: int, entry: list[int]) -> bool:
    """Whether the history holds this very entry; after restoring a backup it may not."""
    seq, chain = entry
    row = raw.execute(
        "SELECT chain FROM history WHERE machine = ? AND seq = ?", (machine, seq)
    ).fetchone()
    return seq == 0 or row == (chain,)


def refresh(raw: sqlite3.Connection, machine: int, cached: Columns, shown: NewestShown) -> Columns:
    """Set what came after it, in the kept columns themselves."""
    edits = [decode(text) for text in _edits_after(raw, machine, shown.entry)]
    ids = {identity for edit in edits for identity in _ids(edit)}
    ids |= evidence_versions.changed_since(raw, shown.evidence_change)
    places = {}
    for identity, time_s in raw.execute(_TIMES, (json_ids(ids),)):
        first = bisect_left(cached.time_s, time_s)
        places[identity] = cached.id.index(
            identity, first, bisect_right(cached.time_s, time_s, first)
        )
    among = {identity: at for at, identity in enumerate(places)}
    for name, values in columns.not_from_logs(raw, among, places).items():
        column = getattr(cached, name)
        for place, value in zip(places.values(), values, strict=True):
            column[place] = value
    if any(isinstance(edit, SetLabels) for edit in edits):
        return replace(cached, labels=_labels(raw, cached, ids, places))
    return cached


def _edits_after(raw: sqlite3.Connection, machine: int, seq: int) -> Iterator[str]:
    rows = raw.execute("SELECT edit FROM history WHERE machine = ? AND seq > ?", (machine, seq))
    return (row[0] for row in rows)


def _ids(edit: Edit) -> Iterator[int]:
    match edit:
        case SetValues() | SetLabels():
            for value in edit.values:
                yield value[0]
        case SetLogged() | SetProjects():
            pass  # interactions are others, or elsewhere: these columns are of no use then
        case _:
            assert_never(edit)


def _labels(
    raw: sqlite3.Connection, cached: Columns, ids: set[int], shown: Iterable[int]
) -> dict[str, frozenset[int]]:
    ids_by_label = {name: set(labelled - ids) for name, labelled in cached.labels.items()}
    for name, identity in raw.execute(_LABELS, (json_ids(shown),)):
        ids_by_label.setdefault(name, set()).add(identity)
    return {
        name: frozenset(ids_by_label[name]) for name in sorted(ids_by_label) if ids_by_label[name]
    }
