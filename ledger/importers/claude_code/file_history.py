"""Reads the checkpoints of files that Claude Code keeps, for what was put back afterwards.

With every prompt a `file-history-snapshot` names each file that was changed in the session, with
the copy that holds it as it was then: a new copy where it had changed since, none where it was
gone. Taking files back with `/rewind` writes no row of its own: only the next snapshot shows it.
"""

import posixpath
from collections.abc import Iterator

from msgspec import UNSET, Raw, Struct, UnsetType

from ledger.importers.claude_code.records import NOTHING, Number, part_of
from ledger.importers.fields import milliseconds, text


class Copy(Struct, gc=False, rename="camel"):
    """The copy of one file; without a name the file was not there."""

    backup_file_name: str | UnsetType | None = UNSET
    backup_time: Number = None
    real_parent_dir: str | None = None


class Snapshot(Struct, gc=False, rename="camel"):
    """Every file of the session that was changed so far."""

    timestamp: Number = None
    tracked_file_backups: dict[str, Copy] | None = None


class SnapshotRow(Struct, gc=False, rename="camel"):
    """A row that holds a snapshot; updates are written while the model works."""

    is_snapshot_update: bool | None = None
    snapshot: Raw = NOTHING


class FileThen(Struct, gc=False):
    """How one file was when a snapshot was taken."""

    name: str  # as the tool tracks it: below its folder, or absolute
    folder: str  # that holds it; "" in older versions
    is_gone: bool
    copied_ms: int  # when the copy was made, or when it was seen that the file is gone

    def is_at(self, path: str) -> bool:
        """Whether this is the file at an absolute path."""
        path, name = path.replace("\\", "/"), self.name.replace("\\", "/")
        if self.folder:
            folder = self.folder.replace("\\", "/")
            return path == posixpath.join(folder, posixpath.basename(name))
        return path == name or path.endswith(f"/{name}")

    def is_put_back(self, changed_ms: int) -> bool:
        """Whether a file that was changed then is as it was before, or is gone."""
        if self.is_gone:
            return self.copied_ms > changed_ms
        return 0 < self.copied_ms <= changed_ms


def files_in(line: bytes, after_ms: int) -> Iterator[FileThen]:
    """Return the files in a snapshot that was taken with a prompt, after a moment."""
    row = part_of(Raw(line), SnapshotRow)
    snapshot = part_of(row.snapshot, Snapshot)
    if row.is_snapshot_update or (milliseconds(snapshot.timestamp) or 0) <= after_ms:
        return
    for name, copy in (snapshot.tracked_file_backups or {}).items():
        if copy.backup_file_name is not UNSET:
            yield FileThen(
                text(name),
                text(copy.real_parent_dir),
                copy.backup_file_name is None,
                milliseconds(copy.backup_time) or 0,
            )
