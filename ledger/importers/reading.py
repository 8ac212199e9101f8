"""Reads one log file from where it was left, safely, and hands its lines to an importer."""

import os
import stat
import zlib
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Protocol

import zstandard

from ledger.core.ids import bytes_id
from ledger.core.parts import Batch, Cursor, Reading, Rejected
from ledger.importers.base import Importer, Layout, Line

BLOCK_BYTES = 4 << 20
LONGEST_LINE = 128 << 20  # one line may hold a whole file or a picture; beyond this it is skipped
LONGEST_DOCUMENT = 512 << 20
EDGE_BYTES = 256  # how much of both ends a cursor remembers
TOO_LONG = "line longer than 128 MiB"
BOM = b"\xef\xbb\xbf"


class BinaryReader(Protocol):
    """A stream of bytes, plain or unpacked on the way."""

    def read(self, size: int = -1, /) -> bytes | None:
        """Return at most `size` bytes."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the stream."""
        ...


def open_log(path: str) -> FileIO:
    """Open a regular file for reading; raises OSError for a pipe, a device or a socket.

    O_NONBLOCK keeps a pipe somebody put among the logs from holding us for ever.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("not a regular file")
    return FileIO(descriptor, "r")


def read_file(importer: Importer, path: str, known: Cursor | None) -> Reading:
    """Read what is new in a file; a problem with the file is a sentence, not an exception."""
    try:
        with open_log(path) as raw:
            return _read_open(importer, path, raw, known)
    except OSError as problem:
        sentence = problem.strerror or str(problem)
    except zstandard.ZstdError:
        sentence = "the compressed file is damaged"
    except MemoryError:
        sentence = "the file needs more memory than there is"
    cursor = known or Cursor(path)
    return Reading(importer.tool, cursor, Batch(), sentence)


def _read_open(importer: Importer, path: str, raw: FileIO, known: Cursor | None) -> Reading:
    status = os.fstat(raw.fileno())
    layout = importer.layout(Path(path))
    packed = path.endswith(".zst")
    stream: BinaryReader = _unpacked(raw) if packed else raw
    resumes = layout is Layout.TAIL and not packed and _goes_on(importer, raw, status, known)
    start, state = (known.offset, known.state) if resumes and known else (0, "")
    batch = Batch()
    if layout is Layout.DOCUMENT:
        end = _read_document(importer, path, stream, batch)
    else:
        end, state = _read_lines(importer, path, stream, start, state, batch)
    head, tail = (0, 0) if packed else _edges(raw, end)
    cursor = Cursor(
        path=path,
        device=status.st_dev,
        inode=status.st_ino,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        offset=end,
        head_crc=head,
        tail_crc=tail,
        parser=importer.version,
        state=state if layout is Layout.TAIL else "",
    )
    return Reading(importer.tool, cursor, batch, start=start)


def _unpacked(raw: FileIO) -> zstandard.ZstdDecompressionReader:
    """Return the stream inside; a file packed in several runs holds several frames."""
    decompressor = zstandard.ZstdDecompressor()
    return decompressor.stream_reader(raw, closefd=False, read_across_frames=True)


def _goes_on(importer: Importer, raw: FileIO, status: os.stat_result, known: Cursor | None) -> bool:
    """Whether the file is the one the cursor knows, only longer."""
    return (
        known is not None
        and known.parser == importer.version
        and status.st_size >= known.offset > 0
        and _edges(raw, known.offset) == (known.head_crc, known.tail_crc)
    )


def _edges(raw: FileIO, offset: int) -> tuple[int, int]:
    head = os.pread(raw.fileno(), min(EDGE_BYTES, offset), 0)
    begin = max(0, offset - EDGE_BYTES)
    return zlib.crc32(head), zlib.crc32(os.pread(raw.fileno(), offset - begin, begin))


def _read_document(importer: Importer, path: str, stream: BinaryReader, batch: Batch) -> int:
    data = stream.read(LONGEST_DOCUMENT + 1) or b""
    if len(data) > LONGEST_DOCUMENT:
        batch.rejected.append(Rejected(0, len(data), 0, "document larger than 512 MiB"))
        return 0
    if data.strip():
        batch.lines += 1
        importer.read(Path(path), [_unmarked(0, data)], "", batch)
    return len(data)


def _read_lines(
    importer: Importer,
    path: str,
    stream: BinaryReader,
    start: int,
    state: str,
    batch: Batch,
) -> tuple[int, str]:
    lines = _Lines(stream, start, batch)
    state = importer.read(Path(path), iter(lines), state, batch)
    # A complete record whose newline has not come yet counts now and is read again next time.
    if lines.rest.rstrip().endswith(b"}"):
        trial = Batch()
        importer.read(Path(path), [_unmarked(lines.end, lines.rest)], state, trial)
        if not trial.rejected:
            for name in ("sessions", "prompts", "requests", "edits", "totals", "spans"):
                getattr(batch, name).extend(getattr(trial, name))
    return lines.end, state


class _Lines:
    """Iterates over the complete lines of a stream; `end` and `rest` tell what was left over."""

    def __init__(self, stream: BinaryReader, start: int, batch: Batch) -> None:
        self._stream, self._batch = stream, batch
        if start:
            stream.seek(start)
        self.end = start
        self.rest = b""

    def __iter__(self) -> Iterator[Line]:
        batch = self._batch
        pieces: list[bytes] = []
        pending = 0
        while block := self._stream.read(BLOCK_BYTES):
            if b"\n" not in block:
                pending += len(block)
                if pending <= LONGEST_LINE:
                    pieces.append(block)
                else:
                    pieces.clear()  # skip it, but keep counting where we are
                continue
            first, *later_pieces = block.split(b"\n")
            if pending > LONGEST_LINE:
                length = pending + len(first)
                batch.lines += 1
                batch.rejected.append(Rejected(self.end, length, 0, TOO_LONG))
                self.end += length + 1
                complete = later_pieces[:-1]
            else:
                complete = [b"".join([*pieces, first]), *later_pieces[:-1]]
            for data in complete:
                offset = self.end
                self.end += len(data) + 1
                if data and not data.isspace():
                    batch.lines += 1
                    yield (offset, data) if offset else _unmarked(offset, data)
            pieces, pending = [later_pieces[-1]], len(later_pieces[-1])
        self.rest = b"".join(pieces) if pending <= LONGEST_LINE else b""


def _unmarked(offset: int, data: bytes) -> Line:
    """Return a line without the byte order mark a file may begin with, and where it begins then."""
    if offset == 0 and data.startswith(BOM):
        return len(BOM), data[len(BOM) :]
    return offset, data


def bytes_between(path: str, offset: int, end: int) -> bytes:
    """Return the bytes of a log that lie in [offset, end); raises OSError when it is gone."""
    with open_log(path) as raw:
        if path.endswith(".zst"):
            try:
                with _unpacked(raw) as stream:
                    return stream.read(end)[offset:]
            except zstandard.ZstdError:
                raise OSError("the compressed file is damaged") from None
        return os.pread(raw.fileno(), end - offset, offset)


def lines_between(path: str, offset: int, end: int) -> list[bytes]:
    """Return the lines of a log that lie in [offset, end); raises OSError when it is gone."""
    data = bytes_between(path, offset, end)
    return [line for line in data.split(b"\n") if line and not line.isspace()]


def is_unchanged(line: bytes, check: int) -> bool:
    """Whether the line is still the one a pointer was made for."""
    return bytes_id(line) == check
