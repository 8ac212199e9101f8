"""A repository's files as they were: one long-lived `git cat-file`, asked one object at a time."""

import os
import selectors
import subprocess
import time
from contextlib import suppress
from types import TracebackType
from typing import Final, NamedTuple, Self

from ledger.core.errors import GitError
from ledger.host import git

LONGEST_LINE: Final = 64 * 1024
# A blob that a partial clone does not have ends the process: it may not fetch it.
MOST_ENDS: Final = 200
_CHUNK: Final = 64 * 1024


class ObjectHeader(NamedTuple):
    """What stands at a name."""

    oid: str
    kind: str  # "blob", "tree", "commit", "tag"
    size: int  # bytes


class Objects:
    """The objects of one repository; close it, or use it in a `with`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self._ends = 0
        self._knows_commands = True  # False before git 2.36

    def find(self, name: str) -> ObjectHeader | None:
        """Return what stands at a revision name such as `<oid>:<path>`; raises GitError.

        None when nothing does, or when this clone does not have it.
        """
        return self._ask("info", name, 0)[0]

    def contents(self, oid: str, largest: int) -> bytes | None:
        """Return a blob's bytes; None when it is larger than that, no blob, or not here."""
        header = self.find(oid)
        if header is None or header.kind != "blob" or header.size > largest:
            return None
        return self._ask("contents", oid, largest)[1]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._buffer.clear()
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.kill()  # it only reads: nothing is left half done
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(
        self, command: str, name: str, largest: int
    ) -> tuple[ObjectHeader | None, bytes | None]:
        encoded_name = os.fsencode(name)
        if (
            not encoded_name
            or len(encoded_name) > LONGEST_LINE
            or b"\n" in encoded_name
            or b"\0" in encoded_name
        ):
            return None, None
        try:
            return self._exchange(command, encoded_name, largest)
        except _ProcessEndedError:
            self.close()
            self._ends += 1
            if self._ends > MOST_ENDS:
                raise GitError("Git ended again and again while it was asked.") from None
            if self._knows_commands and not self._greets():
                self._knows_commands = False
                return self._ask(command, name, largest)
            return None, None
        except BaseException:
            self.close()  # an answer half read would be taken for the next one
            raise

    def _exchange(
        self, command: str, encoded_name: bytes, largest: int
    ) -> tuple[ObjectHeader | None, bytes | None]:
        deadline = time.monotonic() + git.PATIENCE_S
        prefix = command.encode() + b" " if self._knows_commands else b""
        self._write(prefix + encoded_name + b"\n")
        header = _parse_header(self._line(deadline))
        if header is None or (self._knows_commands and command == "info"):
            return header, None
        data = self._bytes(header.size + 1, deadline, keep=header.size <= largest)
        return header, data

    def _greets(self) -> bool:
        """Whether this git understands commands on its input, so that it ended for a reason."""
        try:
            self._write(b"info HEAD\n")
            self._line(time.monotonic() + git.PATIENCE_S)
        except _ProcessEndedError:
            self.close()
            return False
        return True

    def _write(self, data: bytes) -> None:
        if self._process is None:
            how = "--batch-command" if self._knows_commands else "--batch"
            self._process = git.start(self._root, "cat-file", how, stdin=subprocess.PIPE)
        stream = self._process.stdin
        assert stream is not None  # noqa: S101 - asked for above
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            raise _ProcessEndedError from None

    def _line(self, deadline: float) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > 2 * LONGEST_LINE:
                raise GitError("Git's answer was too long.")
            self._fill(deadline)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _bytes(self, size: int, deadline: float, *, keep: bool) -> bytes | None:
        """Take so many bytes, the last of which ends the line; only some are worth keeping."""
        taken = bytearray()
        while size:
            if not self._buffer:
                self._fill(deadline)
            piece = self._buffer[:size]
            del self._buffer[: len(piece)]
            size -= len(piece)
            if keep:
                taken += piece
        return bytes(taken[:-1]) if keep else None

    def _fill(self, deadline: float) -> None:
        assert self._process is not None  # noqa: S101 - something was written to it
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 - `start` asked for it
        with selectors.DefaultSelector() as waiting:
            waiting.register(stream, selectors.EVENT_READ)
            if not waiting.select(max(0.0, deadline - time.monotonic())):
                raise GitError(f"Git did not answer within {git.PATIENCE_S:.0f} seconds.")
        piece = os.read(stream.fileno(), _CHUNK)
        if not piece:
            raise _ProcessEndedError
        self._buffer += piece


class _ProcessEndedError(Exception):
    """The process ended instead of answering."""


def _parse_header(line: bytes) -> ObjectHeader | None:
    """Return what a header names; anything else than `<oid> <kind> <size>` is a refusal."""
    fields = line.split(b" ")
    if len(fields) != 3 or not fields[2].isdigit() or not _is_oid(fields[0]):
        return None
    return ObjectHeader(fields[0].decode(), fields[1].decode(), int(fields[2]))


def _is_oid(word: bytes) -> bool:
    return len(word) in (40, 64) and all(sign in b"0123456789abcdef" for sign in word)
